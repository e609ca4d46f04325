"""Converts a sum to dollars at the rate of a day, to compare sums in two currencies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from offing.rates.converter import Converter, NoRate

_LATEST = date(2025, 12, 31)  # of the yearly rates that ship; market rates end earlier


def dollars_by(converter: Converter) -> Callable[[Decimal, str, date], float | None]:
    """Return a function that converts value, currency (ISO 4217) and day to dollars, None if no rate is known."""

    @lru_cache(maxsize=65_536)
    def worth(value: Decimal, currency: str, day: date) -> float | None:
        try:
            return float(converter.convert(value, currency, "USD", min(day, _LATEST)).value) if currency else None
        except (NoRate, OverflowError):
            return None

    return worth
