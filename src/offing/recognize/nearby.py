"""How much a text speaks of a country around a place: it tells whose shillings or rupees are meant there."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_BESIDE = 4.0  # what a mention right before a sum counts more than one far off or behind
_REACH = 120.0  # characters over which that fades to a third


@dataclass(frozen=True, slots=True)
class Nearby:
    """The countries that a text names: how often, and at which places where that is known."""

    counts: Counter[str]
    places: Sequence[tuple[int, str]] = field(default=())

    def weight(self, countries: Iterable[str], place: int) -> float:
        """How much a text speaks of some countries at a place; nothing where it names none of them."""
        wanted = frozenset(countries)
        total = float(sum(self.counts[country] for country in wanted))
        near = (
            math.exp((start - place) / _REACH) for start, country in self.places if country in wanted and start < place
        )
        return total + _BESIDE * sum(near)
