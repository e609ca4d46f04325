"""Rules as data: what `config` builds from files and stages receive as arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from offing.model.pairs.naming import ProjectName
from offing.model.reading.actor import ActorFact
from offing.model.reading.context import ContextRules
from offing.model.reading.meaning import Meaning
from offing.model.reading.patterns import PatternWord
from offing.model.reading.tuned import Tuned
from offing.model.text.language_words import LanguageWords

# Returns the plain JSON value of a name: the cached one, else a newly computed one, which is then cached.
Keep = Callable[[str, Callable[[], Any]], Any]

REGION_MARK = "*"  # in the gazetteer: marks the country of a region's name


class CaseRule(StrEnum):
    """Whether an alias must match exactly as written."""

    ANY = "any"
    EXACT = "exact"


class EntityKind(StrEnum):
    """What a lexicon entity is.

    `maker` marks firms that make equipment, which are mostly suppliers; `cofinancier` multilaterals,
    which are not Chinese lenders.
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
    """A known firm, public body or lender. `parent` is the id of its owner."""

    id: str
    name: str
    kind: EntityKind
    name_zh: str = ""
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of an entity. If `near` is given, it counts only near one of these words in the same article.

    `language` is ISO 639-1, or `*` for a name that is written the same everywhere.
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
    """A town, region, site or institution that implies its country."""

    text: str
    language: str
    country: str
    kind: str
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameEnding:
    """An ending of a firm's or lender's name: a legal form, which may be omitted, or one `instead` may replace."""

    text: str
    language: str = "*"
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Actors:
    """The firms and lenders of a lexicon, their other names, and the known facts about them."""

    firms: Sequence[Entity]
    lenders: Sequence[Entity]
    aliases: Sequence[Alias]
    facts: Sequence[ActorFact]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All names that recognition looks for. `version` is a digest of the files behind it.

    `gazetteer` maps lower-case names of smaller towns and regions to the countries that have one of that name,
    separated by blanks (`REGION_MARK` before the country of a region); one counts only in a text that also names its
    country. `facts` about firms and lenders are shown beside a candidate; recognition does not read them.
    `large_towns` are names of towns with many projects, so that none identifies a project.
    """

    firms: Sequence[Entity]
    lenders: Sequence[Entity]
    aliases: Sequence[Alias]
    false_friends: Sequence[FalseFriend]
    countries: Sequence[CountryForm]
    places: Sequence[PlaceName]
    endings: Sequence[NameEnding] = ()
    gazetteer: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    facts: Sequence[ActorFact] = ()
    large_towns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Cue:
    """A wording of `config/wording/`: in `language`, `text` supports `key` of `kind` with `weight`.

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

    One form may denote several currencies (Sh, Rs, peso): each then lists the `countries` (ISO 3166-1
    alpha-3) where it means that one; the form without countries is the default. A trailing `*`
    stands for any ending. Units of quantities are forms of the same shape, with the unit in `currency`.
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

    `currency_homes` maps each currency that implies a country to that country; `small_words` are the folded words also
    written in lower case, so that they alone are nobody's name; `simplified` maps traditional Chinese characters to
    simplified ones; `languages` are the supported languages; `language_words` identify the language of a text.
    """

    cues: Sequence[Cue]
    currencies: Sequence[CurrencyForm]
    number_words: Sequence[NumberWord]
    units: Sequence[CurrencyForm] = ()
    version: str = ""
    pattern_words: Sequence[PatternWord] = ()
    currency_countries: Mapping[str, str] = field(default_factory=dict)
    small_words: frozenset[str] = frozenset()
    simplified: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    language_words: LanguageWords = field(default_factory=LanguageWords)


@dataclass(frozen=True, slots=True)
class RecognitionRules:
    """Everything recognition needs.

    `names` are those of known projects. `keep` caches what is built from this lexicon and these wordings, and nothing
    else; without it everything is rebuilt.
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
    `relevance` holds the weights of the relevance classifier in log-odds, `screen` those that decide whether a text is
    encoded; `context` what makes a rejected article context; `meaning` the sentence-embedding classifier and `tuned`
    the encoder of whole articles, each None if there is none. `names` holds regular expressions that infer a firm's
    usual role from its name, by role, and under `public_body` that it is a university or the like. `grammar` holds, by
    part, words for parsing sentences as alternatives of a regular expression: for all languages ("asked"), and for one
    ("asked.pt").
    """

    cut: float
    bias: float
    weights: dict[str, float]
    texts: dict[str, str]
    version: str = ""
    levels: dict[str, float] = field(default_factory=dict)
    relevance: dict[str, float] = field(default_factory=dict)
    screen: dict[str, float] = field(default_factory=dict)
    context: ContextRules = field(default_factory=ContextRules)
    meaning: Meaning | None = None
    tuned: Tuned | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    grammar: Mapping[str, str] = field(default_factory=dict)
