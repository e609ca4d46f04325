"""Activity: who did what, when. Decisions are their own record and are read together with the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Deed(StrEnum):
    """What was done.

    The name stands first; `about` of an activity has the rest: whose account, which file, from whom.
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


@dataclass(frozen=True, slots=True)
class Stamp:
    """When somebody does something, and who; from where, where it comes by the network."""

    at: datetime
    by: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing that a person did. `by` is empty where nobody of ours is known to have done it."""

    at: datetime
    deed: Deed
    by: str
    about: str = ""
    candidate_id: int | None = None
    address: str = ""
