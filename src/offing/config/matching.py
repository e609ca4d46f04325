"""Loads `matching.toml`: the weights by which accounts of projects are compared; and what words are worth."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from offing.config.documents import Strict, read_merged
from offing.config.layers import Layers
from offing.errors import ConfigError
from offing.model.matching import (
    AGAINST,
    FEATURES,
    NEWS_AGAINST,
    NEWS_FEATURES,
    RECALL_AGAINST,
    RECALL_FEATURES,
    MatchRules,
    NewsRules,
    RecallRules,
    Standing,
    WordCounts,
)

FILE = "matching.toml"
COUNTS_FILE = "models/rarity.tsv"
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


class _News(Strict):
    bias: LogOdds
    same: Share
    linked: Share
    weights: dict[str, LogOdds]


class _Recall(Strict):
    bias: LogOdds
    least: Share
    surety: Share
    weights: dict[str, LogOdds]


class _Matching(Strict):
    cuts: _Cuts
    pair: _Pair
    few: _Standing
    lists: _Standing
    weights: dict[str, LogOdds]
    news: _News
    recall: _Recall


def load_matching(layers: Layers) -> MatchRules:
    """The matching rules of all layers.

    Raises:
        ConfigError: a layer's file has an unknown key or a wrong value, or a weight is missing, of no feature, or of
            the wrong sign.
    """
    found = read_merged(layers, FILE, _Matching)
    path = layers.folders[-1] / FILE
    _check(found.weights, "weights", FEATURES, AGAINST, path)
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


def load_news(layers: Layers) -> NewsRules:
    """The rules by which news is matched, of all layers.

    Raises:
        ConfigError: as `load_matching`.
    """
    found = read_merged(layers, FILE, _Matching).news
    path = layers.folders[-1] / FILE
    _check(found.weights, "news.weights", NEWS_FEATURES, NEWS_AGAINST, path)
    if found.linked > found.same:
        raise ConfigError("is above news.same", path, key="news.linked")
    return NewsRules(found.weights, found.bias, found.same, found.linked, layers.digest(FILE, COUNTS_FILE))


def load_recall(layers: Layers) -> RecallRules:
    """The rules by which later news of known projects is recalled, of all layers.

    Raises:
        ConfigError: as `load_matching`.
    """
    found = read_merged(layers, FILE, _Matching).recall
    _check(found.weights, "recall.weights", RECALL_FEATURES, RECALL_AGAINST, layers.folders[-1] / FILE)
    return RecallRules(found.weights, found.bias, found.least, found.surety)


def load_counts(layers: Layers) -> WordCounts:
    """In how many texts words stand, by the highest layer that has the table.

    Raises:
        ConfigError: a line is not a word, a tab and a number.
    """
    path = list(layers.files(COUNTS_FILE))[-1]
    number, *lines = path.read_text(encoding="utf-8").splitlines()
    try:
        counts = {word: int(count) for word, _, count in (line.rpartition("\t") for line in lines)}
        return WordCounts(counts, int(number))
    except ValueError as error:
        raise ConfigError(f"is no table of words and numbers: {error}", path) from error


def _check(
    weights: dict[str, float], table: str, features: tuple[str, ...], against: frozenset[str], path: Path
) -> None:
    """Hold the weights to the features: one for each, with the sign of its sense."""
    for name in (*features, *weights):
        key = f"{table}.{name}"
        if name not in weights:
            raise ConfigError("has no weight", path, key=key)
        if name not in features:
            raise ConfigError(f"is no feature; there are {', '.join(features)}", path, key=key)
        if weights[name] * (-1 if name in against else 1) < 0:
            sign = "against" if name in against else "for"
            raise ConfigError(f"speaks {sign} a pair: its weight has the wrong sign", path, key=key)
