"""Grounds: what two accounts must have in common, beside country, lender and year, to tell of one project."""

from __future__ import annotations

from collections.abc import Mapping

from offing.match.own import tell_alike
from offing.match.sketch import Sketch

_MEASURES = ("main-sum", "main-sum-near", "main-sum-told")
_BESIDE_FIRM = ("sector", "place", "day")
_TERMS = frozenset({"percent", "%", "years", "months"})  # of loans, which many have alike

Features = Mapping[str, float]


def may_be_one(new: Sketch, known: Sketch, features: Features) -> bool:
    """Whether two accounts may be called the same, however high they score.

    They contradict each other in no country, and share something of the project itself: words of its own, its sum or
    size, or its firm with the sector, a place or a day. Country, lender and year are what all projects of one lender
    in a country share.

    Args:
        new: the new account.
        known: the known one.
        features: of the pair.
    """
    return "other-country" not in features and is_grounded(new, known, features)


def is_grounded(new: Sketch, known: Sketch, features: Features) -> bool:
    """Whether two accounts share something of the project itself."""
    with_firm = "firm" in features and any(name in features for name in _BESIDE_FIRM)
    measured = any(name in features for name in _MEASURES) or ("quantity" in features and _shared_size(new, known))
    return with_firm or measured or tell_alike(new.own, known.own)


def _shared_size(new: Sketch, known: Sketch) -> bool:
    return any(unit.casefold() not in _TERMS for _, unit in new.account.quantities & known.account.quantities)
