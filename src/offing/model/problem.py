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


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not run as it should.

    `key` is the same as long as the problem is the same; `cause` and `next_step` are sentences; `since` is None where
    nobody knows.
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
    """The last run of a pipeline. `exit_code` is None while it runs, or when it was killed."""

    id: int
    pipeline: str
    started_at: datetime
    ended_at: datetime | None
    exit_code: int | None
