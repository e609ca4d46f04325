"""Documents: TOML files of config, merged over the layers and validated; errors name file, line and key."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError

from offing.config.files.layers import Layers
from offing.config.files.lines import line_in
from offing.errors import ConfigError

Document = dict[str, Any]


class Strict(BaseModel):
    """A config shape: no unknown keys, strict types, no NaN or infinity, no empty text."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False, str_min_length=1)


Shape = TypeVar("Shape", bound=BaseModel)


def read_document(path: Path) -> Document:
    """Return one TOML file; an unchanged file is not parsed again by the same process.

    Raises:
        ConfigError: it is not TOML or not UTF-8.
    """
    try:
        return _copied(_parsed(path.read_text(encoding="utf-8-sig")))
    except UnicodeDecodeError as error:
        raise ConfigError(f"is not UTF-8 (byte {error.start}); save it as UTF-8", path) from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise ConfigError(f"is not readable TOML: {error}", path, int(line[1]) if line else None) from error


@lru_cache(maxsize=320)  # 260 files of 2.7 MB ship
def _parsed(text: str) -> Document:
    return tomllib.loads(text)


def _copied(table: Document) -> Document:
    """Return a copy of a TOML document: tables and arrays, all else being immutable.

    `deepcopy` takes over twice as long.
    """
    return {key: _copied_value(value) for key, value in table.items()}


def _copied_value(value: Any) -> Any:
    if isinstance(value, dict):
        return _copied(value)
    return [_copied_value(each) for each in value] if isinstance(value, list) else value


def read_merged(layers: Layers, relative: str, shape: type[Shape]) -> Shape:
    """Return one document over all layers: tables merge key by key, anything else of a higher layer replaces.

    Raises:
        ConfigError: a layer's file is unreadable, or has an unknown key or a wrong value.
    """
    document: Document = {}
    last = layers.folders[0] / relative
    for last in layers.files(relative):
        document = merged(document, read_document(last))
        validate(document, shape, last)
    return validate(document, shape, last)


def validate(
    document: Document,
    shape: type[Shape],
    path: Path,
    as_written: Callable[[Sequence[str]], Sequence[str]] = lambda keys: keys,
) -> Shape:
    """Return the document in its shape.

    It is validated as JSON: a list may become a tuple and a word an enum member, but "40" and true are not numbers.

    Args:
        document: the content of the file.
        shape: the expected shape.
        path: the file.
        as_written: maps a place in the document to the keys as written in the file, if they differ.

    Raises:
        ConfigError: names the first key that is wrong, with its line.
    """
    try:
        return shape.model_validate_json(json.dumps(document, default=lambda moment: moment.isoformat()))
    except ValidationError as error:
        # A misspelt key is reported before the key that is missing because of it.
        first = min(error.errors(), key=lambda each: each["type"] != "extra_forbidden")
        key = first.get("ctx", {}).get("key")  # in a table that its shape as a whole rejected
        place = first["loc"] if key is None else (*first["loc"], key)
        keys = as_written([str(part) for part in place if part != "[key]"])
        message = first["msg"].removeprefix("Value error, ")
        if first["type"] == "extra_forbidden":
            message = f"is unknown; {instead(str(first['loc'][-1]), _keys_at(shape, first['loc'][:-1]))}"
        raise ConfigError(message, path, line_of(path, keys), ".".join(keys)) from error


def instead(name: str, allowed: Iterable[str]) -> str:
    """Return suggestions for an unknown name: the nearest spelling, and all allowed names."""
    names = sorted(allowed)
    near = get_close_matches(name, names, n=1)
    guess = f"did you mean {near[0]!r}? " if near else ""
    return f"{guess}allowed: {', '.join(names) or 'none'}"


def _keys_at(shape: type[BaseModel], place: Sequence[int | str]) -> list[str]:
    """Return the keys of a shape at a place inside it."""
    found: Any = shape
    for part in place:
        found = inside(found, str(part))
    return [field.alias or name for name, field in found.model_fields.items()] if _is_shape(found) else []


def inside(kind: Any, part: str) -> Any:
    """Return the type of the value under a key, or at an index, of a type."""
    if _is_shape(kind):
        fields = {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
        return fields.get(part)
    args = [arg for arg in get_args(kind) if arg is not Ellipsis and arg is not type(None)]
    found = args[-1] if args else None
    return get_args(found)[0] if get_origin(found) is Annotated else found


def _is_shape(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def line_of(path: Path, keys: Sequence[str]) -> int | None:
    """Return the line of the last of some nested keys that the file contains; None if it contains none."""
    return line_in(path.read_text(encoding="utf-8-sig"), keys) if path.is_file() else None


def hold_to_names(
    layers: Layers, relative: str, table: tuple[str, ...], given: Iterable[str], asked: Iterable[str]
) -> None:
    """Check that a table has exactly the expected names.

    Args:
        layers: the config folders.
        relative: the file's path below each folder.
        table: the keys that lead to the table.
        given: the names in it, of all layers.
        asked: the expected names.

    Raises:
        ConfigError: at the uppermost file that has the name, or could have it.
    """
    names, wanted = list(given), list(asked)
    for name in (*names, *wanted):
        message = f"is unknown; {instead(name, wanted)}" if name not in wanted else "is missing"
        if name not in wanted or name not in names:
            raise error_at(layers, relative, (*table, name), message)


def error_at(layers: Layers, relative: str, keys: Sequence[str], message: str) -> ConfigError:
    """Return an error at the uppermost file that contains the nested keys; else at the uppermost existing file."""
    paths = list(layers.files(relative)) or [layers.folders[0] / relative]
    having = [path for path in paths if _has(read_document(path), keys)]
    path = (having or paths)[-1]
    return ConfigError(message, path, line_of(path, keys), ".".join(keys))


def _has(document: Any, keys: Sequence[str]) -> bool:
    for key in keys:
        if not isinstance(document, dict) or key not in document:
            return False
        document = document[key]
    return True


def merged(low: Document, high: Document) -> Document:
    """Return two documents merged: tables key by key, anything else from the higher one."""
    found = dict(low)
    for key, value in high.items():
        below = found.get(key)
        found[key] = merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return found
