"""A mention: a span of an article with a kind, found by lexicon, pattern or model.

Spans count characters, never tokens: Arabic writes prefixes onto names (وهواوي).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

LOCAL_UNIT = "local unit"  # the rule (`Mention.by`) that finds local subsidiaries, which take part beside their parent


class MentionKind(StrEnum):
    """What a span refers to. For cues (from `config/wording/`), `key` holds the meaning."""

    FIRM = "firm"
    LENDER = "lender"
    COUNTRY = "country"
    PLACE = "place"
    CHINA = "china"  # China or Chinese as an actor's nationality
    MONEY = "money"
    DATE = "date"
    QUANTITY = "quantity"
    COUNTERPART = "counterpart"
    SECTOR = "sector"  # key: a Sector
    STATUS = "status"  # key: a Status
    ROLE = "role"  # key: a Role
    FLOW = "flow"  # key: an AmountKind
    MODE = "mode"  # key: a Mode
    CONCERN = "concern"  # key: a Concern
    RECORD_TYPE = "record-type"  # key: a RecordType
    SIGNAL = "signal"  # key: name of a reason in scoring.toml
    EVENT = "event"  # key: an EventKind
    PROJECT = "project"  # a name of a known project; key: the item (`project:off-…`, `known:base:id`)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum: `value` in whole units of `currency` (ISO 4217), `qualifier` such as "about" or "up to" or ""."""

    value: Decimal
    currency: str
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A size: 800 km, 900 cameras, 120 MW."""

    value: Decimal
    unit: str


class DatePrecision(StrEnum):
    """The unit to which a text dates something; `DatePoint.day` is the first day of it."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class DatePoint:
    """A date as precise as the text gives it."""

    day: date
    precision: DatePrecision


class NameReliability(StrEnum):
    """How reliably a name identifies its project.

    apart       a text that has it is about the project, even if no country is named
    own         it is if the text also names the project's country
    site        it is a place name: the text must also be about the project's subject
    part        it is a body related to the project: another of the project's names must be in the text, too
    like        no name is in the text, but its embedding is close to the project's news
    """

    APART = "apart"
    OWN = "own"
    SITE = "site"
    PART = "part"
    LIKE = "like"


@dataclass(frozen=True, slots=True)
class KnownName:
    """What a name implies about its project: its countries, its subject (`sector` or ""), and how reliable it is."""

    countries: tuple[str, ...]
    sector: str
    standing: NameReliability


@dataclass(frozen=True, slots=True)
class Mention:
    """One span.

    `text` is `article.text[start:end]`. `key` is the id of the entity (slug of a firm or lender, ISO 3166-1
    alpha-3 of a country) or the value of a cue; None if it could not be linked to a known entity. `name` is
    the canonical English name, or the surface form of an unlisted one. `weight` is how strongly the span
    supports its key (1.0 ordinary). `by` names the rule or list that found it.
    """

    kind: MentionKind
    start: int
    end: int
    text: str
    key: str | None = None
    name: str = ""
    value: Money | Quantity | DatePoint | KnownName | None = None
    weight: float = 1.0
    by: str = ""


class Verdict(StrEnum):
    """Whether a lexicon name found in a text refers to its entity there."""

    MEANT = "meant"
    SPELLING = "spelling"  # it counts only as the lexicon writes it
    FALSE_FRIEND = "false-friend"  # it is part, or the short form, of another name
    CONTEXT = "context"  # none of the words required in the text is there
    ADDRESS = "address"  # it is part of a web or mail address


@dataclass(frozen=True, slots=True)
class Sighting:
    """A lexicon name at a span of a text, and whether it refers to its entity there.

    `alias` is the form in the lexicon, `because` what a verdict against it rests on: the spelling, words or
    other name that decide it.
    """

    kind: MentionKind
    start: int
    end: int
    text: str
    key: str
    name: str
    alias: str
    verdict: Verdict
    because: str = ""
