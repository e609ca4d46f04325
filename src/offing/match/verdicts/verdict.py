"""The verdict on two accounts of the news: a score, their relation, and the reasons in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import exp, fsum

from offing.match.accounts.agreements import agreements_in_words
from offing.match.accounts.compare import EXACT, FAR, least_gap
from offing.match.accounts.compare_news import compare_news, names_by_sound, shared_names
from offing.match.accounts.figures import Features, shared_sizes
from offing.match.accounts.news_profile import DISTINCTIVE, NewsProfile
from offing.match.text.distinctive import shared_distinctive
from offing.match.text.vectors import Rarity
from offing.model.pairs.matching import LINKING, PARTING, UNWEIGHED, Account, NewsRules, Relation

_STRONGEST = 30.0
_SHOWN = 3
_OWN = ("sum", "sum-near", "quantity")
_NAMED_FROM = (("name", DISTINCTIVE), ("sound", DISTINCTIVE))
_ALIKE_FROM = (("title", 0.3), ("text", 0.3))
_AT_ONCE = ("at-once", "firm", "sector")
_RARE = 0.9  # the weight of a firm that few projects have
_ALIKE = 0.2  # minimum similarity of the texts that is reported


@dataclass(frozen=True, slots=True)
class NewsMatch:
    """The relation of two accounts; `score` 0 to 1, `reasons` in words: what agrees, then what differs."""

    relation: Relation
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judge:
    """Compares accounts of the news by the shipped weights and rarities.

    Attributes:
        rules: the weights.
        rarity: the weights of words and names.
        drawn_by: the version of the rarities and plain words by which the keys of accounts are drawn.
    """

    rules: NewsRules
    rarity: Rarity
    keys_version: str = ""

    def judge(self, new: NewsProfile, known: NewsProfile) -> NewsMatch:
        """The relation of one account to another; their order affects only the wording.

        Without a shared country, or a known name of the project, nothing is the same: one alias or one firm is never
        enough.
        """
        features = compare_news(new, known, self.rarity)
        score = self._score(features)
        return NewsMatch(self._relation(features, score), round(score, 4), tuple(_reasons(new, known, features)))

    def _score(self, features: Features) -> float:
        weights = self.rules.weights
        odds = self.rules.bias + fsum(
            weights[name] * strength for name, strength in features.items() if name not in UNWEIGHED
        )
        return 1 / (1 + exp(-max(-_STRONGEST, min(odds, _STRONGEST))))

    def _relation(self, features: Features, score: float) -> Relation:
        if "other-country" in features or not _share_evidence(features):
            return Relation.NEW
        if any(name in features for name in PARTING):
            linked = any(name in features for name in LINKING) and score >= self.rules.linked
            return Relation.LINKED if linked else Relation.NEW
        return Relation.SAME if score >= self.rules.same else Relation.NEW


def _share_evidence(features: Features) -> bool:
    """Whether they share a country and something of the project itself, or a known name of the project.

    Similar texts count where they share distinctive words: the words for country, lender and financing are in all of a
    lender's news there. A firm's works of one sector in one town, reported within weeks, are one project; so are those
    that agree in everything that both state.
    """
    own = any(name in features for name in _OWN) or _reaches(features, _NAMED_FROM)
    own = own or ("own-words" in features and _reaches(features, _ALIKE_FROM))
    own = own or all(name in features for name in _AT_ONCE) or _agree_throughout(features)
    return "project-name" in features or ("country" in features and own)


def _reaches(features: Features, least: Iterable[tuple[str, float]]) -> bool:
    return any(features.get(name, 0.0) >= strength for name, strength in least)


def _agree_throughout(features: Features) -> bool:
    """Whether nothing differs, firm and sector agree, and one more: a rare firm, a lender or a town.

    Different names besides a shared town are no difference: reports on one project seldom name the same quarter.
    """
    beside = "other-name" if "town" in features else ""
    if any(name.startswith("other-") and name != beside for name in features):
        return False
    more = features.get("firm", 0.0) >= _RARE or "lender" in features or "town" in features
    return more and "firm" in features and "sector" in features


def _reasons(new: NewsProfile, known: NewsProfile, features: Features) -> Iterator[str]:
    yield from _agreeing(new, known, features)
    yield from _differing(new, known, features)


def _agreeing(new: NewsProfile, known: NewsProfile, features: Features) -> Iterator[str]:
    one, other = new.account, known.account
    if "project-name" in features:
        yield "names the project"
    yield from _shared("country", "countries", one.countries, other.countries)
    yield from _shared("firm", "firms", one.firms, other.firms)
    yield from _shared("lender", "lenders", one.lenders, other.lenders)
    yield from _shared("name", "names", *2 * (shared_names(new, known),))
    if features.get("sound", 0.0) >= DISTINCTIVE:
        yield f"sounds like a name there ({_few(names_by_sound(new, known))})"
    yield from _amount(one, other)
    sizes = shared_sizes(one, other)
    if sizes:
        yield f"same size ({', '.join(f'{value:g} {unit}' for value, unit in sizes[:_SHOWN])})"
    yield from _shared("sector", "sectors", one.sectors, other.sectors)
    yield from _shared("phase", "phases", new.phases, known.phases)
    if "own-words" in features:
        yield from _shared("word", "words", *2 * (shared_distinctive(new.own, known.own),))
    if features.get("title", 0.0) >= _ALIKE:
        yield f"title {features['title']:.2f}"
    if features.get("text", 0.0) >= _ALIKE:
        yield f"text {features['text']:.2f}"


def _shared(noun: str, nouns: str, one: Iterable[object], other: Iterable[object]) -> Iterator[str]:
    shared = sorted(map(str, frozenset(one) & frozenset(other)))
    if shared:
        yield f"same {noun if len(shared) == 1 else nouns} ({', '.join(shared[:_SHOWN])})"


def _amount(one: Account, other: Account) -> Iterator[str]:
    gap = least_gap(one.sums, other.sums)
    if gap is not None and gap <= FAR:
        yield "same amount" if gap <= EXACT else f"amount within {max(1, round(gap * 100))} %"


def _differing(new: NewsProfile, known: NewsProfile, features: Features) -> Iterator[str]:
    one, other = new.account, known.account
    yield from _against("country", features, one.countries, other.countries)
    yield from _against("phase", features, new.phases, known.phases)
    if "part" in features:
        yield "one is an umbrella, the other stands under it"
    if "other-agreement" in features:
        yield agreements_in_words(one)
    yield from _against("place", features, one.places, other.places)
    yield from _against("firm", features, one.firms, other.firms)
    yield from _against("lender", features, one.lenders, other.lenders)
    if "other-scale" in features:
        yield "amounts more than twenty times apart"
    elif "other-sum" in features:
        yield "other amount"
    if "other-quantity" in features:
        yield "other size"
    yield from _against("sector", features, one.sectors, other.sectors)


def _against(name: str, features: Mapping[str, float], one: Iterable[object], other: Iterable[object]) -> Iterator[str]:
    if f"other-{name}" in features:
        sides = [f"{few} {where}" for each, where in ((one, "here"), (other, "there")) if (few := _few(each))]
        yield f"other {name} ({', '.join(sides)})"


def _few(names: Iterable[object]) -> str:
    return ", ".join(sorted(map(str, names))[:_SHOWN])
