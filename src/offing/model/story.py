"""A story: the set of articles that tell the same news.

`Telling` (what one article says of one project) is the atom; a `MergedStory` is worked out from its tellings alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from offing.model.candidate import CandidateState, Contrast, Reason
from offing.model.pairing import Bond
from offing.model.project import ProjectFacts


@dataclass(frozen=True, slots=True)
class Telling:
    """What one article says of one project, as much of it as stories are made of.

    `at` is when the article was published, or else when it was read. `dollars` is the worth of each of the sums of
    `facts` on that day, None where no rate is known. `alone`: its article tells of no other project. `sketch` is that
    of the article's text, empty where the text is too short for one,
    `gist` what the article means, empty where nothing says so.
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
        """By what tellings are ordered, whichever came first to us."""
        return self.at, self.url, self.ordinal


@dataclass(frozen=True, slots=True)
class TellingBond:
    """What people, or a decided candidate, say of two tellings, by their ids: one story, or two."""

    one: int
    other: int
    bond: Bond


@dataclass(frozen=True, slots=True)
class MergedStory:
    """What the tellings of a story come to together.

    `outlets` tell it; `independent` of them did not copy from another one. `contrasts` are the fields of which
    they say different things. Times are those of the first and the newest telling.
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
    """A telling and where it stands: its story, and all stories that it ever stood in, its first one first.

    One that is new stands in none yet: its story is None. `repeats` is the id of the telling that it repeats, with
    which it stands; None for most, which stand for themselves.
    """

    telling: Telling
    story_id: int | None = None
    stood_in: tuple[int, ...] = ()
    repeats: int | None = None


@dataclass(frozen=True, slots=True)
class Repeated:
    """That an outlet has repeated a telling, in any number of articles, and when it did so first and last."""

    telling_id: int
    outlet: str
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class StoredStory:
    """A story and the candidate that stands for it, as the database has them.

    `touched`: somebody decided on the candidate at some time, or put it off.
    """

    id: int
    candidate_id: int
    state: CandidateState
    touched: bool = False
    merged_into: int | None = None

    @property
    def decided(self) -> bool:
        """Whether a decision stands that is more than putting it off; what the machine finds changes it no more."""
        return self.state not in (CandidateState.OPEN, CandidateState.DEFERRED)
