"""Update fitted numbers in `config/matching.toml`, preserving its comments and thresholds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from offing.model.pairs.matching import FEATURES
from training.matching.rivals import FLOOR
from training.numbers_in_files import Number, put

TARGET = Path(__file__).parents[2] / "config/matching.toml"


def write(weights: np.ndarray, few: np.ndarray, lists: np.ndarray) -> None:
    """Write the pair weights and the rival weights (`few`, `lists`) to the file."""
    numbers: list[Number] = [("weights", name, value) for name, value in zip(FEATURES, weights[:-1], strict=True)]
    numbers += [("pair", "bias", weights[-1]), ("pair", "floor", FLOOR)]
    for table, values in (("few", few), ("lists", lists)):
        numbers += [(table, name, value) for name, value in zip(("row", "column", "bias"), values, strict=True)]
    put_all(numbers)


def put_all(numbers: Iterable[Number]) -> None:
    """Write numbers to the file, rounded to two decimals.

    Raises:
        SystemExit: the file has no such key.
    """
    TARGET.write_text(put(TARGET.read_text(encoding="utf-8"), numbers, lambda value: round(value, 2)), encoding="utf-8")
