"""Which sums and sizes say the same, and which are parts of others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from offing.model.projects.project import IN_PART, Amount, SizedBy
from offing.model.values.vocabulary import AmountKind
from offing.promote.compatible_sums import without_parts
from offing.promote.measures import Measure, agree, agrees_with, worth
from promote.parts import amount, dollars

DAY = date(2021, 3, 1)


def size(value: float | str, unit: str = "km") -> Measure:
    """A quantity as news of the day tells it."""
    return Measure(SizedBy(Decimal(value), unit, ""), DAY)


def sum_of(value: float | str, currency: str = "EUR", day: date | None = DAY) -> Measure:
    """A loan as news tells it."""
    return Measure(Amount(Decimal(value), currency, AmountKind.LOAN, ""), day)


AGREE = [
    (size(98), size(100), True),
    (size("97.9"), size(100), False),
    (size(98), size(100, "KM"), True),
    (size(98), size(100, "MW"), False),
    (size(-98), size(-100), True),
    (size(2), size(-2), False),
    (size(0), size(0), True),
    (sum_of(98), sum_of(100), True),
    (sum_of("97.9"), sum_of(100), False),
    (sum_of("104.5", "USD"), sum_of(100), True),  # EUR 100 are USD 110
    (sum_of("104.4", "USD"), sum_of(100), False),
    (sum_of("115.7", "USD"), sum_of(100), True),
    (sum_of(100, "USD"), sum_of(100, "XYZ"), False),
    (sum_of(110, "USD"), sum_of(100, day=None), False),
    (sum_of(100, day=None), sum_of(100, day=None), True),
    (size(100, "EUR"), sum_of(100), False),
]


@pytest.mark.parametrize(("one", "other", "same"), AGREE)
def test_two_accounts_say_about_the_same(one: Measure, other: Measure, same: bool) -> None:
    """Within two per cent of the greater one, in two currencies within five; of sizes in one unit only."""
    assert agree(one, other, dollars) is agree(other, one, dollars) is same
    assert agrees_with(one, (size(1, "t"), other), dollars) is same
    assert not agrees_with(one, (), dollars)


def test_only_a_dated_sum_is_worth_dollars() -> None:
    """A size is worth none, nor is a sum of no day or of a currency without rates."""
    assert worth(sum_of(100), dollars) == 110
    assert [worth(each, dollars) for each in (size(1), sum_of(1, day=None), sum_of(1, "XYZ"))] == [None] * 3


def test_a_sum_is_labelled_by_its_kind_and_a_size_by_its_unit() -> None:
    """A sum of which nobody says what it is has none."""
    assert (sum_of(1).label, size(1, "Km").label) == ("loan", "km")
    assert Measure(amount(1, kind=AmountKind.UNSPECIFIED), DAY).label == ""
    assert (sum_of(1).figure, size(1, "Km").figure) == ((1, "EUR"), (1, "Km"))


FAR = [size(10**power) for power in (9, 12, 15, 18, 21, 24)]  # none of them comes of others


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ([size(100), size(60), size(40)], [100]),
        ([size(60), size(40), size(100)], [100]),
        ([size(100), size(60), size(40, "MW")], [100, 60, 40]),
        ([size(100), size(58), size(40)], [100]),
        ([size(100), size("57.9"), size(40)], [100, Decimal("57.9"), 40]),
        ([size(100), size(62), size("40.04")], [100]),
        ([size(100), size(100)], [100, 100]),
        ([size(100), size(50), size(50)], [100, 50, 50]),  # told twice it is one
        ([size(100), size(60), size(40), size("40.5")], [100]),  # the part is told again
        ([*FAR[:5], size(100), size(60), size(40)], [*(10**power for power in (9, 12, 15, 18, 21)), 100]),
        ([*FAR, size(100), size(60), size(40)], [*(10**power for power in (9, 12, 15, 18, 21, 24)), 100, 60, 40]),
    ],
)
def test_what_makes_up_a_total_is_no_other_account(told: list[Measure], left: list[int]) -> None:
    """Of one unit, and among the first eight that differ."""
    (kept,) = without_parts([told], dollars)
    assert [each.of.value for each in kept] == left


def test_parts_and_totals_may_be_told_by_several_candidates() -> None:
    """What is called a part is none of the sums that are added up; sums that say no kind are left alone."""
    called = replace(sum_of(40), of=replace(amount(40), qualifier=IN_PART))
    loans = [sum_of(each * 1_000_000) for each in (100, 60, 40)]
    assert without_parts([loans[:1], loans[1:], []], dollars) == [loans[:1], [], []]
    assert without_parts([loans[:2], [called]], dollars) == [loans[:2], []]
    for kind in (AmountKind.GRANT, AmountKind.TOTAL_COST):
        other = replace(loans[1], of=replace(loans[1].of, kind=kind))
        assert without_parts([[*loans, other]], dollars) == [[loans[0], other]]
    plain = [replace(each, of=replace(each.of, kind=AmountKind.UNSPECIFIED)) for each in loans]
    assert without_parts([plain], dollars) == [plain]
