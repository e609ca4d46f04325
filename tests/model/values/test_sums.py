"""When two figures are the same one."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from offing.model.values.sums import ROUNDED, differ_by_at_most, relative_difference

FIGURES = st.decimals(min_value=1, max_value=10**12, places=2)


def test_a_rounded_sum_is_the_same_and_another_is_not() -> None:
    """Two per cent cover what outlets round; a tenth more is another sum."""
    assert differ_by_at_most(ROUNDED, Decimal(85), Decimal("86.2"))
    assert differ_by_at_most(ROUNDED, Decimal(98), Decimal(100))
    assert not differ_by_at_most(ROUNDED, Decimal("97.99"), Decimal(100))


@given(FIGURES, FIGURES)
def test_order_plays_no_part(one: Decimal, other: Decimal) -> None:
    """Whichever of two figures comes first, the answer is one."""
    assert differ_by_at_most(ROUNDED, one, other) == differ_by_at_most(ROUNDED, other, one)
    assert relative_difference(float(one), float(other)) == relative_difference(float(other), float(one))


def test_two_zeros_do_not_differ() -> None:
    """Nothing is divided by zero."""
    assert relative_difference(0.0, 0.0) == 0.0
    assert relative_difference(0.0, 5.0) == 1.0
