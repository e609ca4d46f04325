"""A story: the set of articles that report the same news.

`Telling` (what one article says of one project) is the atom; a `MergedStory` is computed from its tellings alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from offing.model.pairs.pairing import Bond
from offing.model.projects.project import ProjectFacts
from offing.model.review.candidate import CandidateState, Contrast, Reason


@dataclass(frozen=True, slots=True)
class Telling:
    """What one article says of one project, reduced to what stories are built from.

    `at` is when the article was published, or else when it was read. `dollars` is the value of each of the sums of
    `facts` on that day, None if no rate is known. `alone`: its article reports no other project. `sketch` is that
    of the article's text, empty if the text is too short for one;
    `gist` the article's packed embedding, empty if there is none.
    """

    id: int
    article_id: int
    ordinal: int
    url: str
    outlet: str
    language: str
    title: str
    at: datetime
    facts: ProjectFacts
    score: float
    reasons: tuple[Reason, ...] = ()
    dollars: tuple[float | None, ...] = ()
    text_hash: str = ""
    sketch: bytes = b""
    gist: bytes = b""
    alone: bool = True

    @property
    def place(self) -> tuple[datetime, str, int]:
        """The sort key of tellings, independent of the order in which they arrived."""
        return self.at, self.url, self.ordinal


@dataclass(frozen=True, slots=True)
class TellingBond:
    """A ruling of a person, or of a decided candidate, on two tellings, by their ids: one story, or two."""

    one: int
    other: int
    bond: Bond


@dataclass(frozen=True, slots=True)
class MergedStory:
    """The combined content of a story's tellings.

    `outlets` report it; `independent` of them did not copy from another one. `contrasts` are the fields for which
    they give different values. Times are those of the first and the newest telling.
    """

    facts: ProjectFacts
    reasons: tuple[Reason, ...]
    score: float
    outlets: int
    independent: int
    contrasts: tuple[Contrast, ...]
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class PlacedTelling:
    """A telling with its story, and all stories it was ever part of, the first one first.

    A new one has no story yet: its story is None. `repeats` is the id of the telling that it repeats and whose story it
    shares; None for most.
    """

    telling: Telling
    story_id: int | None = None
    stood_in: tuple[int, ...] = ()
    repeats: int | None = None


@dataclass(frozen=True, slots=True)
class Repeated:
    """That an outlet repeated a telling, in any number of articles, with the first and last time."""

    telling_id: int
    outlet: str
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class StoredStory:
    """A story and the candidate that represents it, as stored.

    `touched`: somebody once decided on the candidate, or deferred it.
    """

    id: int
    candidate_id: int
    state: CandidateState
    touched: bool = False
    merged_into: int | None = None

    @property
    def decided(self) -> bool:
        """Whether a decision other than a deferral is in force; the machine then no longer changes it."""
        return self.state not in (CandidateState.OPEN, CandidateState.DEFERRED)
