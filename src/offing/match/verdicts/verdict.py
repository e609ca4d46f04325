"""The verdict on two accounts of the news: a score, their relation, and the reasons in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import exp, fsum

from offing.match.accounts.agreements import agreements_in_words
from offing.match.accounts.compare import Features
from offing.match.accounts.compare_news import compare_news, names_by_sound, shared_names
from offing.match.accounts.news_profile import DISTINCTIVE, NewsProfile
from offing.match.accounts.sums_and_sizes import shared_sizes
from offing.match.text.distinctive import shared_distinctive
from offing.match.text.vectors import Rarity
from offing.match.verdicts.wording import against, few, same_sizes, same_sum, same_values
from offing.model.pairs.matching import LINKING, PARTING, UNWEIGHED, NewsRules, Relation

_STRONGEST = 30.0
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
        keys_version: of the rarities and plain words from which the keys of accounts are made.
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
        score = self.score(features)
        reasons = (*_agreeing(new, known, features), *_differing(new, known, features))
        return NewsMatch(self._relation(features, score), round(score, 4), reasons)

    def score(self, features: Features) -> float:
        """The score of a pair with some features, 0 to 1."""
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


def _agreeing(new: NewsProfile, known: NewsProfile, features: Features) -> Iterator[str]:
    one, other = new.account, known.account
    if "project-name" in features:
        yield "names the project"
    yield from same_values("country", "countries", one.countries, other.countries)
    yield from same_values("firm", "firms", one.firms, other.firms)
    yield from same_values("lender", "lenders", one.lenders, other.lenders)
    yield from same_values("name", "names", *2 * (shared_names(new, known),))
    if features.get("sound", 0.0) >= DISTINCTIVE:
        yield f"sounds like a name there ({few(names_by_sound(new, known))})"
    yield from same_sum(one.sums, other.sums)
    yield from same_sizes(shared_sizes(one, other))
    yield from same_values("sector", "sectors", one.sectors, other.sectors)
    yield from same_values("phase", "phases", new.phases, known.phases)
    if "own-words" in features:
        yield from same_values("word", "words", *2 * (shared_distinctive(new.own, known.own),))
    if features.get("title", 0.0) >= _ALIKE:
        yield f"title {features['title']:.2f}"
    if features.get("text", 0.0) >= _ALIKE:
        yield f"text {features['text']:.2f}"


def _differing(new: NewsProfile, known: NewsProfile, features: Features) -> Iterator[str]:
    one, other = new.account, known.account
    yield from against("country", features, one.countries, other.countries)
    yield from against("phase", features, new.phases, known.phases)
    if "part" in features:
        yield "one is an umbrella, the other stands under it"
    if "other-agreement" in features:
        yield agreements_in_words(one)
    yield from against("place", features, one.places, other.places)
    yield from against("firm", features, one.firms, other.firms)
    yield from against("lender", features, one.lenders, other.lenders)
    if "other-scale" in features:
        yield "amounts more than twenty times apart"
    elif "other-sum" in features:
        yield "other amount"
    if "other-quantity" in features:
        yield "other size"
    yield from against("sector", features, one.sectors, other.sectors)
