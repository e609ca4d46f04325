"""Loads `matching.toml`: the weights by which accounts of projects are compared."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from offing.config.documents import Strict, read_merged
from offing.config.layers import Layers
from offing.errors import ConfigError
from offing.model.matching import AGAINST, FEATURES, MatchRules, Standing

FILE = "matching.toml"
Share = Annotated[float, Field(ge=0, le=1)]
LogOdds = Annotated[float, Field(ge=-20, le=20)]


class _Cuts(Strict):
    same: Share
    linked: Share


class _Pair(Strict):
    bias: LogOdds
    floor: LogOdds


class _Standing(Strict):
    row: LogOdds
    column: LogOdds
    bias: LogOdds


class _Matching(Strict):
    cuts: _Cuts
    pair: _Pair
    few: _Standing
    lists: _Standing
    weights: dict[str, LogOdds]


def load_matching(layers: Layers) -> MatchRules:
    """The matching rules of all layers.

    Raises:
        ConfigError: a layer's file has an unknown key or a wrong value, or a weight is missing, of no feature, or of
            the wrong sign.
    """
    found = read_merged(layers, FILE, _Matching)
    path = layers.folders[-1] / FILE
    for name in (*FEATURES, *found.weights):
        if name not in found.weights:
            raise ConfigError("has no weight", path, key=f"weights.{name}")
        if name not in FEATURES:
            raise ConfigError(f"is no feature; there are {', '.join(FEATURES)}", path, key=f"weights.{name}")
        if found.weights[name] * (-1 if name in AGAINST else 1) < 0:
            sign = "against" if name in AGAINST else "for"
            raise ConfigError(f"speaks {sign} a pair: its weight has the wrong sign", path, key=f"weights.{name}")
    if found.cuts.linked > found.cuts.same:
        raise ConfigError("is above cuts.same", path, key="cuts.linked")
    return MatchRules(
        weights=found.weights,
        bias=found.pair.bias,
        few=Standing(**found.few.model_dump()),
        lists=Standing(**found.lists.model_dump()),
        floor=found.pair.floor,
        same=found.cuts.same,
        linked=found.cuts.linked,
        version=layers.digest(FILE),
    )
