"""promote: from accepted candidates to the single record of their project, and what an update would change. Pure."""

from offing.promote.accepted_candidates import Accepted
from offing.promote.by_hand import as_set, set_values, unquoted
from offing.promote.contradictions import rivals
from offing.promote.correction import NO_CANDIDATE
from offing.promote.diff import Target, update_of
from offing.promote.list_edits import is_same
from offing.promote.measures import Dollars, Measure, sizes_of, sums_of
from offing.promote.project_id import project_id
from offing.promote.record import Composed, compose

__all__ = [
    "NO_CANDIDATE",
    "Accepted",
    "Composed",
    "Dollars",
    "Measure",
    "Target",
    "as_set",
    "compose",
    "is_same",
    "project_id",
    "rivals",
    "set_values",
    "sizes_of",
    "sums_of",
    "unquoted",
    "update_of",
]
