"""Numbers in tables of config files, put in place: comments, order and blank lines of a file stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import tomlkit
from tomlkit.container import Container
from tomlkit.items import Table

Number = tuple[str, str, float]  # a table by its dotted name, a name in it, and its value


def put(text: str, numbers: Iterable[Number], rounded: Callable[[float], float]) -> str:
    """Return the text of a TOML file with other numbers in its tables.

    Args:
        text: the file's.
        numbers: the new ones; each has a place in the file.
        rounded: returns a number as it is to be written.

    Raises:
        SystemExit: the file has no such number.
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
