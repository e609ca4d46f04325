"""The second reader: a language model, asked at an endpoint of the site's choice, that reads some articles once more.

`ReaderRules` (whom to ask, and how much that may cost) → `SaidText` (what came back) → `Reading` (what of it stands in
the article) → `Comparison` (beside what the built-in reader proposes).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from offing.model.evidence import Evidence, FieldName
from offing.model.project import ProjectFacts

MILLION = 1_000_000
SHORTEST_PAUSE = timedelta(minutes=10)  # before an article is asked for once more


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

    def cost(self, usage: Usage) -> Decimal:
        """What one answer costs."""
        return (self.prompt * usage.prompt + self.answer * usage.answer) / MILLION


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
