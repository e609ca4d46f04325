"""promote: from an accepted candidate to a project record, new or folded into one. Pure."""

from offing.promote.identity import project_id
from offing.promote.lifeline import events_of, newest
from offing.promote.merge import merged
from offing.promote.promote import Accepted, Fold, KnownRecord, NewRecord, promote

__all__ = [
    "Accepted",
    "Fold",
    "KnownRecord",
    "NewRecord",
    "events_of",
    "merged",
    "newest",
    "project_id",
    "promote",
]
