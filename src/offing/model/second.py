"""The second reader: a language model, asked at an endpoint of the site's choice, that reads some articles once more.

`ReaderRules` (whom to ask, and how much that may cost) → `SaidText` (what came back) → `Reading` (what of it stands in
the article) → `Comparison` (beside what the built-in reader proposes).
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from offing.model.evidence import Evidence, FieldName
from offing.model.project import ProjectFacts

MILLION = 1_000_000


class KeySource(StrEnum):
    """Where the key comes from that the endpoint wants."""

    NONE = "none"
    ENVIRONMENT = "environment"  # OFFING_READER_KEY
    CREDENTIALS = "credentials"  # credentials.toml, kept for the endpoint's host


@dataclass(frozen=True, slots=True)
class Usage:
    """What one answer took; `estimated` where the server does not say."""

    prompt: int = 0
    answer: int = 0
    estimated: bool = False

    @property
    def tokens(self) -> int:
        """Both together."""
        return self.prompt + self.answer


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, of what is sent and of what is answered."""

    prompt: Decimal = Decimal(0)
    answer: Decimal = Decimal(0)
    currency: str = "USD"

    def cost(self, usage: Usage) -> int:
        """What one answer costs, in millionths of the currency, rounded up."""
        return math.ceil(self.prompt * usage.prompt + self.answer * usage.answer)


@dataclass(frozen=True, slots=True)
class Budget:
    """What a UTC day may take: tokens, and money in the currency of the prices; None for no limit of the kind."""

    tokens: int | None = None
    money: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ReaderRules:
    """Whom the second reader is, what it is asked, and what that may cost (`config/reader.toml`).

    `endpoint` is the address below which `/chat/completions` stands. `private`: it is on this machine or a private
    network. `band` lies on either side of the cut, on the score. An article is cut after `characters`.
    """

    endpoint: str
    model: str
    private: bool = False
    key: KeySource = KeySource.NONE
    limit: timedelta = timedelta(seconds=120)
    tries: int = 3
    concurrency: int = 2
    band: float = 0.15
    characters: int = 24_000
    answer_tokens: int = 4_000
    run_limit: timedelta = timedelta(minutes=10)
    cache: bool = True
    budget: Budget = field(default_factory=Budget)
    prices: Prices = field(default_factory=Prices)


@dataclass(frozen=True, slots=True)
class SaidText:
    """What the model answered, as text, and what that took; `whole` is false where it was broken off."""

    content: str
    usage: Usage
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Broken:
    """An answer that cannot be used, and why, in a sentence without anything that the server chose."""

    cause: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """One project as the second reader tells it: only what stands in the article, each value with its quote."""

    facts: ProjectFacts
    evidence: tuple[Evidence, ...]


class Why(StrEnum):
    """Why a value of an answer was dropped."""

    SHAPE = "shape"  # it has no value or no quote, or is of another type
    QUOTE = "quote"  # its quote does not stand in the article
    VALUE = "value"  # there is no such country, currency, status, …
    UNREAD = "unread"  # recognition reads something else in its quote, or nothing
    SPAN = "span"  # the name does not stand in its quote


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer comes to: its projects, how many it told before the check, what was dropped by field and why."""

    opinions: tuple[Opinion, ...]
    told: int
    dropped: Counter[tuple[str, Why]] = field(default_factory=Counter)

    @property
    def says_nothing(self) -> bool:
        """Whether it says that the article reports no project; not so where all that it told was dropped."""
        return not self.told


@dataclass(frozen=True, slots=True)
class Claim:
    """A value of the second reader as it would be typed, with its quote."""

    typed: str
    proof: Evidence


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which the two readers say different things; values as they would be typed.

    `ours` are those that the second reader does not tell, `theirs` those that the built-in one does not. For a field
    with one value each of them stands in both.
    """

    field: FieldName
    ours: tuple[str, ...]
    theirs: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The fields on which both readers say the same, those of which both say something, and where they differ."""

    agreed: tuple[FieldName, ...]
    compared: tuple[FieldName, ...]
    differences: tuple[Difference, ...]


class TurnState(StrEnum):
    """Where an article stands with the second reader. One that nobody has asked about stands nowhere.

    waiting  it could not be read; it is asked about again when it is due
    read     it was read, whatever came of it
    unread   its tries are used up: it is not read a second time
    """

    WAITING = "waiting"
    READ = "read"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Turn:
    """How asking about an article ended last; `cause` says why it is not read."""

    state: TurnState
    at: datetime
    tries: int = 0
    due_at: datetime | None = None
    cause: str = ""


@dataclass(frozen=True, slots=True)
class StoredOpinion:
    """What the second reader says of one telling: of its project, or that the article has none such.

    `opinion` is None, too, where its answer does not tell: all that it said of a project was dropped.
    """

    telling_id: int
    article_id: int
    model: str
    opinion: Opinion | None
    finds_none: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Spending:
    """What asking came to, of a run or a day: numbers that are added up. `money` is in millionths of the currency."""

    asked: int = 0
    cached: int = 0
    failed: int = 0
    prompt_tokens: int = 0
    answer_tokens: int = 0
    money: int = 0
    dropped: int = 0
    seconds: float = 0.0

    @property
    def tokens(self) -> int:
        """Both kinds together."""
        return self.prompt_tokens + self.answer_tokens

    def plus(self, other: Spending) -> Spending:
        """Both together."""
        names = ("asked", "cached", "failed", "prompt_tokens", "answer_tokens", "money", "dropped", "seconds")
        return Spending(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(slots=True)
class SecondTally:
    """What the second reader did in one run: articles read, put off and given up, and what that took.

    `left` are the tokens and the money (in millionths) that the day's budget has left; None where it has no limit.
    """

    model: str = ""
    read: int = 0
    put_off: int = 0
    given_up: int = 0
    spending: Spending = field(default_factory=Spending)
    left: tuple[int | None, int | None] = (None, None)
    currency: str = "USD"
