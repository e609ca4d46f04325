"""How far two figures may differ and still be the same one: the tolerances of all comparisons of sums and sizes.

Each is a share of the larger figure. They differ because the reasons for a difference do: one text that is read twice
is rounded less than two outlets round, and a sum that was converted by another day's rate differs more than either.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TypeVar

READ_TWICE = Decimal("0.01")  # two readers of one passage: only their own rounding
ROUNDED = Decimal(
    "0.02"
)  # one figure written twice: 85 and 86.2 million, $154m and $154.2 million, 900 and 910 cameras
ROUNDED_BY_OUTLETS = 0.05  # two outlets on one sum in one currency: each rounds from a source of its own
EXCHANGED = Decimal("0.05")  # accepted candidates in two currencies, each converted at the rate of its own day
EXCHANGED_BY_OUTLETS = 0.07  # the same between outlets, whose own rounding is added

# Grades of agreement, for features whose weights were fitted to them: a change asks for new weights.
SAME_IN_LISTS, NEAR_IN_LISTS, FAR = 0.005, 0.05, 0.25  # databases, which state sums to the last digit
SAME_IN_NEWS, NEAR_IN_NEWS = 0.015, 0.06  # news, which rounds
CONVERSION_ERROR = 0.02  # added to the difference of two sums that needed an exchange rate

Figure = TypeVar("Figure", float, Decimal)


def differ_by_at_most(share: Figure, one: Figure, other: Figure) -> bool:
    """Whether two figures differ by no more than a share of the larger one."""
    return abs(one - other) <= share * max(abs(one), abs(other))


def relative_difference(one: float, other: float) -> float:
    """The difference of two figures as a share of the larger one; 0 if both are 0."""
    largest = max(abs(one), abs(other))
    return abs(one - other) / largest if largest else 0.0
