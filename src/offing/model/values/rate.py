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
    """Rates missing from the central bank's. `yearly` is currency → year → units for one US dollar."""

    pegs: tuple[Peg, ...] = ()
    yearly: Mapping[str, Mapping[int, Decimal]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Converted:
    """A sum in another currency. `day` is the day of the rate, `source` who publishes it (ECB, peg, AidData)."""

    value: Decimal
    currency: str
    day: date
    source: str
