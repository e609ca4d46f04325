"""Files of rows read one by one, with numbers: CSV with any delimiter, JSONL, one JSON array; also gzip-compressed."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from io import BufferedReader
from itertools import chain
from pathlib import Path
from typing import BinaryIO, cast

from offing.errors import BadRecord, UsageError
from offing.services.rows.cells import Row
from offing.services.rows.jsonl import numbered_lines, object_of
from offing.services.rows.packed import UNREADABLE, unpacked
from offing.services.rows.sheet_files import dialect

Numbered = tuple[int, Row | BadRecord]  # a row with its number, from 1
_BOM = b"\xef\xbb\xbf"
_MOST_BLANK = 64  # bytes before the bracket of an array
_LARGEST_ARRAY = 400 * 1024**2  # bytes; an array is read as a whole
_LONE_RETURN = re.compile(r"(?<=\r)(?!\n)")
_JSON = (".jsonl", ".ndjson", ".json")


@dataclass(slots=True)
class RowSource:
    """An open file of rows.

    `position` is the number of its bytes read so far; `oddities` holds what is odd in the rows read, with row numbers.
    """

    rows: Iterator[Numbered]
    position: Callable[[], int]
    oddities: list[tuple[int, str]] = field(default_factory=list)


@contextmanager
def open_rows(path: Path) -> Iterator[RowSource]:
    """Open a CSV or JSON file of rows, decompressed if its name says gzip; rows are numbered from 1.

    Raises:
        UsageError: the file cannot be read.
    """
    try:
        raw = path.open("rb")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    oddities: list[tuple[int, str]] = []
    with raw:
        plain = unpacked(raw, path)
        is_json = path.name.removesuffix(".gz").endswith(_JSON)
        rows = _json_rows(plain, path) if is_json else _csv_rows(plain, path, oddities)
        with closing(_readable(rows, path)) as readable:  # closed before the file: rows may be left unread
            yield RowSource(readable, raw.tell, oddities)


def _readable(rows: Iterable[Numbered], path: Path) -> Generator[Numbered, None, None]:
    try:
        yield from rows
    except (*UNREADABLE, csv.Error) as error:
        raise UsageError(f"{path}: {error}") from error


def _csv_rows(plain: BinaryIO, path: Path, oddities: list[tuple[int, str]]) -> Iterator[Numbered]:
    lines = _text_lines(plain, path)
    first = next(lines, "")
    reader = csv.reader(chain((first,), lines), dialect(first))
    header = [cell.strip() for cell in next(reader, [])]
    if not header:
        raise UsageError(f"{path}: is empty")
    for number, cells in enumerate(reader, 1):
        if len(cells) > len(header):
            yield number, BadRecord(f"has {len(cells)} cells, the header {len(header)}", number)
        elif any(cell.strip() for cell in cells):
            if len(cells) < len(header):
                oddities.append(
                    (number, f"has {len(cells)} cells, the header {len(header)}; the last are taken as empty")
                )
            yield number, dict(zip(header, cells, strict=False))


def _text_lines(plain: BinaryIO, path: Path) -> Iterator[str]:
    """Yield the lines of a text with their line ends, as the CSV reader needs them.

    Raises:
        UsageError: one is not UTF-8.
    """
    for number, line in enumerate(plain, 1):
        try:
            text = (line.removeprefix(_BOM) if number == 1 else line).decode()
        except UnicodeDecodeError as error:
            raise UsageError(
                f"{path}:{number}: is not UTF-8 (byte {error.object[error.start]:#04x} at {error.start + 1}): save the "
                f"file as CSV in UTF-8, or turn it into that: iconv -f WINDOWS-1252 -t UTF-8 {path}"
            ) from error
        yield from filter(None, _LONE_RETURN.split(text))


def _json_rows(plain: BinaryIO, path: Path) -> Iterator[Numbered]:
    begins = cast("BufferedReader", plain).peek(_MOST_BLANK)
    is_array = begins.removeprefix(_BOM).lstrip().startswith(b"[")
    yield from _array_rows(plain, path) if is_array else _lines_rows(plain)


def _array_rows(plain: BinaryIO, path: Path) -> Iterator[Numbered]:
    """Yield the objects of one JSON array.

    Raises:
        UsageError: it is no array, or too large to be read at once.
    """
    written = plain.read(_LARGEST_ARRAY + 1)
    if len(written) > _LARGEST_ARRAY:
        raise UsageError(
            f"{path}: is an array of more than {_LARGEST_ARRAY // 1024**2} MB: give an object a line (JSONL)"
        )
    try:
        found = json.loads(written.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UsageError(
            f"{path}: is not a JSON array: {error}; use an array of objects, or one object per line (JSONL)"
        ) from error
    for number, row in enumerate(found, 1):
        yield (
            number,
            row if isinstance(row, dict) else BadRecord(f"is not a JSON object but {type(row).__name__}", number),
        )


def _lines_rows(plain: BinaryIO) -> Iterator[Numbered]:
    troubles: list[BadRecord] = []
    for number, line in numbered_lines(plain, troubles.append):
        yield from ((trouble.number, trouble) for trouble in troubles)
        troubles.clear()
        yield number, _json_row(line, number)
    yield from ((trouble.number, trouble) for trouble in troubles)


def _json_row(line: bytes, number: int) -> Row | BadRecord:
    try:
        return object_of(line, number)
    except BadRecord as error:
        return error
