"""Activity log: who did what, and when. Decisions, changes of records and assignments have their own tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ActivityKind(StrEnum):
    """What was done.

    The name comes first; the activity's `about` holds the rest: whose account, which file, from whom.
    """

    LOG_IN = "log-in"
    LOG_IN_FAILED = "log-in-failed"
    LOG_OUT = "log-out"
    DECISION = "decision"
    UNDO = "undo"
    SECOND_READING = "second-reading"
    LEASE_TAKEN_OVER = "lease-taken-over"
    EXPORT = "export"
    USER_CHANGED = "user-changed"
    PUBLISH = "publish"
    YANK = "yank"
    SIGN_OFF = "sign-off"
    RECORD_CHANGED = "record-changed"
    ASSIGNMENT = "assignment"

    @property
    def has_own_table(self) -> bool:
        """Whether its rows are those of another table, in which the log reads them."""
        return self in {ActivityKind.RECORD_CHANGED, ActivityKind.ASSIGNMENT}


@dataclass(frozen=True, slots=True)
class Stamp:
    """When somebody acts, and who; for requests over the network, also from which address."""

    at: datetime
    by: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """One action of a person. `by` is empty if it cannot be attributed to a known user."""

    at: datetime
    action: ActivityKind
    by: str
    about: str = ""
    candidate_id: int | None = None
    address: str = ""
