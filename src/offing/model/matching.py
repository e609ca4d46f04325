"""Matching: accounts of projects, the rules that compare them, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

# How two accounts may agree and differ.
FEATURES = (
    *("title-spelling", "title-in-known", "title-in-new", "opening", "new-in-known", "known-in-new"),
    *("country", "other-country", "firm", "other-firm", "lender", "other-lender", "place"),
    *("sum", "sum-near", "other-sum", "main-sum", "main-sum-near", "other-main-sum", "main-sum-told"),
    *("quantity", "day", "other-day", "month", "years", "year-gap", "sector", "flow", "kind", "status"),
    *("number", "ordinal", "other-ordinal", "phase", "other-phase", "title-year", "other-title-year"),
    "other-agreement",
)
AGAINST = frozenset(name for name in FEATURES if name.startswith("other-")) | {"year-gap"}

# How an article and what is known of a project may agree and differ.
NEWS_FEATURES = (
    *("project-name", "country", "other-country", "firm", "other-firm", "lender", "other-lender"),
    *("name", "names", "sound", "other-name", "other-place", "title", "text"),
    *("sum", "sum-near", "other-sum", "quantity", "other-quantity", "sector", "other-sector"),
    *("phase", "other-beginning"),
)
# What parts two accounts, whatever they share: they are linked at most; what only parts, not even that: another site,
# sums that are worlds apart, another sector without a name of its own.
LINKING = ("other-phase", "part", "other-agreement")
PARTING = (*LINKING, "other-site", "other-scale", "other-matter")
UNWEIGHED = frozenset(
    {*PARTING, "town", "other-town", "at-once", "own-words"}
)  # of the news: what parts or grounds a pair, and adds nothing
NEWS_AGAINST = frozenset(name for name in NEWS_FEATURES if name.startswith("other-"))

# What an article that names nobody Chinese may have in common with the news of a known project.
RECALL_FEATURES = ("meaning", "matter", "text", "name", "sound", "works", "other-works", "other-donor", "no-country")
RECALL_AGAINST = frozenset({"other-works", "other-donor", "no-country"})


class Agreement(StrEnum):
    """Which of the two agreements on one work an account tells of, where it tells of one alone."""

    CONTRACT = "contract"
    LOAN = "loan"


class Relation(StrEnum):
    """What an account is to the known projects."""

    SAME = "same"
    LINKED = "linked"  # another phase of one, or the contract to its loan
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money that an account tells. `dollars` is its worth in its year where a rate is known."""

    value: float
    currency: str
    dollars: float | None
    main: bool  # it stands in the title, or was given as the project's own
    kind: str = ""  # an AmountKind, where it is told


@dataclass(frozen=True, slots=True)
class Account:
    """One written account of a project: its words, and the facts that were given or drawn from them.

    Mappings hold how strongly the account speaks for each key: names count more in a title. Countries are ISO 3166-1
    alpha-3, firms and lenders lexicon ids, or names in small letters where no list has them. `key` tells accounts of
    the same words apart. `names` are names of its own (sites, bodies, systems) as written, `projects` the known things
    whose names stand in it. `agreement` is told where the account stands for one agreement alone: its title
    says so, or it is a row of a base that has one for each.
    """

    key: str = ""
    title: str = ""
    text: str = ""
    countries: Mapping[str, float] = field(default_factory=dict)
    firms: Mapping[str, float] = field(default_factory=dict)
    lenders: Mapping[str, float] = field(default_factory=dict)
    sums: tuple[Sum, ...] = ()
    days: frozenset[date] = frozenset()
    months: frozenset[tuple[int, int]] = frozenset()
    years: Mapping[int, float] = field(default_factory=dict)
    quantities: frozenset[tuple[float, str]] = frozenset()
    places: frozenset[str] = frozenset()
    sectors: Mapping[str, float] = field(default_factory=dict)
    statuses: Mapping[str, float] = field(default_factory=dict)
    flows: Mapping[str, float] = field(default_factory=dict)
    kinds: Mapping[str, float] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    projects: frozenset[str] = frozenset()
    agreement: Agreement | None = None

    @property
    def main_sums(self) -> tuple[Sum, ...]:
        """The sums that stand in the title or were given as the project's own."""
        return tuple(each for each in self.sums if each.main)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far above its rivals a pair stands, and what that counts: two factors and what is added, all in log-odds."""

    row: float
    column: float
    bias: float


@dataclass(frozen=True, slots=True)
class WordCounts:
    """In how many of `number` texts each word stands (`config/models/rarity.tsv`); what is not listed is rare."""

    counts: Mapping[str, int]
    number: int


@dataclass(frozen=True, slots=True)
class CommonWords:
    """Words that two accounts may share though nothing ties them together (`config/models/common_words.txt`).

    `words` are folded words of countries, lenders, languages, sums and the trade, and what each twelfth text has;
    `names` the names of countries in all languages behind their alpha-3 code, `phrases` those of scripts without
    blanks, the longest first.
    """

    words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewsRules:
    """How an article and what is known are compared (`[news]` of `config/matching.toml`).

    `weights` has a weight for each of `NEWS_FEATURES`, in log-odds; `same` and `linked` are the least scores.
    """

    weights: Mapping[str, float]
    bias: float
    same: float
    linked: float
    version: str = ""


@dataclass(frozen=True, slots=True)
class RecallRules:
    """How an article that names nobody Chinese is compared with known projects (`[recall]` of `config/matching.toml`).

    `weights` has a weight for each of `RECALL_FEATURES`, in log-odds; `bias` is what speaks for any one project before
    anything is compared. From the chance `least` on an article reads like news of a project; `surety` and that chance
    add up to how surely it does.
    """

    weights: Mapping[str, float]
    bias: float
    least: float
    surety: float


@dataclass(frozen=True, slots=True)
class MatchRules:
    """How accounts are compared (`config/matching.toml`).

    `weights` has a weight for each feature, in log-odds for its full strength. `lists` holds where the two files tell
    of the same projects, `few` where only few of the known are told again. `same` and `linked` are the least scores.
    """

    weights: Mapping[str, float]
    bias: float
    few: Standing
    lists: Standing
    floor: float
    same: float
    linked: float
    version: str = ""
    common: CommonWords = CommonWords()


@dataclass(frozen=True, slots=True)
class Match:
    """A known account that may be the one: its place in the list, a score of 0 to 1, reasons in words, best first."""

    known: int
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """What came of one account. The matches are listed, best first, even where it is new."""

    relation: Relation
    matches: tuple[Match, ...]
