"""Numbers of the tables of `config/scoring.toml`, put in place; its comments and limits stay."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from training.numbers_in_files import Number, put

__all__ = ["Number", "put_all", "should_write"]
TARGET = Path(__file__).parents[2] / "config/scoring.toml"


def should_write(about: str) -> bool:
    """Return whether a training is called with `--write`; without it, it only measures."""
    parser = argparse.ArgumentParser(description=about.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write the weights")
    return bool(parser.parse_args().write)


def put_all(numbers: Iterable[Number], *, write: bool) -> None:
    """Put numbers into the file, rounded to twentieths; where nothing is to be written, only see that all have a place.

    Raises:
        SystemExit: the file has no such number.
    """
    text = put(TARGET.read_text(encoding="utf-8"), numbers, lambda value: round(value * 20) / 20)
    if write:
        TARGET.write_text(text, encoding="utf-8")
