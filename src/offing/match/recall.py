"""Recall: how alike an article that names nobody Chinese is to the news of a known project, and how surely it is of it.

No single thing tells it: what the text means, its matter, rare words, names and works in common each say a little.
Known projects stand beside each other, and beside the thought that it is news of none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum

import numpy as np

from offing.match.names import heard
from offing.match.news_sketch import NewsSketch
from offing.match.vectors import cosine
from offing.model.floats import Floats
from offing.model.matching import RecallRules
from offing.model.meaning import unit


@dataclass(frozen=True, slots=True)
class Impression:
    """An article as it is recalled by.

    Attributes:
        sketch: its words and names.
        gist: what it means, a vector of length 1.
        matter: how likely it is of each sector, by what it means.
        works: the kinds of works that it names.
        others: it names others who give or build; that says nothing of an article that is remembered.
        placed: it names a country, or its outlet does.
    """

    sketch: NewsSketch
    gist: Floats
    matter: Floats
    works: frozenset[str]
    others: bool = False
    placed: bool = True


def likeness(new: Impression, known: Sequence[Impression]) -> dict[str, float]:
    """What an article has in common with the articles of a known project, by the names of `RECALL_FEATURES`."""
    works = frozenset[str]().union(*(each.works for each in known))
    shared = bool(new.works & works)
    return {
        "meaning": float(unit(np.sum([each.gist for each in known], axis=0)) @ new.gist),
        "matter": float(unit(np.sum([each.matter for each in known], axis=0)) @ unit(new.matter)),
        "text": max(cosine(new.sketch.text, each.sketch.text) for each in known),
        "name": max(_best_name(new.sketch, each.sketch) for each in known),
        "sound": max(heard(new.sketch.sounds, each.sketch.sounds) for each in known),
        "works": float(shared),
        "other-works": float(bool(new.works and works) and not shared),
        "other-donor": float(new.others),
        "no-country": float(not new.placed),
    }


def _best_name(new: NewsSketch, known: NewsSketch) -> float:
    return max((worth for name, worth in new.names.items() if name in known.names), default=0.0)


def chances(compared: Sequence[Mapping[str, float]], rules: RecallRules) -> list[float]:
    """How surely an article is news of each of some projects; the rest up to 1 is that it is news of none.

    Args:
        compared: what it has in common with each.
        rules: the weights.
    """
    powers = [exp(min(odds_of(features, rules), 30.0)) for features in compared]
    total = 1.0 + fsum(powers)
    return [power / total for power in powers]


def odds_of(features: Mapping[str, float], rules: RecallRules) -> float:
    """What an article and a project have in common, in log-odds against news of none."""
    return rules.bias + fsum(rules.weights[name] * strength for name, strength in features.items())
