"""The story of one address: who announced it, what each step made of it, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from offing.model.operation.run import Ending
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Judgement
from offing.model.values.vocabulary import Verb


@dataclass(frozen=True, slots=True)
class Announcement:
    """An entry with this address: its feed or the person who added it; `first` is the one whose page is fetched."""

    entry_id: int
    feed_id: int | None
    source: str
    url: str
    title: str
    at: datetime
    first: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """One ending of one step."""

    at: datetime
    run_id: int
    verb: Verb
    item_id: int
    ending: Ending
    cause: str


@dataclass(frozen=True, slots=True)
class Pending:
    """A step that is still to be done: due at a time, or in quarantine since then."""

    verb: Verb
    item_id: int
    at: datetime
    tries: int
    reason: str
    quarantine_id: int | None = None


@dataclass(frozen=True, slots=True)
class TracedPage:
    """The answer of the publisher; `final_url` is where redirects led."""

    id: int
    url: str
    final_url: str
    status: int
    content_type: str
    fetched_at: datetime
    reservation: str


@dataclass(frozen=True, slots=True)
class TracedArticle:
    """What was extracted from the page; `score` is the best of its proposals, once it was searched."""

    id: int
    title: str
    language: str
    method: str
    extracted_at: datetime
    score: float | None


@dataclass(frozen=True, slots=True)
class TracedCandidate:
    """A candidate whose story contains the article; `articles` counts those of its story, `record` is what it made."""

    id: int
    story_id: int
    articles: int
    title: str
    state: CandidateState
    score: float
    above_cut: bool
    created_at: datetime
    merged_into: int | None
    record: str | None = None


@dataclass(frozen=True, slots=True)
class TracedDecision:
    """A decision on such a candidate."""

    candidate_id: int
    judgement: Judgement
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class TracedRelease:
    """A release that has a record of such a candidate."""

    record: str
    version: str
    published_at: datetime
    yanked: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """All that is known of an address, each part oldest first; `outcome` says in a sentence how far it has come."""

    url: str
    outcome: str
    announcements: tuple[Announcement, ...] = ()
    turns: tuple[Turn, ...] = ()
    pending: tuple[Pending, ...] = ()
    pages: tuple[TracedPage, ...] = ()
    articles: tuple[TracedArticle, ...] = ()
    candidates: tuple[TracedCandidate, ...] = ()
    decisions: tuple[TracedDecision, ...] = ()
    releases: tuple[TracedRelease, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """An address that nobody has announced: the nearest known ones, and in sentences what would have to happen."""

    url: str
    nearest: tuple[str, ...]
    steps: tuple[str, ...]
