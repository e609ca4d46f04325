"""A mention: a span of an article with a kind, found by lexicon, pattern or model.

Spans count characters, never tokens: Arabic writes prefixes onto names (وهواوي).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

LOCAL_UNIT = "local unit"  # the rule (`Mention.by`) that finds local subsidiaries, which take part beside their mother


class MentionKind(StrEnum):
    """What a span speaks of. The cues (from `config/wording/`) carry their meaning in `key`."""

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
    PROJECT = "project"  # a name of a known project; key: the thing (`project:off-…`, `known:base:id`)


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


@dataclass(frozen=True, slots=True)
class DatePoint:
    """A date as precise as the text gives it: day, month or year."""

    day: date
    precision: str


class Standing(StrEnum):
    """How surely a name tells its project.

    apart       a text that has it speaks of the project, even where no country is named
    own         it does so in a text that names the project's country
    site        it is the name of a place: the text must also be about what the project is about
    part        it is a body that has to do with it: another of its names must stand in the text, too
    like        no name stands there, but the text means what the project's news mean
    """

    APART = "apart"
    OWN = "own"
    SITE = "site"
    PART = "part"
    LIKE = "like"


@dataclass(frozen=True, slots=True)
class KnownName:
    """What a name says of its project: where that stands, what it is about (`sector` or ""), and how surely."""

    countries: tuple[str, ...]
    sector: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Mention:
    """One span.

    `text` is `article.text[start:end]`. `key` is the id of the entity (slug of a firm or lender, ISO 3166-1
    alpha-3 of a country) or the value of a cue; None when it could not be tied to a known entity. `name` is
    the canonical English name, or the surface form of what no list has. `weight` is how strongly the span
    speaks for its key (1.0 ordinary). `by` names the rule or list that found it.
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
    """Whether a name of the lexicon that stands in a text is meant there."""

    MEANT = "meant"
    SPELLING = "spelling"  # it counts only as the lexicon writes it
    FALSE_FRIEND = "false-friend"  # it is part, or the short form, of another name
    CONTEXT = "context"  # no word that must stand in the text does
    ADDRESS = "address"  # it is part of a web or mail address


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name of the lexicon at a span of a text, and whether it is meant there.

    `alias` is the form that the lexicon has, `because` what a verdict against it rests on: the spelling, words or
    other name that it turns on.
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
