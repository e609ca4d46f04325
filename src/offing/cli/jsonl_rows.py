"""Rows of a JSONL file that a command reads whole."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from offing.errors import BadRecord, UsageError
from offing.services.rows.jsonl import numbered_lines, object_of
from offing.services.rows.packed import UNREADABLE, unpacked

Row = dict[str, Any]


def rows_of(path: Path) -> list[Row]:
    """Return the objects of a JSONL file, decompressed if its name says gzip, each with an id.

    Raises:
        UsageError: the file cannot be read, or a row is no such object.
    """

    def refuse(error: BadRecord) -> None:
        raise UsageError(row_error(path, error)) from error

    return [row for _, row in numbered_rows(path, refuse)]


def numbered_rows(path: Path, on_error: Callable[[BadRecord], None]) -> Iterator[tuple[int, Row]]:
    """Yield the same objects with their line numbers; an unusable row is reported and skipped.

    Only a line feed ends a row: the other line ends of Unicode may occur in a text.

    Raises:
        UsageError: the file cannot be read.
    """
    for number, line in numbered_lines(io.BytesIO(_content(path)), on_error):
        try:
            row = object_of(line, number)
        except BadRecord as error:
            on_error(error)
            continue
        if "id" in row:
            yield number, row
        else:
            on_error(BadRecord('is not an object with an "id"', number))


def row_error(path: Path, error: BadRecord) -> str:
    """Return what is wrong with a row, after its file and line."""
    return f"{path}:{error.number}: {error.message}"


def _content(path: Path) -> bytes:
    packed = io.BytesIO(content_of(path))
    try:
        return unpacked(packed, path).read()
    except UNREADABLE as error:
        raise UsageError(f"{path}: not a complete gzip file: {error}") from error


def content_of(path: Path) -> bytes:
    """Return the content of a file.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
