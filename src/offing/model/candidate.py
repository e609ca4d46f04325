"""A candidate: a proposed project record from one story, waiting for review.

`Proposal` (what one article supports) → `Telling` (stored, part of a story) → `Candidate` (stored, queued).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from offing.model.article import Completeness
from offing.model.context import Context
from offing.model.evidence import Evidence, FieldName
from offing.model.project import ProjectFacts


class CandidateKind(StrEnum):
    """Why an item stands in the queue."""

    NEW = "new"
    UPDATE = "update"
    AUDIT = "audit"


class CandidateState(StrEnum):
    """Where the review of a candidate stands; never to be mixed up with the project's status."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DEFERRED = "deferred"
    DUPLICATE = "duplicate"


LEARNED_REASONS = frozenset({"learned-signs", "meant"})  # names of those that a model tells, no rule


@dataclass(frozen=True, slots=True)
class Reason:
    """A named fact that raises or lowers the score, in log-odds. `text` is a sentence for the analyst."""

    name: str
    weight: float
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one article supports about one project. `score` is 0–1, the logistic of the sum of `reasons`."""

    facts: ProjectFacts
    evidence: tuple[Evidence, ...]
    reasons: tuple[Reason, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the stage says of one article. `score` is its best proposal's, or that of the text as a whole.

    `context` is what it tells of a summit, plan or initiative where it is no candidate. `sketch` is that of its text,
    by which copies are found, `gist` what it means where it tells of one project (`model.meaning.packed`).
    """

    proposals: tuple[Proposal, ...]
    score: float
    screened_out: bool = False
    context: Context | None = None
    sketch: bytes = b""
    gist: bytes = b""


@dataclass(frozen=True, slots=True)
class ContrastValue:
    """One of several values that the articles of a story tell, in words, and the addresses of those that tell it."""

    value: str
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contrast:
    """A field of which the articles of one story say different things."""

    field: FieldName
    values: tuple[ContrastValue, ...]


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """One article of a candidate's story."""

    article_id: int
    url: str
    title: str
    outlet: str
    language: str
    published: datetime | None
    completeness: Completeness = Completeness.COMPLETE
    completeness_sign: str = ""
    withheld: bool = False

    @property
    def note(self) -> str:
        """What a reader of the stored text has to know of it, as sentences; "" where it is whole."""
        sign = self.completeness_sign.rstrip(".")
        said = {
            Completeness.SUMMARY_ONLY: "Only the feed's summary could be read",
            Completeness.TRUNCATED: "The text breaks off",
            Completeness.PAYWALLED: "The rest of the text is behind a paywall",
        }.get(self.completeness, "")
        incomplete = f"{said}: {sign}." if said and sign else f"{said}." if said else ""
        kept = "Its publisher reserves the text, so only the quotes were kept." if self.withheld else ""
        return " ".join(filter(None, (incomplete, kept)))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored candidate as review sees it. `facts` are the machine's; human values live in decisions.

    `outlets` tell its story, `independent` of them did not copy from another; `contrasts` is what they disagree on.
    `merged_into` is the one that stands for it since their stories became one. `update_of` names what it is an update
    of (`project:off-2026-000123`).
    """

    id: int
    kind: CandidateKind
    state: CandidateState
    facts: ProjectFacts
    evidence: tuple[Evidence, ...]
    reasons: tuple[Reason, ...]
    score: float
    story_id: int
    articles: tuple[StoryArticle, ...]
    created_at: datetime
    version: int = 1
    defer_until: datetime | None = None
    duplicate_of: int | None = None
    produced_by: str = ""
    outlets: int = 1
    independent: int = 1
    contrasts: tuple[Contrast, ...] = ()
    merged_into: int | None = None
    update_of: str | None = None

    @property
    def also_in(self) -> str:
        """Who else tells it, in words; "" where nobody does: "also in 7 outlets (3 independent)"."""
        others = self.outlets - 1
        if others < 1:
            return ""
        own = f"{self.independent - 1} independent" if self.independent > 1 else "copies"
        return f"also in {others} outlet{'s' if others > 1 else ''} ({own})"
