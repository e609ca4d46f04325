"""Scoring: from the features of the pairs to the odds that two accounts describe one project.

A pair is first scored by itself (`odds_of`), then against its rivals: the other known accounts that this new one might
be (its row), and the other new accounts that this known one might be (its column). Two near neighbours are
distinguished by what fits each of them better.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum, log

from offing.model.pairs.matching import MatchRules, RivalWeights

_FARTHEST = 8.0  # log-odds beyond which rivals change nothing
_STRONGEST = 30.0


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """A new account and a known one, by index; `odds` are those of the pair by itself, in log-odds."""

    new: int
    known: int
    odds: float


def odds_of(features: Mapping[str, float], rules: MatchRules) -> float:
    """The weighted sum of a pair's features, in log-odds."""
    return rules.bias + fsum(rules.weights[name] * strength for name, strength in features.items())


def leads_over_rivals(pairs: Sequence[ScoredPair], floor: float, *, repeats: bool) -> list[tuple[float, float]]:
    """The lead of each pair over its rivals in row and column, in log-odds.

    Args:
        pairs: all compared pairs.
        floor: the log-odds of an implicit rival, so that a lone pair is judged by itself.
        repeats: whether several new accounts may describe one project: then they are no rivals.
    """
    values = [pair.odds for pair in pairs]
    columns = range(len(pairs)) if repeats else [pair.known for pair in pairs]
    return list(
        zip(
            _lead_within(values, [pair.new for pair in pairs], floor), _lead_within(values, columns, floor), strict=True
        )
    )


def _lead_within(values: Sequence[float], groups: Sequence[Hashable], floor: float) -> list[float]:
    members: dict[Hashable, list[int]] = defaultdict(list)
    for place, group in enumerate(groups):
        members[group].append(place)
    found = [0.0] * len(values)
    for places in members.values():
        powers = [exp(min(values[place], _STRONGEST)) for place in places]
        total = fsum(powers)
        for place, power in zip(places, powers, strict=True):
            rivals = log(max(total - power, 0.0) + exp(floor))
            found[place] = max(-_FARTHEST, min(values[place] - rivals, _FARTHEST))
    return found


def coverage(pairs: Sequence[ScoredPair], known: int) -> float:
    """The share of known accounts that are the best match of some new one: near 1 where two lists cover the same."""
    best: dict[int, ScoredPair] = {}
    for pair in pairs:
        if pair.new not in best or pair.odds > best[pair.new].odds:
            best[pair.new] = pair
    return len({pair.known for pair in best.values()}) / known if known else 0.0


def rival_weights(rules: MatchRules, covered: float) -> RivalWeights:
    """The weights of rivals at some coverage, interpolated between `few` and `lists`."""
    few, lists = rules.few, rules.lists
    return RivalWeights(
        few.row + covered * (lists.row - few.row),
        few.column + covered * (lists.column - few.column),
        few.bias + covered * (lists.bias - few.bias),
    )


def score(lead: tuple[float, float], weights: RivalWeights) -> float:
    """The score of a pair, 0 to 1."""
    row, column = lead
    odds = weights.row * row + weights.column * column + weights.bias
    return 1 / (1 + exp(-max(-_STRONGEST, min(odds, _STRONGEST))))
