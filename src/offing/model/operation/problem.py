"""A problem: something that a person who runs offing has to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ProblemKind(StrEnum):
    """What has a problem."""

    FEED = "feed"
    RUN = "run"
    QUARANTINE = "quarantine"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Problem:
    """One failure or irregularity.

    `key` stays the same as long as the problem does; `cause` and `next_step` are sentences; `since` is None if
    unknown.
    """

    kind: ProblemKind
    key: str
    title: str
    cause: str
    next_step: str
    since: datetime | None
    url: str = ""


@dataclass(frozen=True, slots=True)
class RunEnd:
    """The last run of a pipeline. `exit_code` is None while it runs, or if it was killed."""

    id: int
    pipeline: str
    started_at: datetime
    ended_at: datetime | None
    exit_code: int | None
