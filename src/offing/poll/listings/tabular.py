"""Reads tables of feeds: CSV with any delimiter and many column names, and plain lines of addresses. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from offing.poll.listings.feed_list import FeedList, fields_of

_DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT = 50  # lines from which the delimiter is guessed
_NO_ADDRESSES = "no column holds addresses: name one `url`, or give one address a line"

Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class _Layout:
    """A table's layout: the delimiter ("" for plain lines), the positions of our columns, the number of header rows."""

    delimiter: str
    columns: dict[str, int]
    names: int = 0


def read_table(text: str) -> FeedList:
    """Return the feeds of a table. Its first row may be a header; without one only the addresses are read."""
    layout = _layout(text)
    listed = FeedList("CSV" if layout.delimiter else "plain lines")
    if not layout.columns:
        listed.problems.append(_NO_ADDRESSES)
        return listed
    try:
        for number, row in list(_rows(text, layout.delimiter))[layout.names :]:
            listed.take(f"line {number}", {key: row[at] for key, at in layout.columns.items() if at < len(row)})
    except csv.Error as error:
        listed.problems.append(f"it cannot be read as a table: {error}")
    return listed


def _layout(text: str) -> _Layout:
    """Return a table's layout; no columns if it contains no addresses."""
    head = "\n".join(text.splitlines()[:_LOOKED_AT])
    named = [_Layout(delimiter, fields_of(_first(head, delimiter)), names=1) for delimiter in (*_DELIMITERS, "")]
    best = max(named, key=lambda each: len(each.columns) if "url" in each.columns else 0)
    if "url" in best.columns:
        return best
    for delimiter in _DELIMITERS:
        column = _addresses(head, delimiter)
        if column is not None:
            return _Layout(delimiter, {"url": column})
    lines = [row for _, row in _rows(head, "")]
    return _Layout("", {"url": 0} if any(_is_address(row, 0) for row in lines) else {})


def _addresses(head: str, delimiter: str) -> int | None:
    """Return the column in which all rows hold addresses, in a table of several columns; else None."""
    try:
        rows = [row for _, row in _rows(head, delimiter)]
    except csv.Error:
        return None
    width = min((len(row) for row in rows), default=0)
    found = [place for place in range(width) if all(_is_address(row, place) for row in rows)]
    return found[0] if found and width > 1 and len({len(row) for row in rows}) == 1 else None


def _is_address(row: Sequence[str], place: int) -> bool:
    return place < len(row) and row[place].strip().lower().startswith(("http://", "https://"))


def _first(text: str, delimiter: str) -> list[str]:
    try:
        return next((row for _, row in _rows(text, delimiter)), [])
    except csv.Error:
        return []


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    """Yield the non-empty rows, with the number of their last line; lines that start with # are comments."""
    if not delimiter:
        lines = ((number, [line.strip()]) for number, line in enumerate(text.splitlines(), 1))
        yield from ((number, row) for number, row in lines if row[0] and not row[0].startswith("#"))
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for row in reader:
        if any(cell.strip() for cell in row) and not row[0].startswith("#"):
            yield reader.line_num, row
