"""A candidate: a proposed project record from one story, waiting for review.

`Proposal` (what one article supports) → `StoryLink` (which story it joins) → `Candidate` (stored, queued).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from offing.model.article import Completeness
from offing.model.context import Context
from offing.model.evidence import Evidence
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

    `context` is what it tells of a summit, plan or initiative where it is no candidate.
    """

    proposals: tuple[Proposal, ...]
    score: float
    screened_out: bool = False
    context: Context | None = None


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
    """A stored candidate as review sees it. `facts` are the machine's; human values live in decisions."""

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
