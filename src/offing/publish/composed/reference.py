"""What a release knows beside its records: where a place lies, and what a sum was worth. Pure: both are passed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from offing.model.values.rate import Worth


class Precision(StrEnum):
    """What the coordinates of a place stand for: codes of IATI's codelist GeographicalPrecision in brackets.

    populated-place   the town itself (1)
    region            a point within a first-order region, such as a province (4)
    country           a point within the country (6)
    """

    POPULATED_PLACE = "populated-place"
    REGION = "region"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Located:
    """Where a place lies: degrees, the first-order region, and what the coordinates stand for."""

    country: str
    latitude: float
    longitude: float
    region: str
    precision: Precision


@dataclass(frozen=True, slots=True)
class Reference:
    """Reference data of a release.

    Args:
        locate: place as a record names it, and its country (ISO 3166-1 alpha-3) → where it lies, None if not known.
        worth: value, currency and day → what the sum was worth, None without a rate.
    """

    locate: Callable[[str, str], Located | None]
    worth: Callable[[Decimal, str, date], Worth | None]


NO_REFERENCE = Reference(lambda _place, _country: None, lambda _value, _currency, _day: None)
