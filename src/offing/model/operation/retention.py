"""How long a site keeps what led to nothing, by kind of row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path


class Prunable(StrEnum):
    """A kind of row that may be deleted by age; the keys of `[days]` in `retention.toml`."""

    PAGES = "pages"
    ARTICLES = "articles"
    ENTRIES = "entries"
    POLLS = "polls"
    OUTCOMES = "outcomes"
    WORK = "work"
    SECOND_ANSWERS = "second_answers"
    TRANSLATIONS = "translations"


class KeptFor(StrEnum):
    """Why an entry stays though it is old enough to go; the first that holds counts."""

    RECORD = "in a project record"
    DECISION = "decided"
    QUEUE = "in the queue"
    PEOPLE = "commented, read a second time, or joined by hand"
    CONTEXT = "context"
    WAITING = "waiting or in quarantine"
    STORY = "in one story with these, or with a younger article"


@dataclass(frozen=True, slots=True)
class Archive:
    """A folder of WARC files, and the bytes that they may take; 0 for any number."""

    folder: Path
    budget: int = 0


@dataclass(frozen=True, slots=True)
class Retention:
    """How long each kind is kept; one that is missing is kept for good.

    Attributes:
        ages: by kind.
        budget: bytes that the contents of all pages may take, as stored; None for any.
        archive: where pages are written before any goes; None if nowhere.
    """

    ages: Mapping[Prunable, timedelta]
    budget: int | None = None
    archive: Archive | None = None

    @classmethod
    def alike(cls, age: timedelta) -> Retention:
        """Return one age for everything; contents of pages go with their articles."""
        return cls(dict.fromkeys(frozenset(Prunable) - {Prunable.PAGES}, age))

    def __bool__(self) -> bool:
        """Return whether there is anything to do: something may ever go, or pages are archived."""
        return bool(self.ages) or self.budget is not None or self.archive is not None

    def before(self, now: datetime) -> dict[Prunable, datetime]:
        """Return the time before which each kind may go, in the order of the kinds."""
        return {kind: now - self.ages[kind] for kind in Prunable if kind in self.ages}
