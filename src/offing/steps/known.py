"""Imports the projects of another base: rows in, known projects kept, each trouble with its row and reason."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from offing.errors import BadRecord, UsageError
from offing.model.known import KnownProject
from offing.steps.known_rows import Reader, Row
from offing.store.engine import Database
from offing.store.known import BATCH, Kept, keep_known

_LONGEST_CELL = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `troubles` are sentences, each with the number of its row; `refused` rows were not kept."""

    kept: Kept
    refused: int
    troubles: tuple[str, ...]


@dataclass(slots=True)
class Source:
    """An open file of rows; `position` tells how many of its bytes were read."""

    rows: Iterator[tuple[int, Row | BadRecord]]
    position: Callable[[], int]


@contextmanager
def open_rows(path: Path) -> Iterator[Source]:
    """The rows of a CSV or JSONL file, packed by gzip where its name says so, each with its number from 1.

    Raises:
        UsageError: the file cannot be read.
    """
    try:
        raw = path.open("rb")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    with raw:
        packed = gzip.GzipFile(fileobj=raw) if path.suffix == ".gz" else None
        text = io.TextIOWrapper(packed or raw, encoding="utf-8-sig", newline="")
        is_json = path.name.removesuffix(".gz").endswith((".jsonl", ".ndjson", ".json"))
        rows = _json_rows(text) if is_json else _csv_rows(text, path)
        yield Source(_readable(rows, path), raw.tell)


def import_known(
    database: Database, source: Source, reader: Reader, now: datetime, progress: Callable[[int], None] = lambda _: None
) -> Imported:
    """Keep the rows of a source as known projects; importing them again changes nothing.

    Args:
        database: where they are kept, five hundred in a transaction.
        source: the rows.
        reader: knows which cell is which field.
        now: when it happens.
        progress: is told how many bytes were read so far.
    """
    kept, refused, troubles = Kept(), 0, list[str]()
    while batch := list(islice(source.rows, BATCH)):
        projects: dict[str, KnownProject] = {}
        for number, row in batch:
            project, told = _drawn(row, number, reader)
            troubles += [f"row {number}: {what}" for what in told]
            if project:
                projects[project.key] = project
            else:
                refused += 1
        with database.write() as conn:
            kept += keep_known(conn, tuple(projects.values()), now)
        progress(source.position())
    return Imported(kept, refused, tuple(troubles))


def _drawn(row: Row | BadRecord, number: int, reader: Reader) -> tuple[KnownProject | None, list[str]]:
    """The known project of a row, None where it cannot be used, and what is to be told of it."""
    try:
        if isinstance(row, BadRecord):
            raise row
        return reader.read(row, number)
    except BadRecord as error:
        return None, [str(error).removeprefix(f"row {number}: ")]


def _readable(rows: Iterator[tuple[int, Row | BadRecord]], path: Path) -> Iterator[tuple[int, Row | BadRecord]]:
    try:
        yield from rows
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: {error}") from error


def _csv_rows(text: io.TextIOWrapper, path: Path) -> Iterator[tuple[int, Row | BadRecord]]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(text)
    header = [cell.strip() for cell in next(reader, [])]
    if not header:
        raise UsageError(f"{path}: is empty")
    for number, cells in enumerate(reader, 1):
        if len(cells) > len(header):
            yield number, BadRecord(f"has {len(cells)} cells, the header {len(header)}", number)
        elif any(cell.strip() for cell in cells):
            yield number, dict(zip(header, cells, strict=False))


def _json_rows(text: io.TextIOWrapper) -> Iterator[tuple[int, Row | BadRecord]]:
    for number, line in enumerate(text, 1):
        if line.strip():
            yield number, _json_row(line, number)


def _json_row(line: str, number: int) -> Row | BadRecord:
    try:
        found = json.loads(line)
    except ValueError as error:
        return BadRecord(f"is no JSON: {error}", number)
    return found if isinstance(found, dict) else BadRecord("is no JSON object", number)
