"""How much a text speaks of a country around a place: it tells whose shillings or rupees are meant there."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

_BESIDE = 4.0  # what a mention right before a sum counts more than one far off or behind
_REACH = 120.0  # characters over which that fades to a third


class Nearby:
    """The countries that a text names: how often, and at which places where that is known.

    What the mentions of a country before a place count together is kept for each mention, so that a place needs
    one look for each country, however often the text names it.
    """

    def __init__(self, counts: Counter[str], places: Iterable[tuple[int, str]] = ()) -> None:
        """How often a text names countries, and where.

        Args:
            counts: how often.
            places: where in the folded text each mention starts, in their order.
        """
        self._counts = counts
        self._starts: dict[str, list[int]] = {}
        self._sums: dict[str, list[float]] = {}
        for place, country in places:
            starts, sums = self._starts.setdefault(country, []), self._sums.setdefault(country, [])
            sums.append(1 + (sums[-1] * _faded(place - starts[-1]) if sums else 0))
            starts.append(place)

    def weight(self, countries: Iterable[str], place: int) -> float:
        """How much a text speaks of some countries at a place; nothing where it names none of them."""
        wanted = frozenset(countries) & self._counts.keys()
        return math.fsum(self._counts[country] + _BESIDE * self._before(country, place) for country in wanted)

    def _before(self, country: str, place: int) -> float:
        """What the mentions of a country before a place count there."""
        starts = self._starts.get(country, ())
        last = bisect_left(starts, place) - 1
        return self._sums[country][last] * _faded(place - starts[last]) if last >= 0 else 0.0


def _faded(distance: int) -> float:
    """What a mention counts at a distance behind it, beside one right there."""
    return math.exp(-distance / _REACH)
