"""The queue as a person sees it: its lines, its counts, what is left of the day's budget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from offing.model.projects.project import ProjectFacts
from offing.model.review.assignment import OwnDay
from offing.model.review.candidate import CandidateKind, CandidateState
from offing.model.review.queue_filter import DoubtKind, Facet, Order, QueueFilter, QueuePosition, QueueView

__all__ = [
    "DAILY_BUDGET",
    "DayBudget",
    "DoubtKind",
    "Facet",
    "FacetCount",
    "Neighbours",
    "Order",
    "QueueFilter",
    "QueueLine",
    "QueuePage",
    "QueuePosition",
    "QueueRules",
    "QueueView",
    "SavedFilter",
]

DAILY_BUDGET = 40  # candidates that can be judged in a day, if config gives no other number


@dataclass(frozen=True, slots=True)
class QueueRules:
    """A day's capacity (`config/queue.toml`): candidates of today's queue, and articles of its audit sample."""

    budget: int = DAILY_BUDGET
    audit: int = 2


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many candidates of a view have a value. `label` is its display name; the value itself if unknown."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One candidate as the queue shows it: one line for each story.

    Args:
        facts: the machine's, overridden by people's corrections.
        title: the candidate's own title, else the first headline, as written; `language` is its language.
        headline: of its first article, as written, if it is kept.
        outlets: the names of those that report the story; `independent` counts those that copied from no other.
        newest: when its newest article was published, if known.
        why: why it is here, in one line.
        edited: whether a person corrected any field.
        beside: other candidates of the queue from the same article.
        project_id: the known project that an update belongs to, off-2026-000123, or another item that it belongs to
            as `Ref` writes it; `project_title` is the title of either.
    """

    id: int
    version: int
    story_id: int
    kind: CandidateKind
    state: CandidateState
    score: float
    facts: ProjectFacts
    title: str
    language: str
    outlets: tuple[str, ...]
    newest: datetime | None
    why: str
    created_at: datetime
    articles: int = 1
    independent: int = 1
    edited: bool = False
    defer_until: datetime | None = None
    beside: tuple[int, ...] = ()
    project_id: str | None = None
    project_title: str = ""
    headline: str = ""


@dataclass(frozen=True, slots=True)
class DayBudget:
    """A day's budget (UTC): its size, how much was judged, what is left, and the rest of its audit sample."""

    day: date
    size: int
    judged: int
    left: int
    audit_left: int = 0


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the queue, best first.

    `total` counts all matches of the filter; `kinds`, `doubts` and `facets` count, for each value, the matches without
    the filter's own choice for that facet, most frequent first, among the best 20,000; `facets` has the first values,
    `values` says how many there are. `next` and `previous` are the filters of the adjacent pages. `ignored` are the
    parts of the search that hold no word and were left out. `own` is the day of the person who looks, if they may
    judge.
    """

    filter: QueueFilter
    lines: tuple[QueueLine, ...]
    total: int
    today: DayBudget
    kinds: Mapping[CandidateKind, int] = field(default_factory=dict)
    doubts: Mapping[DoubtKind, int] = field(default_factory=dict)
    facets: Mapping[Facet, tuple[FacetCount, ...]] = field(default_factory=dict)
    values: Mapping[Facet, int] = field(default_factory=dict)
    next: QueueFilter | None = None
    previous: QueueFilter | None = None
    ignored: str = ""
    own: OwnDay | None = None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The candidates before and after one in a filtered queue; None at its ends.

    They are found by its place, so they are right even if it was decided meanwhile and left the queue. What another
    person has open is skipped on the way forward.
    """

    previous: int | None
    next: int | None


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter that a person named and saved; `query` is its query string."""

    id: int
    owner: str
    name: str
    query: str
    created_at: datetime
