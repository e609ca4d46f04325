"""Matching: accounts of projects, the rules that compare them, and the results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

# Features: how two accounts may agree and differ.
FEATURES = (
    *("title-spelling", "title-in-known", "title-in-new", "opening", "new-in-known", "known-in-new"),
    *("country", "other-country", "firm", "other-firm", "lender", "other-lender", "place"),
    *("sum", "sum-near", "other-sum", "main-sum", "main-sum-near", "other-main-sum", "main-sum-told"),
    *("quantity", "day", "other-day", "month", "years", "year-gap", "sector", "flow", "kind", "status"),
    *("number", "ordinal", "other-ordinal", "phase", "other-phase", "title-year", "other-title-year"),
    "other-agreement",
)
AGAINST = frozenset(name for name in FEATURES if name.startswith("other-")) | {"year-gap"}

# Features: how an article and a known project may agree and differ.
NEWS_FEATURES = (
    *("project-name", "country", "other-country", "firm", "other-firm", "lender", "other-lender"),
    *("name", "names", "sound", "other-name", "other-place", "title", "text"),
    *("sum", "sum-near", "other-sum", "quantity", "other-quantity", "sector", "other-sector"),
    *("phase", "other-beginning"),
)
# What keeps two accounts apart, whatever they share: they are at most linked; the purely separating ones not even
# that: another site, sums of different magnitude, another sector without a name of its own.
LINKING = ("other-phase", "part", "other-agreement")
PARTING = (*LINKING, "other-site", "other-scale", "other-matter")
UNWEIGHED = frozenset(
    {*PARTING, "town", "other-town", "at-once", "own-words"}
)  # of the news features: those that separate or ground a pair and add no weight
NEWS_AGAINST = frozenset(name for name in NEWS_FEATURES if name.startswith("other-"))

# What an article that names no Chinese party may have in common with the news of a known project.
RECALL_FEATURES = ("meaning", "matter", "text", "name", "sound", "works", "other-works", "other-donor", "no-country")
RECALL_AGAINST = frozenset({"other-works", "other-donor", "no-country"})


class Agreement(StrEnum):
    """Which of the two agreements on one project an account describes, if it describes only one."""

    CONTRACT = "contract"
    LOAN = "loan"


class Relation(StrEnum):
    """How an account relates to the known projects."""

    SAME = "same"
    LINKED = "linked"  # another phase of one, or the contract that belongs to its loan
    NEW = "new"


@dataclass(frozen=True, slots=True)
class AccountSum:
    """A sum of money in an account. `dollars` is its value in its year if a rate is known."""

    value: float
    currency: str
    dollars: float | None
    main: bool  # it appears in the title, or was given as the project's own
    kind: str = ""  # an AmountKind, if stated


@dataclass(frozen=True, slots=True)
class Account:
    """One written account of a project: its words, and the facts that were given or extracted from them.

    Mappings hold how strongly the account supports each key: names in a title count more. Countries are ISO 3166-1
    alpha-3, firms and lenders lexicon ids, or lower-case names if they are not listed. `key` distinguishes accounts
    with the same words. `names` are its proper names (sites, bodies, systems) as written, `projects` the known
    projects whose names appear in it. `agreement` is set if the account describes one agreement only: its title says
    so, or it is a row of a base that has one row per agreement.
    """

    key: str = ""
    title: str = ""
    text: str = ""
    countries: Mapping[str, float] = field(default_factory=dict)
    firms: Mapping[str, float] = field(default_factory=dict)
    lenders: Mapping[str, float] = field(default_factory=dict)
    sums: tuple[AccountSum, ...] = ()
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
    def main_sums(self) -> tuple[AccountSum, ...]:
        """The sums that appear in the title or were given as the project's own."""
        return tuple(each for each in self.sums if each.main)


@dataclass(frozen=True, slots=True)
class RivalWeights:
    """How a pair's margin over its rivals (`row`: same account, `column`: same known project) counts, in log-odds."""

    row: float
    column: float
    bias: float


@dataclass(frozen=True, slots=True)
class WordCounts:
    """Document frequencies over `number` texts (`config/models/rarity.tsv`); a word not listed is rare."""

    counts: Mapping[str, int]
    number: int


@dataclass(frozen=True, slots=True)
class AccountWords:
    """Words by which two accounts are compared (`config/wording/account-grammar/`).

    `lists` maps the name of each list to its regular expressions, `numbers` the words for numbers.
    """

    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    numbers: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class CommonWords:
    """Words that unrelated accounts may share (`config/models/common_words.txt`).

    `words` are folded words of countries, lenders, languages, sums and the trade, and those found in every twelfth
    text; `names` maps alpha-3 codes to the names of the country in all languages, `phrases` those of scripts without
    spaces, longest first. `grammar` are the words for stages and agreements, in any account.
    """

    words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    phrases: tuple[str, ...] = ()
    grammar: AccountWords = AccountWords()


@dataclass(frozen=True, slots=True)
class NewsRules:
    """How an article and known projects are compared (`[news]` of `config/matching.toml`).

    `weights` has a weight for each of `NEWS_FEATURES`, in log-odds; `same` and `linked` are the least scores.
    """

    weights: Mapping[str, float]
    bias: float
    same: float
    linked: float
    version: str = ""


@dataclass(frozen=True, slots=True)
class RecallRules:
    """How an article without a Chinese party is compared with known projects (`[recall]` of `config/matching.toml`).

    `weights` has a weight for each of `RECALL_FEATURES`, in log-odds; `bias` is the prior for any one project before
    anything is compared. An article whose probability is at least `least` reads like news of a project; its confidence
    is `surety` plus that probability.
    """

    weights: Mapping[str, float]
    bias: float
    least: float
    surety: float


@dataclass(frozen=True, slots=True)
class MatchRules:
    """How accounts are compared (`config/matching.toml`).

    `weights` has a weight for each feature, in log-odds for its full strength. `lists` holds if nearly every known
    project recurs in the new file, `few` if nearly none does. `same` and `linked` are the least scores.
    """

    weights: Mapping[str, float]
    bias: float
    few: RivalWeights
    lists: RivalWeights
    floor: float
    same: float
    linked: float
    version: str = ""
    common: CommonWords = CommonWords()


@dataclass(frozen=True, slots=True)
class Match:
    """A known account that may match: its index in the list, a score of 0 to 1, reasons in words, best first."""

    known: int
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """The result for one account. The matches are listed, best first, even if it is new."""

    relation: Relation
    matches: tuple[Match, ...]
