"""Update fitted numbers in `config/scoring.toml`, preserving its comments and limits."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from training.numbers_in_files import Number, put

__all__ = ["Number", "put_all", "should_write"]
TARGET = Path(__file__).parents[2] / "config/scoring.toml"


def should_write(about: str) -> bool:
    """Parse the command line, and return whether `--write` is given; without it, a training step only measures."""
    parser = argparse.ArgumentParser(description=about.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write the weights")
    return bool(parser.parse_args().write)


def put_all(numbers: Iterable[Number], *, write: bool) -> None:
    """Round numbers to multiples of 0.05 and write them to the file; without `write`, only check that each key exists.

    Raises:
        SystemExit: the file has no such key.
    """
    text = put(TARGET.read_text(encoding="utf-8"), numbers, lambda value: round(value * 20) / 20)
    if write:
        TARGET.write_text(text, encoding="utf-8")
