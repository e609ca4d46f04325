"""Loads `rates.toml`: fixed rates, and yearly rates of currencies for which no bank's are at hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import Field

from offing.config.documents import Strict, read_merged
from offing.config.layers import Layers
from offing.model.rate import Peg, RateRules

FILE = "rates.toml"


class _Peg(Strict):
    to: str = Field(min_length=3, max_length=3)
    units: Decimal = Field(gt=0)
    since: date = date.min
    until: date = date.max


class _Rates(Strict):
    pegs: dict[str, tuple[_Peg, ...]] = Field(default_factory=dict)
    yearly: dict[str, dict[int, Decimal]] = Field(default_factory=dict)


def load_rates(layers: Layers) -> RateRules:
    """The rates of some layers.

    Raises:
        ConfigError: the file cannot be used.
    """
    found = read_merged(layers, FILE, _Rates)
    pegs = tuple(Peg(code, p.to, p.units, p.since, p.until) for code, ps in found.pegs.items() for p in ps)
    return RateRules(pegs, found.yearly)
