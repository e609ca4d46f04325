"""A candidate: a proposed project record from one story, waiting for review.

`Proposal` (what one article supports) → `Telling` (stored, part of a story) → `Candidate` (stored, queued).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from offing.model.projects.project import ProjectFacts
from offing.model.reading.context import Context
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.reading.mention import Mention
from offing.model.sources.article import Article, Completeness


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


LEARNED_REASONS = frozenset({"learned-signs", "meant"})  # names of the reasons that come from a model, not a rule


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
    """The proposal stage's result for one article. `score` is that of its best proposal, or of the text as a whole.

    `context` describes a summit, plan or initiative if the article is no candidate. `sketch` is the text's sketch,
    used to find copies; `gist` its packed embedding if it reports exactly one project (`model.meaning.packed`).
    `tagged` are the mentions found only by the encoder, not by a list or pattern.
    """

    proposals: tuple[Proposal, ...]
    score: float
    screened_out: bool = False
    context: Context | None = None
    sketch: bytes = b""
    gist: bytes = b""
    tagged: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """What one article reports, and the article as it was read: all quotes count in its text.

    Either there are `candidates`, best first, or `rejection` is the reason that weighs most against the article; its
    best proposal is then in `below_cut`, if it names a Chinese party at all, and `context` is set if it describes a
    summit, plan or initiative. `article` is None for a page without one.
    """

    article: Article | None
    candidates: tuple[Proposal, ...] = ()
    below_cut: tuple[Proposal, ...] = ()
    rejection: Reason | None = None
    context: Context | None = None


@dataclass(frozen=True, slots=True)
class ContrastValue:
    """One of several values that the articles of a story give, in words, and the addresses of those articles."""

    value: str
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contrast:
    """A field for which the articles of one story give different values."""

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
        """What a reader of the stored text has to know about it, as sentences; "" if the text is complete."""
        sign = self.completeness_sign.rstrip(".")
        phrases = {
            Completeness.SUMMARY_ONLY: "Only the feed's summary could be read",
            Completeness.TRUNCATED: "The text breaks off",
            Completeness.PAYWALLED: "The rest of the text is behind a paywall",
        }.get(self.completeness, "")
        incomplete = f"{phrases}: {sign}." if phrases and sign else f"{phrases}." if phrases else ""
        kept = "Its publisher reserves the text, so only the quotes were kept." if self.withheld else ""
        return " ".join(filter(None, (incomplete, kept)))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored candidate as review sees it. `facts` are the machine's; human values live in decisions.

    `outlets` report its story; `independent` counts those that did not copy from another; `contrasts` are the fields
    they disagree on. `merged_into` is the candidate that replaced it when their stories were merged. `update_of` names
    what it updates (`project:off-2026-000123`).
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
        """Which other outlets report it, in words: "also in 7 outlets (3 independent)"; "" if none do."""
        others = self.outlets - 1
        if others < 1:
            return ""
        own = f"{self.independent - 1} independent" if self.independent > 1 else "copies"
        return f"also in {others} outlet{'s' if others > 1 else ''} ({own})"
