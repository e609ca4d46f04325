"""Loads `rates.toml`: fixed rates, yearly rates of currencies without rates of a central bank, and consumer prices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from offing.config.files.documents import Strict, read_merged
from offing.config.files.layers import Layers
from offing.config.files.wording_shapes import Currency
from offing.model.values.rate import Peg, RateRules

FILE = "rates.toml"


Year = Annotated[int, Field(ge=1900, le=2100)]
Rate = Annotated[Decimal, Field(gt=0)]


class _Peg(Strict):
    to: Currency
    units: Rate
    since: date = date.min
    until: date = date.max

    @field_validator("until")
    @classmethod
    def _not_before(cls, value: date, info: ValidationInfo) -> date:
        if value < info.data.get("since", value):
            raise PydanticCustomError("before", "must not be before since")
        return value


class _Prices(Strict):
    base_year: Year = 2021
    index: dict[Year, Rate] = Field(default_factory=dict)

    @field_validator("index")
    @classmethod
    def _with_base(cls, value: dict[int, Decimal], info: ValidationInfo) -> dict[int, Decimal]:
        if value and info.data.get("base_year") not in value:
            raise PydanticCustomError("base", "has no prices of base_year")
        return value


class _Rates(Strict):
    pegs: dict[Currency, tuple[_Peg, ...]] = Field(default_factory=dict)
    yearly: dict[Currency, dict[Year, Rate]] = Field(default_factory=dict)
    prices: _Prices = Field(default_factory=_Prices)


def load_rates(layers: Layers) -> RateRules:
    """Return the rates of some layers.

    Raises:
        ConfigError: the file is invalid.
    """
    found = read_merged(layers, FILE, _Rates)
    pegs = tuple(Peg(code, p.to, p.units, p.since, p.until) for code, ps in found.pegs.items() for p in ps)
    return RateRules(pegs, found.yearly, found.prices.index, found.prices.base_year)
