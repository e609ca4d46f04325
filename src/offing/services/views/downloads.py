"""The candidates of a filter as a file, made while it is sent: CSV, XLSX or JSON.

Candidates are read some at a time, so that a filter that finds 100,000 takes no more memory than one that finds 200.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum

from offing.model.review.decision import effective_facts
from offing.model.review.queue import QueueFilter
from offing.redaction import redacted
from offing.review.download_rows import COLUMNS, download_row
from offing.services.review.decisions import QueueItem
from offing.services.review.queue import Reader, ids_of
from offing.services.rows.sheet_files import csv_chunks, xlsx_chunks, xlsx_is_written
from offing.services.views.plain import plain_item
from offing.store.candidates.candidate import candidates
from offing.store.candidates.decision import decisions_of
from offing.store.database.engine import Database

MOST_ROWS = 100_000
_AT_ONCE = 200


class DownloadFormat(StrEnum):
    """The format of a file, as its suffix."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


def offered() -> tuple[DownloadFormat, ...]:
    """Return the formats that can be written here: XLSX needs the extra `xlsx`."""
    return tuple(each for each in DownloadFormat if each is not DownloadFormat.XLSX or xlsx_is_written())


def download(database: Database, wanted: QueueFilter, reader: Reader, kind: DownloadFormat) -> Iterator[bytes]:
    """Yield the file of all that a filter finds, in its order, at most `MOST_ROWS` candidates.

    CSV and XLSX have the columns of `offing.review.download_rows`; JSON is an array of what the API has as `items`.
    """
    items = _items(database, ids_of(database, wanted, reader, MOST_ROWS))
    if kind is DownloadFormat.JSON:
        return _json(items)
    rows = (redacted(download_row(each.candidate, each.facts, each.decisions)) for each in items)
    return csv_chunks(tuple(COLUMNS), rows) if kind is DownloadFormat.CSV else xlsx_chunks(tuple(COLUMNS), rows)


def _items(database: Database, ids: tuple[int, ...]) -> Iterator[QueueItem]:
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        with database.read() as conn:
            made, found = decisions_of(conn, some), {each.id: each for each in candidates(conn, some)}
        for each in filter(None, map(found.get, some)):
            decisions = made.get(each.id, ())
            yield QueueItem(each, effective_facts(each.facts, decisions), decisions)


def _json(items: Iterator[QueueItem]) -> Iterator[bytes]:
    opening = "["
    for item in items:
        yield f"{opening}\n{json.dumps(redacted(plain_item(item)), ensure_ascii=False)}".encode("utf-8", "replace")
        opening = ","
    yield b"[]\n" if opening == "[" else b"\n]\n"
