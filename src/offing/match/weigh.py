"""Weighing: from the features of the pairs to the odds that two accounts tell of one project.

A pair first counts by itself (`odds_of`). Then it stands beside its rivals: the other known accounts that this new
one might be (its row), and the other new accounts that this known one might be (its column). Two near neighbours
are told apart by what fits each of them better.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum, log

from offing.model.matching import MatchRules, Standing

_FARTHEST = 8.0  # log-odds beyond which rivals change nothing
_STRONGEST = 30.0


@dataclass(frozen=True, slots=True)
class Pair:
    """A new account and a known one, by their places; `odds` is what the pair comes to by itself, in log-odds."""

    new: int
    known: int
    odds: float


def odds_of(features: Mapping[str, float], rules: MatchRules) -> float:
    """What the features of a pair add up to, in log-odds."""
    return rules.bias + fsum(rules.weights[name] * strength for name, strength in features.items())


def stands(pairs: Sequence[Pair], floor: float, *, repeats: bool) -> list[tuple[float, float]]:
    """How far each pair stands above its rivals of the row and of the column, in log-odds.

    Args:
        pairs: all that were looked at.
        floor: the odds of the rival that is always thought of, so that a pair alone is judged by itself.
        repeats: several new accounts may tell of one project: they are no rivals.
    """
    values = [pair.odds for pair in pairs]
    columns = range(len(pairs)) if repeats else [pair.known for pair in pairs]
    return list(zip(_above(values, [pair.new for pair in pairs], floor), _above(values, columns, floor), strict=True))


def _above(values: Sequence[float], groups: Sequence[Hashable], floor: float) -> list[float]:
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


def coverage(pairs: Sequence[Pair], known: int) -> float:
    """Which part of the known accounts is the best that some new one has: near 1 where two lists tell of the same."""
    best: dict[int, Pair] = {}
    for pair in pairs:
        if pair.new not in best or pair.odds > best[pair.new].odds:
            best[pair.new] = pair
    return len({pair.known for pair in best.values()}) / known if known else 0.0


def standing_of(rules: MatchRules, covered: float) -> Standing:
    """How rivals count at some coverage, between `few` and `lists`."""
    few, lists = rules.few, rules.lists
    return Standing(
        few.row + covered * (lists.row - few.row),
        few.column + covered * (lists.column - few.column),
        few.bias + covered * (lists.bias - few.bias),
    )


def score(stand: tuple[float, float], standing: Standing) -> float:
    """The score of a pair, 0 to 1."""
    row, column = stand
    odds = standing.row * row + standing.column * column + standing.bias
    return 1 / (1 + exp(-max(-_STRONGEST, min(odds, _STRONGEST))))
