"""promote: from accepted candidates to the one record of their project, and what an update would change. Pure."""

from offing.promote.accepted import Accepted
from offing.promote.contradict import rivals
from offing.promote.diff import Known, update_of
from offing.promote.identity import project_id
from offing.promote.measures import Dollars, Measure, sizes_of, sums_of
from offing.promote.record import Composed, compose

__all__ = [
    "Accepted",
    "Composed",
    "Dollars",
    "Known",
    "Measure",
    "compose",
    "project_id",
    "rivals",
    "sizes_of",
    "sums_of",
    "update_of",
]
