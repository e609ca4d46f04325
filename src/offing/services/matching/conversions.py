"""Converts sums to dollars and euros, shown beside the sums as stated."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache

from offing.config.files.layers import Layers
from offing.config.sites.rates import load_rates
from offing.model.projects.project import Amount
from offing.model.review.candidate import StoryArticle
from offing.rates import Converter, NoRate

_SHOWN = ("USD", "EUR")


@cache
def _converter() -> Converter:
    return Converter(load_rates(Layers.of(None)))


def worth(amount: Amount, day: date | None) -> str:
    """Return a sum in dollars and euros with the day and source of the rate: "99,400,000 USD (ECB, 2021-03-05)".

    Args:
        amount: the sum.
        day: the day of the article; without one no rate is known.
    """
    shown: list[str] = []
    source = ""
    for currency in _SHOWN:
        if day is None or currency == amount.currency:
            continue
        try:
            found = _converter().convert(amount.value, amount.currency, currency, day)
        except NoRate:
            continue
        shown.append(f"{found.value:,.0f} {currency}")
        source = f"{found.source}, {found.day}"
    return f"{' = '.join(shown)} ({source})" if shown else "no rate"


def day_of(articles: Iterable[StoryArticle]) -> date | None:
    """Return the day of the earliest article of a story."""
    return min((article.published.date() for article in articles if article.published), default=None)


def dollars(value: Decimal, currency: str, day: date) -> Decimal | None:
    """Return a sum in US dollars at the rate of a day; None if no rate is known."""
    if currency == "USD":
        return value
    try:
        return _converter().convert(value, currency, "USD", day).value
    except NoRate:
        return None
