"""Loads `records.toml`: the prefix of ids, and what a candidate needs to be promoted without being named."""

from __future__ import annotations

from pydantic import Field

from offing.config.files.documents import Strict, read_merged
from offing.config.files.layers import Layers
from offing.model.projects.promotion import BothSides, Promoter, PromotionRules

FILE = "records.toml"


class _Ids(Strict):
    prefix: str = Field(pattern=r"^[a-z][a-z0-9]{0,15}$")


class _Promotion(Strict):
    second_pair: bool
    both_sides: BothSides


class _Records(Strict):
    ids: _Ids
    promotion: _Promotion


def load_promoter(layers: Layers, by: str) -> Promoter:
    """Return how a site promotes, for somebody who does.

    Raises:
        ConfigError: the file is invalid.
    """
    found = read_merged(layers, FILE, _Records)
    rules = PromotionRules(found.promotion.second_pair, found.promotion.both_sides)
    return Promoter(by, found.ids.prefix, rules)
