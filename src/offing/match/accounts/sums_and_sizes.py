"""Sums and sizes of two accounts, and whether one is an umbrella over the other."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from math import log10

from offing.match.accounts.compare import Features, least_gap
from offing.match.text.account_patterns import AccountPatterns
from offing.match.text.tokens import fold
from offing.model.pairs.matching import Account, AccountSum
from offing.model.values.sums import FAR, NEAR_IN_NEWS, SAME_IN_NEWS

_FEW, _FEW_WORTH = 10, 0.3  # two towers, four stations: many projects have as many
_UNITS = {"kw": ("mw", 0.001), "gw": ("mw", 1_000.0), "m": ("km", 0.001)}
_OF_LOANS = frozenset({"percent", "years", "%"})
_LEAD = 300  # characters within which an umbrella calls itself one
_NO_KIND = ("", "unspecified")
_WORLDS_APART = 20


def compare_sums(one: Account, other: Account) -> Features:
    """How the sums of two accounts agree; one with many significant digits weighs more."""
    pairs = [
        (gap, _by_digits(a.value)) for a, b in product(one.sums, other.sums) if (gap := least_gap([a], [b])) is not None
    ]
    if not pairs:
        return {}
    of_one_kind = ((a, b) for a, b in product(one.sums, other.sums) if a.kind == b.kind and a.kind not in _NO_KIND)
    far_apart = any((gap := least_gap([a], [b])) is not None and gap > FAR for a, b in of_one_kind)
    return {
        "sum": max((worth for gap, worth in pairs if gap <= SAME_IN_NEWS), default=0.0),
        "sum-near": max((worth for gap, worth in pairs if SAME_IN_NEWS < gap <= NEAR_IN_NEWS), default=0.0),
        "other-sum": float(far_apart and min(gap for gap, _ in pairs) > NEAR_IN_NEWS),
    }


def _by_digits(value: float) -> float:
    """The weight of a sum by its significant digits: many projects cost a hundred million, few 88.6 million."""
    digits = len(f"{value:.6g}".replace(".", "").split("e")[0].strip("0"))
    return {1: 0.5, 2: 0.8}.get(digits, 1.0)


def compare_sizes(one: Account, other: Account) -> Features:
    """How the sizes of two accounts agree."""
    ours, theirs = sizes_of(one), sizes_of(other)
    shared = shared_sizes(one, other)
    return {
        "quantity": max((_by_digits(value) if value >= _FEW else _FEW_WORTH for value, _ in shared), default=0.0),
        "other-quantity": float(bool(ours.keys() & theirs.keys()) and not shared),
    }


def shared_sizes(one: Account, other: Account) -> list[tuple[float, str]]:
    """The sizes that both state, in one unit for each kind."""
    ours, theirs = sizes_of(one), sizes_of(other)
    return sorted((value, unit) for unit in ours.keys() & theirs.keys() for value in ours[unit] & theirs[unit])


def sizes_of(account: Account) -> dict[str, set[float]]:
    """The sizes of an account by unit, with units converted to a common one; terms of loans are left out."""
    found: dict[str, set[float]] = {}
    for value, unit in account.quantities:
        plain, factor = _UNITS.get(unit.lower(), (unit.lower(), 1.0))
        if plain not in _OF_LOANS and value:
            found.setdefault(plain, set()).add(round(value * factor, 2 - int(log10(abs(value * factor)) // 1)))
    return found


def sums_worlds_apart(one: Account, other: Account) -> bool:
    """Whether both state their cost, and the nearest of these sums differ by a factor of twenty or more.

    Sums of unspecified kind are ignored: they may be a fine or the price of a part.
    """
    ours, theirs = ([each for each in account.sums if each.kind not in _NO_KIND] for account in (one, other))
    ratios = [ratio for a, b in product(ours, theirs) if (ratio := _ratio(a, b)) is not None]
    return bool(ratios) and min(ratios) >= _WORLDS_APART


def _ratio(one: AccountSum, other: AccountSum) -> float | None:
    """The ratio of the larger of two sums to the smaller; None where they cannot be compared."""
    if one.dollars and other.dollars:
        pair = (one.dollars, other.dollars)
    elif one.currency == other.currency:
        pair = (one.value, other.value)
    else:
        return None
    return max(pair) / min(pair) if min(pair) > 0 else None


def is_part(whole: Account, part: Account, patterns: AccountPatterns, *, names_it: bool) -> bool:
    """Whether one is an umbrella (a framework, a credit line) and the other something under it.

    An umbrella calls itself a general loan or credit line, or an agreement that names several works or the other: a
    firm's memorandum is none over everything else that the firm does in the country. In addition the other states a sum
    below half of the umbrella's, or, where no sums can be compared, the umbrella's title calls it one. A framework
    agreement on one project, reported again with its sum, is that project.

    Args:
        whole: the possible umbrella.
        part: what may fall under it.
        patterns: recognise umbrellas.
        names_it: whether they share a distinctive name.
    """
    over_all = names_it or bool(patterns.several.search(_folded(whole.text[:_LEAD])))
    over_all = over_all or bool(patterns.credit_lines.search(_folded(whole.title)))
    if not (_is_umbrella(whole, patterns) and over_all) or _is_umbrella(part, patterns):
        return False
    gap = least_gap(whole.sums, part.sums)
    if gap is None:
        return bool(patterns.umbrellas.search(_folded(whole.title)))
    wholes = [each.dollars for each in whole.sums if each.dollars]
    parts = [each.dollars for each in part.sums if each.dollars]
    return bool(wholes and parts) and min(parts) < max(wholes) / 2


def _is_umbrella(account: Account, patterns: AccountPatterns) -> bool:
    return bool(patterns.umbrellas.search(_folded(account.text[:_LEAD])))


@lru_cache(maxsize=4_096)
def _folded(lead: str) -> str:
    """The folded lead of a text, cached as it is compared with many."""
    return fold(lead)
