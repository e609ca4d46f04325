"""promote: from accepted candidates to the single record of their project, and what an update would change. Pure."""

from offing.promote.accepted_candidates import Accepted
from offing.promote.contradictions import rivals
from offing.promote.diff import Target, update_of
from offing.promote.measures import Dollars, Measure, sizes_of, sums_of
from offing.promote.project_id import project_id
from offing.promote.record import Composed, compose

__all__ = [
    "Accepted",
    "Composed",
    "Dollars",
    "Measure",
    "Target",
    "compose",
    "project_id",
    "rivals",
    "sizes_of",
    "sums_of",
    "update_of",
]
