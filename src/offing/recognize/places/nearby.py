"""Weighs how much a text is about a country around a position, to decide whose shillings or rupees it means there."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

_BESIDE = 4.0  # the weight of a mention right before a sum, relative to one far off or behind
_REACH = 120.0  # characters over which that decays to a third


class Nearby:
    """How often a text names each country, and at which positions if known.

    For each mention the decayed sum of the country's mentions up to it is stored, so that a position needs one look-up
    per country, however often the text names it.
    """

    def __init__(self, counts: Counter[str], places: Iterable[tuple[int, str]] = ()) -> None:
        """Store how often a text names countries, and where.

        Args:
            counts: how often.
            places: the start of each mention in the folded text and its country, in order.
        """
        self._counts = counts
        self._starts: dict[str, list[int]] = {}
        self._sums: dict[str, list[float]] = {}
        for place, country in places:
            starts, sums = self._starts.setdefault(country, []), self._sums.setdefault(country, [])
            sums.append(1 + (sums[-1] * _faded(place - starts[-1]) if sums else 0))
            starts.append(place)

    def weight(self, countries: Iterable[str], place: int) -> float:
        """How much a text is about some countries at a position; 0 if it names none of them."""
        weights = []
        for country in frozenset(countries) & self._counts.keys():
            starts = self._starts.get(country, ())
            last = bisect_left(starts, place) - 1
            before = self._sums[country][last] * _faded(place - starts[last]) if last >= 0 else 0.0
            weights.append(self._counts[country] + _BESIDE * before)
        return math.fsum(weights)


def _faded(distance: int) -> float:
    """The weight of a mention at a distance, relative to one right there."""
    return math.exp(-distance / _REACH)
