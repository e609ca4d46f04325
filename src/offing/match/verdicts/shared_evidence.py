"""Shared evidence: what two accounts must share, beyond country, lender and year, to describe one project."""

from __future__ import annotations

from collections.abc import Mapping

from offing.match.accounts.profile import AccountProfile
from offing.match.text.distinctive import share_enough

_MEASURES = ("main-sum", "main-sum-near", "main-sum-told")
_BESIDE_FIRM = ("sector", "place", "day")
_TERMS = frozenset({"percent", "%", "years", "months"})  # loan terms, which many projects have in common

Features = Mapping[str, float]


def are_compatible(new: AccountProfile, known: AccountProfile, features: Features) -> bool:
    """Whether two accounts may be called the same, however high they score.

    Their countries do not conflict, and they share something of the project itself: distinctive words, its sum or size,
    or its firm together with the sector, a place or a day. Country, lender and year are common to all projects of one
    lender in a country.

    Args:
        new: the new account.
        known: the known one.
        features: of the pair.
    """
    return "other-country" not in features and share_evidence(new, known, features)


def share_evidence(new: AccountProfile, known: AccountProfile, features: Features) -> bool:
    """Whether two accounts share something of the project itself."""
    with_firm = "firm" in features and any(name in features for name in _BESIDE_FIRM)
    measured = any(name in features for name in _MEASURES) or ("quantity" in features and _shared_size(new, known))
    return with_firm or measured or share_enough(new.own, known.own)


def _shared_size(new: AccountProfile, known: AccountProfile) -> bool:
    return any(unit.casefold() not in _TERMS for _, unit in new.account.quantities & known.account.quantities)
