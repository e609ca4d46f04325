"""Features: how two accounts agree and differ, each a strength from 0 to 1. `model.matching` lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from offing.match.accounts.agreements import of_the_other_agreement
from offing.match.accounts.profile import AccountProfile
from offing.match.text.numbered import Numbered
from offing.match.text.vectors import contained, cosine, direction
from offing.model.pairs.matching import Account, AccountSum
from offing.model.values.sums import CONVERSION_ERROR, FAR, NEAR_IN_LISTS, SAME_IN_LISTS, relative_difference

_YEARS_APART = 10

Features = dict[str, float]  # a strength from 0 to 1 by name


def compare(new: AccountProfile, known: AccountProfile) -> Features:
    """The features of a pair, by the names of `model.matching.FEATURES`; zeros are left out."""
    one, other = new.account, known.account
    found = {
        "title-spelling": cosine(new.title_grams, known.title_grams),
        "title-in-known": contained(new.title_shares, known.full),
        "title-in-new": contained(known.title_shares, new.full),
        "opening": cosine(new.head, known.head),
        "new-in-known": contained(new.full_shares, known.full),
        "known-in-new": contained(known.full_shares, new.full),
        **_either("country", new.countries, known.countries),
        **_overlap("firm", one.firms, other.firms),
        **_overlap("lender", one.lenders, other.lenders),
        "place": float(bool(one.places & other.places)),
        **_sums(one, other),
        **_either("day", one.days, other.days),
        "month": float(bool(one.months & other.months)),
        "years": direction(one.years, other.years),
        "year-gap": _year_gap(one.years, other.years),
        "quantity": float(bool(one.quantities & other.quantities)),
        "sector": direction(one.sectors, other.sectors),
        "flow": direction(one.flows, other.flows),
        "kind": direction(one.kinds, other.kinds),
        "status": direction(one.statuses, other.statuses),
        **_numbers(new.numbers, known.numbers),
        "other-agreement": float(of_the_other_agreement(one, other, least_gap(one.sums, other.sums))),
    }
    if one.countries.keys() & other.countries.keys():
        found["other-country"] = 0.0  # main countries may differ where one shared region names several
    return {name: strength for name, strength in found.items() if strength}


def _either(name: str, one: Iterable[object], other: Iterable[object]) -> Features:
    """Whether two sets share something, or both are non-empty and differ."""
    ours, theirs = frozenset(one), frozenset(other)
    shared = bool(ours & theirs)
    return {name: float(shared), f"other-{name}": float(bool(ours and theirs and not shared))}


def _overlap(name: str, one: Mapping[str, float], other: Mapping[str, float]) -> Features:
    """The larger of the shares that the common keys have in each."""
    if not one or not other:
        return {}
    shared = one.keys() & other.keys()
    share = max(sum(side[key] for key in shared) / sum(side.values()) for side in (one, other))
    return {name: min(share, 1.0), f"other-{name}": float(not shared)}


def _sums(one: Account, other: Account) -> Features:
    main_one, main_other = one.main_sums, other.main_sums
    gaps = [gap for gap in (least_gap(main_one, other.sums), least_gap(one.sums, main_other)) if gap is not None]
    gap = min(gaps, default=FAR)
    return {
        **_graded("sum", least_gap(one.sums, other.sums)),
        **_graded("main-sum", least_gap(main_one, main_other)),
        "main-sum-told": 1.0 if gap <= SAME_IN_LISTS else 0.5 if gap <= NEAR_IN_LISTS else 0.0,
    }


def _graded(name: str, gap: float | None) -> Features:
    if gap is None:
        return {}
    return {
        name: float(gap <= SAME_IN_LISTS),
        f"{name}-near": float(SAME_IN_LISTS < gap <= NEAR_IN_LISTS),
        f"other-{name}": float(gap > FAR),
    }


def least_gap(one: Iterable[AccountSum], other: Iterable[AccountSum]) -> float | None:
    """The least relative difference between two comparable sums; None where none are."""
    gaps = [gap for pair in product(one, other) if (gap := _gap(*pair)) is not None]
    return min(gaps, default=None)


def _gap(one: AccountSum, other: AccountSum) -> float | None:
    if one.currency == other.currency or not (one.currency and other.currency):
        return relative_difference(one.value, other.value)
    if one.dollars is None or other.dollars is None:
        return None
    return relative_difference(one.dollars, other.dollars) + CONVERSION_ERROR


def _year_gap(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    if not one or not other:
        return 0.0
    return min(abs(_main_year(one) - _main_year(other)), _YEARS_APART) / _YEARS_APART


def _main_year(years: Mapping[int, float]) -> int:
    return min(years, key=lambda year: (-years[year], year))


def _numbers(one: Numbered, other: Numbered) -> Features:
    fewest = min(len(one.others), len(other.others))
    return {
        "number": len(one.others & other.others) / fewest if fewest else 0.0,
        **_either("ordinal", one.ordinals, other.ordinals),
        **_either("phase", one.phases, other.phases),
        **_either("title-year", one.years, other.years),
    }
