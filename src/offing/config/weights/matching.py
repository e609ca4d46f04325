"""Loads `matching.toml`, the weights by which accounts of projects are compared, and word frequencies."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from offing.config.files.documents import Strict, error_at, hold_to_names, read_merged
from offing.config.files.layers import Layers
from offing.config.wordings.account_words import FILES as WORD_FILES
from offing.config.wordings.account_words import load_account_words
from offing.errors import ConfigError
from offing.model.pairs.matching import (
    AGAINST,
    FEATURES,
    NEWS_AGAINST,
    NEWS_FEATURES,
    RECALL_AGAINST,
    RECALL_FEATURES,
    CommonWords,
    MatchRules,
    NewsRules,
    RecallRules,
    RivalWeights,
    WordCounts,
)
from offing.model.text.sounds import script_of

FILE = "matching.toml"
COUNTS_FILE = "models/rarity.tsv"
COMMON_FILE = "models/common_words.txt"
Share = Annotated[float, Field(ge=0, le=1)]
LogOdds = Annotated[float, Field(ge=-20, le=20)]


class _Cuts(Strict):
    same: Share
    linked: Share


class _Pair(Strict):
    bias: LogOdds
    floor: LogOdds


class _PlaceWeights(Strict):
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
    few: _PlaceWeights
    lists: _PlaceWeights
    weights: dict[str, LogOdds]
    news: _News
    recall: _Recall


def load_matching(layers: Layers) -> MatchRules:
    """Return the matching rules of all layers.

    Raises:
        ConfigError: a layer's file has an unknown key or a wrong value, or a weight is missing, of no feature, or of
            the wrong sign.
    """
    found = read_merged(layers, FILE, _Matching)
    _check(layers, ("weights",), found.weights, FEATURES, AGAINST)
    if found.cuts.linked > found.cuts.same:
        raise error_at(layers, FILE, ("cuts", "linked"), "is above cuts.same")
    return MatchRules(
        weights=found.weights,
        bias=found.pair.bias,
        few=RivalWeights(**found.few.model_dump()),
        lists=RivalWeights(**found.lists.model_dump()),
        floor=found.pair.floor,
        same=found.cuts.same,
        linked=found.cuts.linked,
        version=layers.digest(FILE, COMMON_FILE, *WORD_FILES),
        common=load_common(layers),
    )


def load_news(layers: Layers) -> NewsRules:
    """Return the news-matching rules of all layers.

    Raises:
        ConfigError: as `load_matching`.
    """
    found = read_merged(layers, FILE, _Matching).news
    _check(layers, ("news", "weights"), found.weights, NEWS_FEATURES, NEWS_AGAINST)
    if found.linked > found.same:
        raise error_at(layers, FILE, ("news", "linked"), "is above news.same")
    return NewsRules(
        found.weights, found.bias, found.same, found.linked, layers.digest(FILE, COUNTS_FILE, COMMON_FILE, *WORD_FILES)
    )


def load_recall(layers: Layers) -> RecallRules:
    """Return the rules for recalling later news of known projects, of all layers.

    Raises:
        ConfigError: as `load_matching`.
    """
    found = read_merged(layers, FILE, _Matching).recall
    _check(layers, ("recall", "weights"), found.weights, RECALL_FEATURES, RECALL_AGAINST)
    return RecallRules(found.weights, found.bias, found.least, found.surety)


def load_counts(layers: Layers) -> WordCounts:
    """Return document frequencies of words, from the highest layer that has the table.

    Raises:
        ConfigError: a line is not a word, a tab and a number.
    """
    path = list(layers.files(COUNTS_FILE))[-1]
    number, *lines = path.read_text(encoding="utf-8").splitlines()
    try:
        counts = {word: int(count) for word, _, count in (line.rpartition("\t") for line in lines)}
        return WordCounts(counts, int(number))
    except ValueError as error:
        raise ConfigError(f"is not a table of words and numbers: {error}", path) from error


def load_common(layers: Layers) -> CommonWords:
    """Return words that unrelated accounts may share, from the highest layer that has the list.

    A line is a word, or the alpha-3 code of a country, a blank and a name of that country.

    Raises:
        ConfigError: a file of the words by which accounts are compared is invalid.
    """
    lines = list(layers.files(COMMON_FILE))[-1].read_text(encoding="utf-8").splitlines()
    names = frozenset(line for line in lines if line[:3].isupper() and line[3:4] == " ")
    phrases = {name[4:] for name in names if script_of(name[4:]) == "han"}
    parted = tuple(sorted(phrases, key=lambda name: (-len(name), name)))
    return CommonWords(frozenset(lines) - names, names, parted, load_account_words(layers))


def _check(
    layers: Layers,
    table: tuple[str, ...],
    weights: dict[str, float],
    features: tuple[str, ...],
    against: frozenset[str],
) -> None:
    """Check that each feature has exactly one weight, with the right sign."""
    hold_to_names(layers, FILE, table, weights, features)
    for name, weight in weights.items():
        if weight * (-1 if name in against else 1) < 0:
            sign = "against" if name in against else "for"
            raise error_at(layers, FILE, (*table, name), f"speaks {sign} a pair: its weight has the wrong sign")
