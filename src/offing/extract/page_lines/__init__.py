"""Words by which lines of pages are known, a file for each language: part of the package, as `choice.json` is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def _by_kind() -> Mapping[str, tuple[str, ...]]:
    """The words of each kind of line, of all languages."""
    found: dict[str, dict[str, None]] = {}
    for file in sorted(files(__package__).iterdir(), key=lambda each: each.name):
        lines = tomllib.loads(file.read_text("utf-8")) if file.name.endswith(".toml") else {}
        for kind, words_ in lines.items():
            found.setdefault(kind, {}).update(dict.fromkeys(words_))
    return {kind: tuple(texts) for kind, texts in found.items()}


def words(kind: str) -> tuple[str, ...]:
    """The words of a kind of line.

    Raises:
        KeyError: no file has any.
    """
    return _by_kind()[kind]


def choice(kind: str) -> str:
    """The same as alternatives of a regular expression.

    Raises:
        KeyError: no file has any.
    """
    return "|".join(words(kind))
