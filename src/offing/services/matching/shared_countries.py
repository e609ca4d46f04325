"""Checks whether candidates or projects that people combine can be the same project."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations


def foreign(countries: Sequence[Collection[str]]) -> str:
    """Return a warning if two of the projects share no country, else ""; projects without a country are ignored."""
    pairs = combinations(filter(None, countries), 2)
    apart = next(((one, other) for one, other in pairs if not {*one} & {*other}), None)
    return f"they share no country: {', '.join(apart[0])} and {', '.join(apart[1])}" if apart else ""
