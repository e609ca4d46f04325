"""Cells of CSV files: nothing that a spreadsheet would take for a formula, nothing that breaks a row. Pure.

The list of first characters follows OWASP, "CSV Injection": = + - @, tab, line ends, and their full-width forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

Cell = str | int | Decimal | date | None

# Prefixes of the sign count, too: some programs trim spaces and invisible characters, and apostrophes distinguish our
# marks from a text's own.
_FORMULA = re.compile(r"'*[\s\u200b-\u200f\u2060\ufeff]*[\t\r\n=+\-@＝＋－＠﹢﹣﹦﹫]")
_QUOTED = re.compile(r'[",\r\n]|^\s|\s$')
_PLAIN = frozenset({"integer", "number", "date", "datetime"})
_NEVER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")  # Cc but tabs and line ends; Cs


def guarded(text: str) -> str:
    """Return the text, prefixed with an apostrophe where a spreadsheet could take it for a formula."""
    return "'" + text if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Return the inverse of `guarded`."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def clean(text: str) -> str:
    """Return the text without characters that no text file can hold."""
    return _NEVER.sub("", text)


def csv_bytes(names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a CSV file: UTF-8, commas, quotes where needed, rows ending in line feeds."""
    lines = [",".join(names), *(",".join(_cell(value) for value in row) for row in rows)]
    return ("\n".join(lines) + "\n").encode()


def csv_line(columns: Iterable[tuple[str, str]], cells: Mapping[str, str]) -> bytes:
    """One row of a CSV file.

    Args:
        columns: name of each, and type of Table Schema: only texts are guarded, so that -3 stays a number.
        cells: the cells that are not empty, by column.
    """
    texts = (cells.get(name, "") if form in _PLAIN else _cell(cells.get(name, "")) for name, form in columns)
    return (",".join(texts) + "\n").encode()


def _cell(value: Cell) -> str:
    if isinstance(value, str):
        text = guarded(clean(value))
        return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
    return plain(value)


def plain(value: Cell) -> str:
    """Return a non-text value: dates as ISO 8601, numbers without exponent, None as an empty cell."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def csv_rows(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return rows of a CSV file without its header, each ending in a line feed."""
    return "".join(",".join(map(_cell, row)) + "\n" for row in rows).encode()
