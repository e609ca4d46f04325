"""Exchange rates: what a sum was worth in another currency on a day, and where the rate comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Peg:
    """A fixed rate: `units` of a currency for one of `anchor`, between two days that count in."""

    currency: str
    anchor: str
    units: Decimal
    since: date = date.min
    until: date = date.max


@dataclass(frozen=True, slots=True)
class RateRules:
    """Rates that the central bank's do not hold. `yearly` is currency → year → units for one US dollar."""

    pegs: tuple[Peg, ...] = ()
    yearly: Mapping[str, Mapping[int, Decimal]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Converted:
    """A sum in another currency. `day` is the day of the rate, `source` says whose it is (ECB, peg, AidData)."""

    value: Decimal
    currency: str
    day: date
    source: str
