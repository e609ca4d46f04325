"""The queue as a person sees it: its lines, its counts, what of a day is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from offing.model.candidate import CandidateKind, CandidateState
from offing.model.project import ProjectFacts
from offing.model.queue_filter import Facet, Place, QueueFilter, QueueView

__all__ = [
    "DAILY_BUDGET",
    "DayBudget",
    "Facet",
    "FacetCount",
    "Neighbours",
    "Place",
    "QueueFilter",
    "QueueLine",
    "QueuePage",
    "QueueRules",
    "QueueView",
    "SavedFilter",
]

DAILY_BUDGET = 40  # candidates that a day can take, where no config says otherwise


@dataclass(frozen=True, slots=True)
class QueueRules:
    """What a day can take (`config/queue.toml`): candidates of today's queue, and articles of its audit sample."""

    budget: int = DAILY_BUDGET
    audit: int = 2


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many candidates of a view have a value. `label` is how it is called; the value itself where unknown."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One candidate as the queue shows it: one line for each story.

    Args:
        facts: with people's corrections laid over the machine's.
        title: the candidate's own title, else the first headline, as written; `language` is its language.
        headline: of its first article, as written, where it is kept.
        outlets: the names of those that tell the story; `independent` counts those that copied from no other.
        newest: when its newest article was published, where known.
        why: why it is here, in one line.
        edited: whether a person corrected any field.
        beside: other candidates of the queue that the same article tells of.
        project_id: the known project that an update belongs to, off-2026-000123, or another thing that it belongs to
            as `Thing` writes it; `project_title` is what that is called.
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

    @property
    def place(self) -> Place:
        """Where it stands in the queue."""
        return Place(self.score, self.id)


@dataclass(frozen=True, slots=True)
class DayBudget:
    """What a day (UTC) can take: its size, how much of it was judged, what is left, and its audit sample's rest."""

    day: date
    size: int
    judged: int
    left: int
    audit_left: int = 0


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the queue, best first.

    `total` counts all that the filter finds; `kinds` and `facets` count by value what it would find without its own
    choice of that value, most frequent first; values are counted on the best 2,000 only. `next` and `previous` are the
    filters of the pages around it. `ignored` are the parts of the search that hold no word and were left out.
    """

    filter: QueueFilter
    lines: tuple[QueueLine, ...]
    total: int
    today: DayBudget
    kinds: Mapping[CandidateKind, int] = field(default_factory=dict)
    facets: Mapping[Facet, tuple[FacetCount, ...]] = field(default_factory=dict)
    next: QueueFilter | None = None
    previous: QueueFilter | None = None
    ignored: str = ""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The candidates around one in a filtered queue; None at its ends.

    They are told by its place, so they stand also when it was decided meanwhile and left the queue.
    """

    previous: int | None
    next: int | None


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter that a person gave a name; `query` is its query string."""

    id: int
    owner: str
    name: str
    query: str
    created_at: datetime
