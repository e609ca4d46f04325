"""Numbers of the tables of `config/matching.toml`, put in place; its comments and cuts stay."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from offing.model.matching import FEATURES
from training.matching.rivals import FLOOR

TARGET = Path(__file__).parents[2] / "config/matching.toml"


def write(weights: np.ndarray, few: np.ndarray, lists: np.ndarray) -> None:
    """Put the numbers into the file; its comments and cuts stay."""
    text = TARGET.read_text(encoding="utf-8")
    for name, value in zip(FEATURES, weights[:-1], strict=True):
        text = put(text, "weights", name, value)
    text = put(put(text, "pair", "bias", weights[-1]), "pair", "floor", FLOOR)
    for table, values in (("few", few), ("lists", lists)):
        for name, value in zip(("row", "column", "bias"), values, strict=True):
            text = put(text, table, name, value)
    TARGET.write_text(text, encoding="utf-8")


def put(text: str, table: str, name: str, value: float) -> str:
    """The text of the file with a number in one of its tables, rounded to hundredths.

    Raises:
        SystemExit: the file has no such number.
    """
    pattern = rf"(^\[{table}\]\n(?:(?!\[).*\n)*?{re.escape(name)} *= *)[-+\d.]+"
    found, times = re.subn(
        pattern, lambda match: f"{match[1]}{round(float(value), 2) + 0.0}", text, count=1, flags=re.MULTILINE
    )
    if not times:
        raise SystemExit(f"{TARGET.name} has no {table}.{name}")
    return found
