"""Shared evidence: what two accounts must share, beyond country, lender and year, to describe one project."""

from __future__ import annotations

from offing.match.accounts.compare import Features
from offing.match.accounts.profile import AccountProfile
from offing.match.text.distinctive import share_enough

_MEASURES = ("main-sum", "main-sum-near", "main-sum-told")
_BESIDE_FIRM = ("sector", "place", "day")
_TERMS = frozenset({"percent", "%", "years", "months"})  # loan terms, which many projects have in common


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
    units = {unit.casefold() for _, unit in new.account.quantities & known.account.quantities}
    measured = any(name in features for name in _MEASURES) or ("quantity" in features and units - _TERMS)
    return with_firm or bool(measured) or share_enough(new.own, known.own)
