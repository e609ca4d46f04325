"""Rules as data: what `config` builds from files and stages receive as arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from offing.model.actor import ActorFact
from offing.model.context import ContextRules
from offing.model.languages import LanguageSigns
from offing.model.meaning import Meaning
from offing.model.naming import ProjectName
from offing.model.patterns import PatternWord

# Gives the value of a name, plain JSON: as it was kept, else as it is made now, which is kept.
Keep = Callable[[str, Callable[[], Any]], Any]

REGION_MARK = "*"  # in the gazetteer: the name is that of a region of the country


class CaseRule(StrEnum):
    """Whether an alias must stand as written."""

    ANY = "any"
    EXACT = "exact"


class EntityKind(StrEnum):
    """What a lexicon entity is.

    `maker` marks firms that make equipment, which mostly supply what they take part in; `cofinancier` multilaterals,
    which are no Chinese lenders.
    """

    FIRM = "firm"
    MAKER = "maker"
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
class Actors:
    """The firms and lenders of a lexicon, their other names, and what is known of them."""

    firms: Sequence[Entity]
    lenders: Sequence[Entity]
    aliases: Sequence[Alias]
    facts: Sequence[ActorFact]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All names that recognition looks for. `version` is a digest of the files behind it.

    `gazetteer` holds smaller towns and regions by name in small letters, with the countries that have one of that
    name, parted by blanks (`REGION_MARK` before the country of a region); one counts only in a text that names its
    country besides. `facts` of firms and lenders stand beside a candidate; recognition does not read them.
    `large_towns` are names of towns that have many projects, so that none is a project's own.
    """

    firms: Sequence[Entity]
    lenders: Sequence[Entity]
    aliases: Sequence[Alias]
    false_friends: Sequence[FalseFriend]
    countries: Sequence[CountryForm]
    places: Sequence[PlaceName]
    gazetteer: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    facts: Sequence[ActorFact] = ()
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


@dataclass(frozen=True, slots=True)
class Wording:
    """All wordings that recognition looks for.

    `currency_homes` has the country of each currency that tells one, `small_words` the folded words that are written
    in small letters too, so that they alone are nobody's name, `simplified` the simplified form of each traditional
    Chinese character, `languages` the languages that are read, `signs` what tells the language of a text.
    """

    cues: Sequence[Cue]
    currencies: Sequence[CurrencyForm]
    number_words: Sequence[NumberWord]
    units: Sequence[CurrencyForm] = ()
    version: str = ""
    pattern_words: Sequence[PatternWord] = ()
    currency_homes: Mapping[str, str] = field(default_factory=dict)
    small_words: frozenset[str] = frozenset()
    simplified: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    signs: LanguageSigns = field(default_factory=LanguageSigns)


@dataclass(frozen=True, slots=True)
class RecognitionRules:
    """All that recognition needs.

    `names` are those of known projects. `keep` keeps what is made of this lexicon and these wordings, and of nothing
    else; without it all is made anew.
    """

    lexicon: Lexicon
    wording: Wording
    names: tuple[ProjectName, ...] = ()
    keep: Keep | None = None


@dataclass(frozen=True, slots=True)
class ScoringRules:
    """Weights of the reasons in log-odds, by name; `texts` are their sentences; `cut` is on the score, 0–1.

    `levels` holds the other numbers of scoring.toml by dotted name: weights of the zones of a text
    ("zones.title"), factors of the markers ("markers.countries.elsewhere"), limits ("limits.firm_share").
    `signs` holds the weights of learned signs in log-odds, `screen` those by which a text is worth encoding, `context`
    what makes a rejected article context, `meaning` what sentences mean, None where nothing says so. `names`
    holds regular expressions that tell by a firm's name its usual part, by role, and under `public_body` that it is a
    university or the like. `grammar` holds by part the words by which sentences are read, as alternatives of a regular
    expression: those of all languages ("asked"), and those of one ("asked.pt").
    """

    cut: float
    bias: float
    weights: dict[str, float]
    texts: dict[str, str]
    version: str = ""
    levels: dict[str, float] = field(default_factory=dict)
    signs: dict[str, float] = field(default_factory=dict)
    screen: dict[str, float] = field(default_factory=dict)
    context: ContextRules = field(default_factory=ContextRules)
    meaning: Meaning | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    grammar: Mapping[str, str] = field(default_factory=dict)
