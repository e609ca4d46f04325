"""Update numbers in the tables of config files, preserving comments, order and blank lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import tomlkit
from tomlkit.container import Container
from tomlkit.items import Table

Number = tuple[str, str, float]  # dotted name of the table, key, value


def put(text: str, numbers: Iterable[Number], rounded: Callable[[float], float]) -> str:
    """Return the text of a TOML file with numbers in its tables replaced.

    Args:
        text: the file's text.
        numbers: the new values; each key must already exist in the file.
        rounded: rounds a value for writing.

    Raises:
        SystemExit: the file has no such key.
    """
    document = tomlkit.parse(text)
    for table, name, value in numbers:
        holder: Container | Table = document
        for part in table.split("."):
            holder = holder.get(part, {})
        if name not in holder:
            raise SystemExit(f"the file has no {table}.{name}")
        holder[name] = rounded(float(value)) + 0.0  # no negative zero
    return tomlkit.dumps(document)
