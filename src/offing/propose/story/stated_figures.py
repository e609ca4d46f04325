"""Compare sums and sizes of two tellings: which are the same figure written twice, and which contradict."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from offing.model.projects.project import Amount, SizedBy
from offing.model.review.story import Telling
from offing.model.values.sums import (
    EXCHANGED_BY_OUTLETS,
    ROUNDED,
    ROUNDED_BY_OUTLETS,
    differ_by_at_most,
    relative_difference,
)
from offing.model.values.vocabulary import AmountKind

Sum = tuple[Amount, float | None]


def sums_of(telling: Telling) -> tuple[Sum, ...]:
    """The sums with their value in US dollars, where known."""
    dollars = (*telling.dollars, *[None] * (len(telling.facts.amounts) - len(telling.dollars)))
    return tuple(zip(telling.facts.amounts, dollars, strict=False))


def same_sum(one: Sum, other: Sum) -> bool:
    """Whether two sums are equal, also across currencies: EUR 85m and USD 94m on a day with that rate."""
    gap = _gap(one, other)
    largest = ROUNDED_BY_OUTLETS if one[0].currency == other[0].currency else EXCHANGED_BY_OUTLETS
    return gap is not None and gap <= largest


def same_size(one: SizedBy, other: SizedBy) -> bool:
    """Whether two sizes are equal, within 2 %."""
    return one.unit == other.unit and differ_by_at_most(ROUNDED, one.value, other.value)


def share_a_sum(one: Telling, other: Telling) -> bool:
    """Whether both state the same sum."""
    return any(same_sum(*pair) for pair in product(sums_of(one), sums_of(other)))


def sums_contradict(one: Telling, other: Telling) -> bool:
    """Whether both state a sum of one kind and neither states the other's, as whatever kind."""
    return any(True for _ in unlike_sums(one, other))


def unlike_sums(one: Telling, other: Telling) -> Iterator[tuple[Sum, Sum]]:
    """The pairs of sums of one kind on which the two disagree."""
    ours, theirs = sums_of(one), sums_of(other)
    ours_alone = [each for each in ours if not any(same_sum(each, known) for known in theirs)]
    theirs_alone = [each for each in theirs if not any(same_sum(each, known) for known in ours)]
    for pair in product(ours_alone, theirs_alone):
        kinds = {pair[0][0].kind, pair[1][0].kind} - {AmountKind.UNSPECIFIED}
        if len(kinds) < 2 and _gap(*pair) is not None:  # noqa: PLR2004 -- one of them may say nothing of its kind
            yield pair


def unlike_sizes(one: Telling, other: Telling) -> Iterator[tuple[SizedBy, SizedBy]]:
    """The pairs of sizes with one unit on which the two disagree."""
    ours, theirs = one.facts.quantities, other.facts.quantities
    ours_alone = [each for each in ours if not any(same_size(each, known) for known in theirs)]
    theirs_alone = [each for each in theirs if not any(same_size(each, known) for known in ours)]
    yield from (pair for pair in product(ours_alone, theirs_alone) if pair[0].unit == pair[1].unit)


def _gap(one: Sum, other: Sum) -> float | None:
    """The relative difference of two sums; None without an exchange rate."""
    if one[0].currency == other[0].currency:
        return relative_difference(float(one[0].value), float(other[0].value))
    if one[1] is None or other[1] is None:
        return None
    return relative_difference(one[1], other[1])
