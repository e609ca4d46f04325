"""Documents: TOML files of config, merged over the layers and validated; errors name file, line and key."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from offing.config.layers import Layers
from offing.errors import ConfigError

Document = dict[str, Any]


class Strict(BaseModel):
    """A shape of config in which nothing unknown may stand."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Shape = TypeVar("Shape", bound=BaseModel)


def read_document(path: Path) -> Document:
    """One TOML file.

    Raises:
        ConfigError: it is no TOML or no UTF-8.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"is not UTF-8 (byte {error.start}); save it as UTF-8", path) from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise ConfigError(f"is no readable TOML: {error}", path, int(line[1]) if line else None) from error


def read_merged(layers: Layers, relative: str, shape: type[Shape]) -> Shape:
    """One document over all layers: tables merge key by key, anything else of a higher layer replaces.

    Raises:
        ConfigError: a layer's file is unreadable, or has an unknown key or a wrong value.
    """
    merged: Document = {}
    last = layers.folders[0] / relative
    for last in layers.files(relative):
        merged = _merge(merged, read_document(last))
        validate(merged, shape, last)
    return validate(merged, shape, last)


def validate(document: Document, shape: type[Shape], path: Path) -> Shape:
    """The document in its shape.

    Raises:
        ConfigError: names the first key that is wrong, with its line.
    """
    try:
        return shape.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        keys = [str(part) for part in (*first["loc"], *_named(first)) if part != "[key]"]
        message = "is unknown" if first["type"] == "extra_forbidden" else first["msg"].removeprefix("Value error, ")
        raise ConfigError(message, path, line_of(path, keys), ".".join(keys)) from error


def _named(error: ErrorDetails) -> tuple[str, ...]:
    """The key of a table that its shape as a whole has refused."""
    key = error.get("ctx", {}).get("key")
    return (str(key),) if key is not None else ()


def line_of(path: Path, keys: list[str]) -> int | None:
    """The line in which the last of some nested keys stands, as well as plain text tells; None if nowhere."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    start = 0
    names = [key for key in keys if not key.isdigit()]
    for depth, key in enumerate(names):
        pattern = re.compile(rf"^\s*(\[+\s*)?([\w\".-]+\.)?[\"']?{re.escape(key)}[\"']?\s*(=|\]|\.)")
        found = next((i for i in range(start, len(lines)) if pattern.match(lines[i])), None)
        if found is None:
            return start + 1 if depth else None
        start = found + _ordinal_offset(lines, found, keys, key)
    return start + 1


def _ordinal_offset(lines: list[str], found: int, keys: list[str], key: str) -> int:
    """How many lines below the first `[[key]]` the one stands whose number follows in the keys."""
    after = keys.index(key) + 1
    if after >= len(keys) or not keys[after].isdigit():
        return 0
    heads = [i for i in range(found, len(lines)) if re.match(rf"^\s*\[\[\s*{re.escape(key)}\s*\]\]", lines[i])]
    number = int(keys[after])
    return heads[number] - found if number < len(heads) else 0


def _merge(low: Document, high: Document) -> Document:
    merged = dict(low)
    for key, value in high.items():
        below = merged.get(key)
        merged[key] = _merge(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged
