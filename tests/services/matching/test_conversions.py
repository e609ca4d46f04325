"""What a sum is worth, in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from offing.model.projects.project import Amount
from offing.model.values.vocabulary import AmountKind
from offing.services.matching.conversions import day_of, worth


def amount(value: int, currency: str) -> Amount:
    """A loan."""
    return Amount(Decimal(value), currency, AmountKind.LOAN, f"{value} {currency}")


def test_dollars_and_euros() -> None:
    """The rate's day and source stand beside; a sum in dollars is told in euros only."""
    day = date(2021, 3, 5)
    assert worth(amount(85_000_000, "EUR"), day) == "101,473,000 USD (ECB, 2021-03-05)"
    assert worth(amount(119_380, "USD"), day) == "100,000 EUR (ECB, 2021-03-05)"
    assert worth(amount(655_957, "XOF"), day) == "1,194 USD = 1,000 EUR (fixed to EUR, 2021-03-05)"


def test_no_rate() -> None:
    """A currency without a rate, and a story without a day, have none."""
    assert worth(amount(1, "SSP"), date(2021, 3, 5)) == "no rate"
    assert worth(amount(1, "EUR"), None) == "no rate"
    assert day_of(()) is None
