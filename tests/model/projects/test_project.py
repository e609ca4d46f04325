"""A project's values as they are written, and its events as they are ordered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from offing.model.projects.project import Amount, LifeEvent, LoanTerm, SizedBy, grouped, plain_number
from offing.model.values.vocabulary import AmountKind, EventKind, LoanTermKind, Status

DAY = date(2026, 3, 5)
EVENT = LifeEvent(EventKind.STATUS, Status.SIGNED, DAY, 1, "https://a.example/1")


@pytest.mark.parametrize(
    ("value", "written"), [("1E+3", "1000"), ("2.50", "2.5"), ("100", "100"), ("100.00", "100"), ("0.05", "0.05")]
)
def test_a_number_has_no_needless_zeros(value: str, written: str) -> None:
    """Nor an exponent; those that make it what it is stay."""
    assert plain_number(Decimal(value)) == written


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("85000000 EUR loan", "85,000,000 EUR loan"),
        ("1234.5 km", "1,234.5 km"),
        ("900", "900"),
        ("about 900 km", "about 900 km"),
    ],
)
def test_people_read_numbers_in_groups(written: str, read: str) -> None:
    """What is no number stays as it is."""
    assert grouped(written) == read


def test_values_are_written_as_they_can_be_typed() -> None:
    """A sum of which nobody says what it is has no kind."""
    amount = Amount(Decimal("8.5E+7"), "EUR", AmountKind.LOAN, "")
    assert amount.written == "85000000 EUR loan"
    assert replace(amount, kind=AmountKind.UNSPECIFIED).written == "85000000 EUR"
    assert LoanTerm(LoanTermKind.INTEREST, Decimal("2.50"), "percent", "").written == "interest 2.5 percent"
    assert SizedBy(Decimal(900), "cameras", "").written == "900 cameras"


def test_a_line_is_ordered_by_day_then_by_how_far_it_is() -> None:
    """Undated events first; on one day agreed before signed, a status before another event, the address last."""
    undated = replace(EVENT, day=None)
    agreed = replace(EVENT, status=Status.AGREED)
    incident = replace(EVENT, kind=EventKind.INCIDENT, status=None)
    other = replace(EVENT, url="https://b.example/1")
    later = replace(EVENT, day=date(2026, 3, 6), status=Status.PROPOSED)
    assert sorted([later, incident, other, EVENT, agreed, undated], key=lambda event: event.place) == [
        undated,
        agreed,
        EVENT,
        other,
        incident,
        later,
    ]
