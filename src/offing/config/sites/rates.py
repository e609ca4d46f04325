"""Loads `rates.toml`: fixed rates, and yearly rates of currencies for which there are no central bank rates."""

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


class _Rates(Strict):
    pegs: dict[Currency, tuple[_Peg, ...]] = Field(default_factory=dict)
    yearly: dict[Currency, dict[Year, Rate]] = Field(default_factory=dict)


def load_rates(layers: Layers) -> RateRules:
    """Return the rates of some layers.

    Raises:
        ConfigError: the file is invalid.
    """
    found = read_merged(layers, FILE, _Rates)
    pegs = tuple(Peg(code, p.to, p.units, p.since, p.until) for code, ps in found.pegs.items() for p in ps)
    return RateRules(pegs, found.yearly)
