"""Recall: whether an article that names no Chinese party resembles a known project's news, and how surely.

No single feature decides: the meaning of the text, its sectors, rare words, names and works in common each contribute.
Known projects compete with each other, and with the hypothesis that it is news of none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum

import numpy as np

from offing.match.accounts.news_profile import NewsProfile
from offing.match.text.name_weights import sound_similarity
from offing.match.text.vectors import cosine
from offing.model.pairs.matching import RecallRules
from offing.model.reading.meaning import unit
from offing.model.values.floats import Floats


@dataclass(frozen=True, slots=True)
class RecallProfile:
    """An article as used in recall.

    Attributes:
        profile: its words and names.
        embedding: of its text, of length 1.
        sectors: the probability of each, from that vector.
        works: the kinds of works that it names.
        others: whether it names others who give or build; irrelevant for a remembered article.
        placed: whether it, or its outlet, has a country.
    """

    profile: NewsProfile
    embedding: Floats
    sectors: Floats
    works: frozenset[str]
    others: bool = False
    placed: bool = True


def recall_features(new: RecallProfile, known: Sequence[RecallProfile]) -> dict[str, float]:
    """The features an article shares with the articles of a known project, by the names of `RECALL_FEATURES`."""
    works = frozenset[str]().union(*(each.works for each in known))
    shared = bool(new.works & works)
    names = frozenset[str]().union(*(each.profile.names for each in known))
    return {
        "meaning": float(unit(np.sum([each.embedding for each in known], axis=0)) @ new.embedding),
        "matter": float(unit(np.sum([each.sectors for each in known], axis=0)) @ unit(new.sectors)),
        "text": max(cosine(new.profile.text, each.profile.text) for each in known),
        "name": max((worth for name, worth in new.profile.names.items() if name in names), default=0.0),
        "sound": max(sound_similarity(new.profile.sounds, each.profile.sounds) for each in known),
        "works": float(shared),
        "other-works": float(bool(new.works and works) and not shared),
        "other-donor": float(new.others),
        "no-country": float(not new.placed),
    }


def probabilities(compared: Sequence[Mapping[str, float]], rules: RecallRules) -> list[float]:
    """The probability that an article is news of each of some projects; the remainder up to 1 is that of none.

    Args:
        compared: its features with each.
        rules: the weights.
    """
    powers = [exp(min(odds_of(features, rules), 30.0)) for features in compared]
    total = 1.0 + fsum(powers)
    return [power / total for power in powers]


def odds_of(features: Mapping[str, float], rules: RecallRules) -> float:
    """The log-odds of an article and a project, against news of none."""
    return rules.bias + fsum(rules.weights[name] * strength for name, strength in features.items())
