"""What sums are worth in dollars and euros, beside the sums as they are told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache

from offing.config.layers import Layers
from offing.config.rates import load_rates
from offing.model.candidate import StoryArticle
from offing.model.project import Amount
from offing.rates import Converter, NoRate

_SHOWN = ("USD", "EUR")


@cache
def _converter() -> Converter:
    return Converter(load_rates(Layers.of(None)))


def worth(amount: Amount, day: date | None) -> str:
    """A sum in dollars and euros with the day and source of the rate: "99,400,000 USD (ECB, 2021-03-05)".

    Args:
        amount: the sum.
        day: of the article; without one no rate is known.
    """
    shown: list[str] = []
    told = ""
    for currency in _SHOWN:
        if day is None or currency == amount.currency:
            continue
        try:
            found = _converter().convert(amount.value, amount.currency, currency, day)
        except NoRate:
            continue
        shown.append(f"{found.value:,.0f} {currency}")
        told = f"{found.source}, {found.day}"
    return f"{' = '.join(shown)} ({told})" if shown else "no rate"


def day_of(articles: Iterable[StoryArticle]) -> date | None:
    """The day of the earliest article of a story."""
    return min((article.published.date() for article in articles if article.published), default=None)


def dollars(value: Decimal, currency: str, day: date) -> Decimal | None:
    """What a sum was worth in US dollars on a day; None where no rate is known."""
    if currency == "USD":
        return value
    try:
        return _converter().convert(value, currency, "USD", day).value
    except NoRate:
        return None
