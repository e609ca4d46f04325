"""Whether what people make one can be one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations


def foreign(countries: Sequence[Collection[str]]) -> str:
    """A warning where two of some projects share no country; "" where all do, or do not say where they are."""
    pairs = combinations(filter(None, countries), 2)
    apart = next(((one, other) for one, other in pairs if not {*one} & {*other}), None)
    return f"they share no country: {', '.join(apart[0])} and {', '.join(apart[1])}" if apart else ""
