"""The second reader: a language model, asked at an endpoint of the site's choice, that reads some articles once more.

`ReaderRules` (whom to ask, and at what cost) → `ModelAnswer` (the answer) → `CheckedAnswer` (the part of it that the
article supports) → `Comparison` (against the built-in reader's proposals).
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from offing.model.projects.project import ProjectFacts
from offing.model.reading.evidence import Evidence, FieldName

MILLION = 1_000_000


class KeySource(StrEnum):
    """Where the endpoint's key comes from."""

    NONE = "none"
    ENVIRONMENT = "environment"  # OFFING_READER_KEY
    CREDENTIALS = "credentials"  # credentials.toml, stored for the endpoint's host


@dataclass(frozen=True, slots=True)
class Usage:
    """What one answer used; `estimated` if the server does not report it."""

    prompt: int = 0
    answer: int = 0
    estimated: bool = False

    @property
    def tokens(self) -> int:
        """Tokens sent plus tokens answered."""
        return self.prompt + self.answer


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices per million tokens, sent and answered."""

    prompt: Decimal = Decimal(0)
    answer: Decimal = Decimal(0)
    currency: str = "USD"

    def cost(self, usage: Usage) -> int:
        """Return the cost of one answer, in millionths of the currency, rounded up."""
        return math.ceil(self.prompt * usage.prompt + self.answer * usage.answer)


@dataclass(frozen=True, slots=True)
class Budget:
    """The budget of a UTC day: tokens, and money in the currency of the prices; None for no limit of the kind."""

    tokens: int | None = None
    money: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ReaderRules:
    """Which model the second reader is, what it is asked, and its budget (`config/reader.toml`).

    `endpoint` is the base address of `/chat/completions`. `private`: it is on this machine or a private
    network. `band` extends to either side of the cut, on the score. An article is truncated after `characters`.
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
class ModelAnswer:
    """The model's answer as text, and its usage; `whole` is false if it was truncated."""

    content: str
    usage: Usage
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Broken:
    """An unusable answer and the reason, in a sentence without any text chosen by the server."""

    cause: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """One project as the second reader reports it: only what the article contains, each value with its quote."""

    facts: ProjectFacts
    evidence: tuple[Evidence, ...]


class Why(StrEnum):
    """Why a value of an answer was dropped."""

    SHAPE = "shape"  # it has no value or no quote, or is of another type
    QUOTE = "quote"  # its quote is not in the article
    VALUE = "value"  # no such country, currency, status, …
    UNREAD = "unread"  # recognition reads something else in its quote, or nothing
    SPAN = "span"  # the name is not in its quote


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    """The checked answer: its projects, how many it had before the check, what was dropped by field and why."""

    opinions: tuple[Opinion, ...]
    told: int
    dropped: Counter[tuple[str, Why]] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Claim:
    """A value of the second reader as it would be typed, with its quote."""

    typed: str
    proof: Evidence


@dataclass(frozen=True, slots=True)
class ReaderDifference:
    """A field for which the two readers give different values; values as they would be typed.

    `ours` are those that the second reader lacks, `theirs` those that the built-in one lacks. A field with a single
    value has one in both.
    """

    field: FieldName
    ours: tuple[str, ...]
    theirs: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The fields on which both readers agree, those for which both have a value, and where they differ."""

    agreed: tuple[FieldName, ...]
    compared: tuple[FieldName, ...]
    differences: tuple[ReaderDifference, ...]


class TurnState(StrEnum):
    """The state of an article with the second reader. An article never sent has none.

    waiting  it could not be read; it is retried when due
    read     it was read, whatever the result
    unread   its tries are used up: it is not read a second time
    """

    WAITING = "waiting"
    READ = "read"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Turn:
    """The last attempt on an article; `cause` says why it is not read."""

    state: TurnState
    at: datetime
    tries: int = 0
    due_at: datetime | None = None
    cause: str = ""


@dataclass(frozen=True, slots=True)
class StoredOpinion:
    """The second reader's opinion on one telling: its project, or that the article has no such project.

    `opinion` is also None if the answer leaves it open: everything it said about a project was dropped.
    """

    telling_id: int
    article_id: int
    model: str
    opinion: Opinion | None
    finds_none: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Spending:
    """Cumulative usage of a run or a day. `money` is in millionths of the currency."""

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
        """Tokens sent plus tokens answered."""
        return self.prompt_tokens + self.answer_tokens

    def plus(self, other: Spending) -> Spending:
        """Return the sum of the two."""
        names = ("asked", "cached", "failed", "prompt_tokens", "answer_tokens", "money", "dropped", "seconds")
        return Spending(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(slots=True)
class SecondTally:
    """What the second reader did in one run: articles read, postponed and given up, and the usage.

    `left` are the tokens and the money (in millionths) left in the day's budget; None for no limit.
    """

    model: str = ""
    read: int = 0
    put_off: int = 0
    given_up: int = 0
    spending: Spending = field(default_factory=Spending)
    left: tuple[int | None, int | None] = (None, None)
    currency: str = "USD"
