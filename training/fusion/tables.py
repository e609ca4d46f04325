"""Numbers of the tables of `config/scoring.toml`, put in place; its comments and limits stay."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from pathlib import Path

TARGET = Path(__file__).parents[2] / "config/scoring.toml"
Number = tuple[str, str, float]  # a table, a name in it, and its value


def asked_to_write(about: str) -> bool:
    """Whether a training is called with `--write`; without it, it only measures."""
    parser = argparse.ArgumentParser(description=about.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write the weights")
    return bool(parser.parse_args().write)


def put_all(numbers: Iterable[Number], *, write: bool) -> None:
    """Put numbers into the file, rounded to twentieths; where nothing is to be written, only see that all have a place.

    Raises:
        SystemExit: the file has no such number.
    """
    text = TARGET.read_text(encoding="utf-8")
    for table, name, value in numbers:
        text = _put(text, table, name, value)
    if write:
        TARGET.write_text(text, encoding="utf-8")


def _put(text: str, table: str, name: str, value: float) -> str:
    pattern = rf"(^\[{re.escape(table)}\]\n(?:(?!\[).*\n)*?{re.escape(name)} *= *)[-+\d.]+"
    rounded = round(float(value) * 20) / 20 + 0.0
    found, times = re.subn(pattern, lambda match: f"{match[1]}{rounded}", text, count=1, flags=re.MULTILINE)
    if not times:
        raise SystemExit(f"{TARGET.name} has no {table}.{name}")
    return found
