"""Sums that differ and can hold side by side: parts, ranges, bounds, totals; and those that cannot."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.projects.project import IN_PART, Amount
from offing.model.projects.update import Stand
from offing.model.values.vocabulary import AmountKind
from offing.promote import Composed, Target, compose, sums_of, update_of
from offing.promote.compatible_sums import is_compatible
from offing.promote.measures import Measure
from promote.parts import amount, cameras, dollars, part

DAY = date(2021, 3, 1)


def told(value: float, qualifier: str = "", currency: str = "EUR", kind: AmountKind = AmountKind.LOAN) -> Amount:
    """A sum with what is said of how exact it is."""
    return replace(amount(value, currency, kind), qualifier=qualifier)


def made(*accounts: tuple[Amount, ...]) -> Composed:
    """A record of one candidate for each account."""
    parts = [part(at, date(2020, at, 1), amounts=account) for at, account in enumerate(accounts, 1)]
    return compose(parts, (), dollars)


HOLD = {
    "a tranche": ((told(200),), (told(60, IN_PART),)),
    "two tranches": ((told(60, IN_PART),), (told(90, IN_PART),)),
    "a range": ((told(60, "from"), told(90, "to")), (told(85),)),
    "up to": ((told(120, "up-to"),), (told(85),)),
    "at least": ((told(80),), (told(60, "at-least"),)),
    "more than": ((told(80, "more-than"),), (told(86),)),
    "nearly": ((told(90, "nearly"),), (told(84),)),
    "about": ((told(90, "about"),), (told(84),)),
    "a total of its parts": ((told(100),), (told(60), told(40))),
    "parts told apart": ((told(60),), (told(100),), (told(40),)),
    "a total in dollars": ((told(60), told(40)), (told(110, currency="USD"),)),
    "a bound in dollars": ((told(120, "up-to"),), (told(80, currency="USD"),)),
}
CLASH = {
    "two figures": ((told(85),), (told(120),)),
    "outside a range": ((told(60, "from"), told(90, "to")), (told(120),)),
    "over what it may be at most": ((told(85, "up-to"),), (told(120),)),
    "far below what it may be at most": ((told(120, "up-to"),), (told(20),)),
    "less than at least": ((told(85, "at-least"),), (told(60),)),
    "far more than more": ((told(80, "more-than"),), (told(120),)),
    "parts that come to another total": ((told(100),), (told(60), told(30))),
    "a grant of the other's figure": ((told(85), told(120, kind=AmountKind.GRANT)), (told(120),)),
    "a total cost of the other's figure": ((told(85), told(120, kind=AmountKind.TOTAL_COST)), (told(120),)),
    "two figures beside a tranche": ((told(200),), (told(60, IN_PART),), (told(300),)),
}


@pytest.mark.parametrize("accounts", HOLD.values(), ids=HOLD)
def test_what_leaves_room_is_no_contradiction(accounts: tuple[tuple[Amount, ...], ...]) -> None:
    """All stands in the facts, in either order, and nothing is asked of anybody."""
    for each in (accounts, accounts[::-1]):
        record = made(*each)
        assert (record.contradictions, record.life_line) == ((), ())
        assert {one.value for account in accounts for one in account if one.currency == "EUR"} >= {
            one.value for one in record.facts.amounts if one.currency == "EUR"
        }


@pytest.mark.parametrize("accounts", CLASH.values(), ids=CLASH)
def test_what_leaves_none_stands_side_by_side(accounts: tuple[tuple[Amount, ...], ...]) -> None:
    """In either order; a part is none of the accounts that stand against each other."""
    for each in (accounts, accounts[::-1]):
        (found,) = made(*each).contradictions
        assert found.field == "loan"
        assert len(found.events) == 2


# From where to where a loan of 100 million that is told so may lie, to the per cent; rounding makes two per cent of it.
REACH = [("about", 90, 110), ("nearly", 90, 100), ("more-than", 100, 110), ("at-least", 100, 200), ("up-to", 50, 100)]


@pytest.mark.parametrize(("qualifier", "low", "high"), REACH)
def test_a_word_reaches_so_far(qualifier: str, low: int, high: int) -> None:
    """An account at either end holds beside it, one five per cent beyond does not."""
    first = Measure(told(100, qualifier), DAY)
    inside, outside = (low, high, low * 0.985, high * 1.015), (low * 0.95, high * 1.05)
    for value, holds in (*((each, True) for each in inside), *((each, False) for each in outside)):
        assert is_compatible(first, [], [Measure(told(value), DAY)], dollars) is holds, value


def test_the_ends_of_a_range_mean_what_lies_between() -> None:
    """Told in either order; two ends of other kinds or currencies are no range."""
    low, high = told(60, "from"), told(90, "to")
    for ends in ((low, high), (high, low)):
        some = [Measure(each, DAY) for each in ends]
        for value, holds in ((60, True), (75, True), (90, True), (57, False), (95, False)):
            assert is_compatible(Measure(told(value), DAY), [], some, dollars) is holds, value
    for other in (told(90, "to", "USD"), told(90, "to", kind=AmountKind.GRANT), told(90, "from"), told(90)):
        assert not is_compatible(Measure(told(75), DAY), [], [Measure(low, DAY), Measure(other, DAY)], dollars)


@pytest.mark.parametrize(
    ("parts", "holds"),
    [((60, 40), True), ((50, 30, 20), True), ((40, 30, 20, 10), True), ((30, 25, 20, 15, 10), False)],
)
def test_a_total_is_made_of_four_parts_at_most(parts: tuple[int, ...], holds: bool) -> None:
    """What is made of more is asked about."""
    assert (made((told(100),), tuple(map(told, parts))).contradictions == ()) is holds


def test_parts_of_several_currencies_make_no_total() -> None:
    """Only sums of one currency are added up; a total in another one is compared by the rate."""
    assert made((told(100),), (told(60), told(44, currency="USD"))).contradictions
    assert not made((told(110, currency="USD"),), (told(60), told(40))).contradictions


@pytest.mark.parametrize(("currency", "day"), [("XYZ", DAY), ("EUR", None)])
def test_sums_of_one_currency_need_no_rate(currency: str, day: date | None) -> None:
    """Up to 120 leaves room for 85 also where nobody knows what either is worth in dollars."""
    most, other = (Measure(told(value, how, currency), day) for value, how in ((120, "up-to"), (85, "")))
    assert is_compatible(most, [], [other], dollars)
    assert not is_compatible(most, [], [Measure(told(130, currency=currency), day)], dollars)


def test_what_nobody_can_compare_leaves_no_room() -> None:
    """A bound in a currency without rates, or of no day, holds for no sum in another one."""
    most, plain = Measure(told(120, "up-to", "XYZ"), DAY), Measure(told(85, currency="USD"), DAY)
    for one, other in ((most, plain), (Measure(told(120, "up-to"), None), plain)):
        assert not is_compatible(one, [], [other], dollars)
        assert not is_compatible(other, [], [one], dollars)
    assert not is_compatible(plain, [], [], dollars)


def test_sizes_make_up_a_total_too() -> None:
    """500 and 400 cameras are the 900 that were told."""
    parts = (part(1, DAY, quantities=(cameras(900),)), part(2, DAY, quantities=(cameras(500), cameras(400))))
    assert compose(parts, (), dollars).contradictions == ()


@pytest.mark.parametrize(
    ("sum_", "stand"),
    [
        (told(60, IN_PART), Stand.NEW),
        (told(120, "up-to"), Stand.NEW),
        (told(120), Stand.DIFFERS),
        (told(85), Stand.AGREES),
    ],
)
def test_an_update_says_whether_a_sum_differs(sum_: Amount, stand: Stand) -> None:
    """A tranche is news beside the loan, another loan is a contrast."""
    known, new = part(1, DAY, amounts=(told(85),)), part(2, DAY, amounts=(sum_,))
    before = compose((known,), (), dollars)
    found = update_of(
        Target("known", before.facts, sums=sums_of(known)), new, compose((known, new), (), dollars), dollars
    )
    assert [each.stand for each in found.fields if each.field == "amounts"] == [stand]


@given(st.integers(1, 500), st.integers(1, 500), st.sampled_from(["", "about", "up-to", "at-least", "more-than"]))
def test_room_is_mutual(one: int, other: int, qualifier: str) -> None:
    """Whether two sums can both hold does not depend on which was told first; each leaves room for itself."""
    first, second = Measure(told(one, qualifier), DAY), Measure(told(other), DAY)
    assert is_compatible(first, [], [second], dollars) == is_compatible(second, [], [first], dollars)
    assert is_compatible(first, [], [first], dollars)
