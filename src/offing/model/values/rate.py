"""Exchange rates: what a sum was worth in another currency on a day, and the source of the rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Peg:
    """A fixed rate: `units` of a currency for one of `anchor`, between two days, both included."""

    currency: str
    anchor: str
    units: Decimal
    since: date = date.min
    until: date = date.max


@dataclass(frozen=True, slots=True)
class RateRules:
    """Rates missing from the central bank's, and consumer prices.

    `yearly` is currency → year → units for one US dollar; `prices` the US consumer price index by year; `base_year` the
    year of constant dollars.
    """

    pegs: tuple[Peg, ...] = ()
    yearly: Mapping[str, Mapping[int, Decimal]] = field(default_factory=dict)
    prices: Mapping[int, Decimal] = field(default_factory=dict)
    base_year: int = 2021


@dataclass(frozen=True, slots=True)
class Converted:
    """A sum in another currency. `day` is the day of the rate, `source` who publishes it (ECB, peg, AidData)."""

    value: Decimal
    currency: str
    day: date
    source: str


@dataclass(frozen=True, slots=True)
class Worth:
    """What a sum was worth on a day.

    Args:
        usd: in US dollars of that day.
        eur: in euros of that day; None where no rate is known.
        usd_constant: in dollars of `base_year`; None where the prices of the day's year are not known.
        base_year: of the constant dollars.
        rate: US dollars for one unit of the sum's currency.
        day: of the rate, or for a sum in dollars of that of the euro.
        source: who publishes the rate (ECB, peg, AidData).
    """

    usd: Decimal
    eur: Decimal | None
    usd_constant: Decimal | None
    base_year: int
    rate: Decimal
    day: date
    source: str
