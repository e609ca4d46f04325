"""Rules as data: what `config` builds from files and stages receive as arguments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from offing.model.actor import ActorFact
from offing.model.context import ContextRules
from offing.model.naming import ProjectName

REGION_MARK = "*"  # in the gazetteer: the name is that of a region of the country


class CaseRule(StrEnum):
    """Whether an alias must stand as written."""

    ANY = "any"
    EXACT = "exact"


class EntityKind(StrEnum):
    """What a lexicon entity is; `cofinancier` marks multilaterals that are no Chinese lenders."""

    FIRM = "firm"
    PUBLIC_BODY = "public-body"
    POLICY_BANK = "policy-bank"
    STATE_BANK = "state-bank"
    COMMERCIAL_BANK = "commercial-bank"
    INSURER = "insurer"
    GOVERNMENT = "government"
    FUND = "fund"
    COFINANCIER = "cofinancier"


@dataclass(frozen=True, slots=True)
class Entity:
    """A known firm, public body or lender. `parent` is the id of the one that owns it."""

    id: str
    name: str
    kind: EntityKind
    name_zh: str = ""
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of an entity. It counts only near one of `near` in the same article, where given.

    `language` is ISO 639-1, or `*` for a name that is written alike everywhere.
    """

    entity: str
    text: str
    language: str = "*"
    case: CaseRule = CaseRule.ANY
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FalseFriend:
    """A longer phrase inside which names of `kind` (firm, lender, country, chinese) do not count."""

    phrase: str
    language: str
    kind: str
    case: CaseRule = CaseRule.ANY


@dataclass(frozen=True, slots=True)
class CountryForm:
    """A way to write a country: `kind` name, demonym, stem or abbreviation; a trailing `*` stands for any ending."""

    country: str
    text: str
    language: str
    kind: str


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A town, region, site or institution that tells its country."""

    text: str
    language: str
    country: str
    kind: str
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All names that recognition looks for. `version` is a digest of the files behind it.

    `gazetteer` holds smaller towns and regions by name in small letters, with the countries that have one of that
    name, parted by blanks (`REGION_MARK` before the country of a region); one counts only in a text that names its
    country besides. `facts` of firms and lenders stand beside a candidate; recognition does not read them.
    `large_towns` are names of towns that have many projects, so that none is a project's own.
    """

    firms: tuple[Entity, ...]
    lenders: tuple[Entity, ...]
    aliases: tuple[Alias, ...]
    false_friends: tuple[FalseFriend, ...]
    countries: tuple[CountryForm, ...]
    places: tuple[PlaceName, ...]
    gazetteer: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    facts: tuple[ActorFact, ...] = ()
    large_towns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Cue:
    """A wording of `config/wording/`: in `language`, `text` speaks for `key` of `kind` with `weight`.

    `kind` is a `MentionKind` value (sector, status, role, flow, mode, concern, record-type, signal).
    A trailing `*` stands for any ending of the word.
    """

    kind: str
    key: str
    language: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class CurrencyForm:
    """A way to write a currency: sign, code or word, before or after the number.

    One form may stand for several currencies (Sh, Rs, peso): each then names the `countries` (ISO 3166-1
    alpha-3) where it means that one; the form without countries is what it means elsewhere. A trailing `*`
    stands for any ending. The units of quantities are forms of the same shape, `currency` being the unit.
    """

    text: str
    currency: str
    language: str = "*"
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A word that scales a number (million, Mrd, 亿, lakh) or, with `scale` false, is one (two, half a billion)."""

    text: str
    factor: int
    language: str
    scale: bool = True


class PatternRole(StrEnum):
    """What a word does in the patterns of recognition.

    month            `value` is its number
    relative-day     tells a date by its distance from the article's; `value` such as week-1, or weekday0 for Monday
    day-ahead        before a weekday: the next one is meant, not the last
    qualifier        before a sum; `value` is about, nearly, more than, at least or up to
    pause            may follow a sum whose currency was named just before ("13 million of which …")
    firm-suffix      ends the name of a firm (Corporation, 集团)
    firm-noun        a general word for a firm (company, empresa)
    firm-trade       tells a trade inside the name of a firm (Medical, Cable, Énergie)
    institution      a university, hospital, academy or institute
    affiliation      a person's calling before the institution where they work ("professor at …")
    subsidiary       a firm that belongs to another (subsidiary, filiale)
    chinese-region   a province or city of China as firms are named after it
    body-head        starts the name of a public body (Ministry of, وزارة)
    body-tail        ends it (Authority, 部)
    body-definite-head  starts it where an adjective with the article follows (الهيئة)
    body-alone       stands for an organisation by itself (Tesouro, Кабмин)
    body-introducer  is said of an organisation right before its name (operator, estatal)
    body-onlooker    tells that it looks on or judges: a parliament, a court, a union
    not-body         stands in what is no body of a host country (News Agency, United Nations)
    place-locative   stands right before the name of a place (in, près de, в)
    place-noun       a word for a kind of site before its name (port of, ville de, ولاية)
    site             a building or works, whose name follows with "de" or "of" (subestación de)
    place-noun-behind  the same behind it (Airport, области, 省)
    not-place        stands where the name of a place would, and names none
    given-name       a name of a country or place that is also a person's given name
    measure          may stand between a number and the thing counted (个, de)
    counter          a Chinese measure word that tells what is counted where no noun does; `value` is the unit
    rate             tells that a quantity is for a time; `value` is year, month, day, hour or second
    half             adds a half to a number, or to the word that scales it (and a half, y medio)
    share            behind a number that counts some of the things told before (of them, are in use)
    term             tells the terms of a loan; `value` is its part in them (interest, years, grace …)
    of-which         before a number that is a part of the one told before, or the same (of which, that is)
    priced           right before a price whose currency was named farther back (worth, total:)
    teller           between a thing and the number of it behind (numbering, 共)
    unit-kind        a unit that tells less of a project's size than others; `value` is why (served, inside)
    no-unit          behind a number: what it counts does not follow (years, which)
    part             between a number and the larger one that it is a part of (18 of the 45)
    project-noun     a kind of works, system or site, in the own name of a project (Airport, Backbone, réseau)
    not-name         is written like a name and is none of a project's own (Belt and Road, EPC)
    away             tells that a length is a distance to somewhere; `value` is behind or before
    """

    MONTH = "month"
    RELATIVE_DAY = "relative-day"
    DAY_AHEAD = "day-ahead"
    QUALIFIER = "qualifier"
    PAUSE = "pause"
    FIRM_SUFFIX = "firm-suffix"
    FIRM_NOUN = "firm-noun"
    FIRM_TRADE = "firm-trade"
    INSTITUTION = "institution"
    AFFILIATION = "affiliation"
    SUBSIDIARY = "subsidiary"
    CHINESE_REGION = "chinese-region"
    BODY_HEAD = "body-head"
    BODY_TAIL = "body-tail"
    BODY_DEFINITE_HEAD = "body-definite-head"
    BODY_ALONE = "body-alone"
    BODY_INTRODUCER = "body-introducer"
    BODY_ONLOOKER = "body-onlooker"
    NOT_BODY = "not-body"
    PLACE_LOCATIVE = "place-locative"
    PLACE_NOUN = "place-noun"
    SITE = "site"
    PLACE_NOUN_BEHIND = "place-noun-behind"
    NOT_PLACE = "not-place"
    GIVEN_NAME = "given-name"
    MEASURE = "measure"
    COUNTER = "counter"
    RATE = "rate"
    HALF = "half"
    SHARE = "share"
    PART = "part"
    TELLER = "teller"
    TERM = "term"
    OF_WHICH = "of-which"
    PRICED = "priced"
    UNIT_KIND = "unit-kind"
    NO_UNIT = "no-unit"
    AWAY = "away"
    PROJECT_NOUN = "project-noun"
    NOT_NAME = "not-name"


@dataclass(frozen=True, slots=True)
class PatternWord:
    """A word from which recognition builds its patterns, in one language or `*`."""

    role: PatternRole
    text: str
    language: str = "*"
    value: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """All wordings that recognition looks for.

    `currency_homes` has the country of each currency that tells one, `small_words` the folded words that are written
    in small letters too, so that they alone are nobody's name.
    """

    cues: tuple[Cue, ...]
    currencies: tuple[CurrencyForm, ...]
    number_words: tuple[NumberWord, ...]
    units: tuple[CurrencyForm, ...] = ()
    version: str = ""
    pattern_words: tuple[PatternWord, ...] = ()
    currency_homes: Mapping[str, str] = field(default_factory=dict)
    small_words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RecognitionRules:
    """All that recognition needs.

    `models` maps a language to the spaCy model that starts its pipeline; `names` are those of known projects.
    """

    lexicon: Lexicon
    wording: Wording
    models: dict[str, str] = field(default_factory=dict)
    names: tuple[ProjectName, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoringRules:
    """Weights of the reasons in log-odds, by name; `texts` are their sentences; `cut` is on the score, 0–1.

    `levels` holds the other numbers of scoring.toml by dotted name: weights of the zones of a text
    ("zones.title"), factors of the markers ("markers.countries.elsewhere"), limits ("limits.firm_share").
    `signs` holds the weights of learned signs in log-odds, `context` what makes a rejected article context.
    """

    cut: float
    bias: float
    weights: dict[str, float]
    texts: dict[str, str]
    version: str = ""
    levels: dict[str, float] = field(default_factory=dict)
    signs: dict[str, float] = field(default_factory=dict)
    context: ContextRules = field(default_factory=ContextRules)
