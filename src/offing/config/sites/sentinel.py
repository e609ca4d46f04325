"""Loads `sentinel.toml`: when what a feed delivers differs too much from its own past."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from offing.config.files.documents import Strict, read_merged
from offing.config.files.layers import Layers
from offing.model.sources.symptom import SentinelRules

FILE = "sentinel.toml"


class _Sentinel(Strict):
    weeks: int = Field(ge=3, le=12)
    expected: int = Field(ge=3, le=10_000)
    thin: float = Field(gt=0, lt=1)
    articles: int = Field(ge=3, le=1000)
    usual: float = Field(gt=0.5, le=1)
    lost: float = Field(ge=0, lt=1)
    shorter: float = Field(gt=0, lt=1)
    longer: float = Field(gt=1, le=100)
    lag_hours: float = Field(ge=24, le=24 * 365)
    common: float = Field(gt=0, le=1)

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if self.lost >= self.usual:
            raise PydanticCustomError("sentinel", "`lost` has to be less than `usual`", {"key": "lost"})
        return self


class _File(Strict):
    sentinel: _Sentinel


def load_sentinel(layers: Layers) -> SentinelRules:
    """Return the rules of the sentinel, by a site's layers.

    Raises:
        ConfigError: the file is invalid.
    """
    return SentinelRules(**read_merged(layers, FILE, _File).sentinel.model_dump())
