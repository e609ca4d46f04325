"""The verdict on two accounts of the news: a score, what they are to each other, and why, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import exp, fsum

from offing.match.agreements import agreements_in_words
from offing.match.compare import EXACT, FAR, least_gap
from offing.match.figures import Features, shared_sizes
from offing.match.news import compare_news, heard_names, shared_names
from offing.match.news_sketch import OWN, NewsSketch
from offing.match.own import shared_own
from offing.match.vectors import Rarity
from offing.model.matching import LINKING, PARTING, UNWEIGHED, Account, NewsRules, Relation

_STRONGEST = 30.0
_SHOWN = 3
_OWN = ("sum", "sum-near", "quantity")
_NAMED_FROM = (("name", OWN), ("sound", OWN))
_ALIKE_FROM = (("title", 0.3), ("text", 0.3))
_AT_ONCE = ("at-once", "firm", "sector")
_RARE = 0.9  # what a firm is worth that few projects have
_ALIKE = 0.2  # from which likeness of the texts on it is worth a word


@dataclass(frozen=True, slots=True)
class NewsMatch:
    """What two accounts are to each other; `score` 0 to 1, `reasons` in words: what agrees, then what differs."""

    relation: Relation
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judge:
    """Compares accounts of the news by the weights and rarities that ship.

    Attributes:
        rules: the weights.
        rarity: what a word or name is worth.
        drawn_by: the version of what the keys of accounts are drawn by: their rarities and plain words.
    """

    rules: NewsRules
    rarity: Rarity
    drawn_by: str = ""

    def judge(self, new: NewsSketch, known: NewsSketch) -> NewsMatch:
        """What one account is to another; the order of the two matters to the words only.

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
        if "other-country" in features or not _is_grounded(features):
            return Relation.NEW
        if any(name in features for name in PARTING):
            linked = any(name in features for name in LINKING) and score >= self.rules.linked
            return Relation.LINKED if linked else Relation.NEW
        return Relation.SAME if score >= self.rules.same else Relation.NEW


def _is_grounded(features: Features) -> bool:
    """Whether they share a country and something of the project itself beside it, or a known name of the project.

    Alike texts count where they share words of the project's own: what names the country, the lender and how money is
    given stands in all of a lender's news there. A firm's works of one sector in one town, told of within weeks, are
    one project; so are those that agree in all that both tell.
    """
    own = any(name in features for name in _OWN) or _reaches(features, _NAMED_FROM)
    own = own or ("own-words" in features and _reaches(features, _ALIKE_FROM))
    own = own or all(name in features for name in _AT_ONCE) or _agree_throughout(features)
    return "project-name" in features or ("country" in features and own)


def _reaches(features: Features, least: Iterable[tuple[str, float]]) -> bool:
    return any(features.get(name, 0.0) >= strength for name, strength in least)


def _agree_throughout(features: Features) -> bool:
    """Whether nothing differs, firm and sector agree, and more: a firm of few projects, a lender or a town.

    That they have other names beside their town is no difference: news of one project seldom name the same quarter.
    """
    beside = "other-name" if "town" in features else ""
    if any(name.startswith("other-") and name != beside for name in features):
        return False
    more = features.get("firm", 0.0) >= _RARE or "lender" in features or "town" in features
    return more and "firm" in features and "sector" in features


def _reasons(new: NewsSketch, known: NewsSketch, features: Features) -> Iterator[str]:
    yield from _agreeing(new, known, features)
    yield from _differing(new, known, features)


def _agreeing(new: NewsSketch, known: NewsSketch, features: Features) -> Iterator[str]:
    one, other = new.account, known.account
    if "project-name" in features:
        yield "names the project"
    yield from _shared("country", "countries", one.countries, other.countries)
    yield from _shared("firm", "firms", one.firms, other.firms)
    yield from _shared("lender", "lenders", one.lenders, other.lenders)
    yield from _shared("name", "names", *2 * (shared_names(new, known),))
    if features.get("sound", 0.0) >= OWN:
        yield f"sounds like a name there ({_few(heard_names(new, known))})"
    yield from _amount(one, other)
    sizes = shared_sizes(one, other)
    if sizes:
        yield f"same size ({', '.join(f'{value:g} {unit}' for value, unit in sizes[:_SHOWN])})"
    yield from _shared("sector", "sectors", one.sectors, other.sectors)
    yield from _shared("phase", "phases", new.phases, known.phases)
    if "own-words" in features:
        yield from _shared("word", "words", *2 * (shared_own(new.own, known.own),))
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


def _differing(new: NewsSketch, known: NewsSketch, features: Features) -> Iterator[str]:
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
        told = [f"{few} {where}" for each, where in ((one, "here"), (other, "there")) if (few := _few(each))]
        yield f"other {name} ({', '.join(told)})"


def _few(names: Iterable[object]) -> str:
    return ", ".join(sorted(map(str, names))[:_SHOWN])
