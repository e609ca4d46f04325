"""The candidates or projects of a filter as a file, made while it is sent: CSV, XLSX or JSON.

They are read some at a time, so that a filter that finds 100,000 takes no more memory than one that finds 200.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Any

from offing.model.projects.project import ProjectRecord
from offing.model.review.decision import effective_facts
from offing.model.review.queue import QueueFilter
from offing.redaction import redacted
from offing.review.download_rows import COLUMNS, download_row
from offing.review.project_rows import PROJECT_COLUMNS, project_row
from offing.services.review.agreement import without
from offing.services.review.decisions import QueueItem
from offing.services.review.queue import QueueReader, ids_of
from offing.services.rows.sheet_files import csv_chunks, xlsx_chunks, xlsx_is_written
from offing.services.views.api import plain_project
from offing.services.views.plain import plain_item
from offing.store.candidates.candidate import candidates
from offing.store.candidates.decision import decisions_of
from offing.store.database.engine import Database
from offing.store.records.membership import made_of_only
from offing.store.records.project import records_of
from offing.store.records.project_list import ProjectFilter
from offing.store.records.project_list import ids_of as project_ids

MOST_ROWS = 100_000
_AT_ONCE = 200


class DownloadFormat(StrEnum):
    """The format of a file, as its suffix."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"

    @property
    def media(self) -> str:
        """Its media type."""
        return {
            DownloadFormat.CSV: "text/csv; charset=utf-8",
            DownloadFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            DownloadFormat.JSON: "application/json",
        }[self]


def offered() -> tuple[DownloadFormat, ...]:
    """Return the formats that can be written here: XLSX needs the extra `xlsx`."""
    return tuple(each for each in DownloadFormat if each is not DownloadFormat.XLSX or xlsx_is_written())


def download(database: Database, wanted: QueueFilter, reader: QueueReader, kind: DownloadFormat) -> Iterator[bytes]:
    """Yield the file of all that a filter finds, in its order, at most `MOST_ROWS` candidates.

    CSV and XLSX have the columns of `offing.review.download_rows`; JSON is an array of what the API has as `items`.
    """
    items = _items(database, ids_of(database, wanted, reader, MOST_ROWS))
    if kind is DownloadFormat.JSON:
        return _json(map(plain_item, items))
    rows = (redacted(download_row(each.candidate, each.facts, each.decisions)) for each in items)
    return _table(tuple(COLUMNS), rows, kind)


def download_projects(
    database: Database, wanted: ProjectFilter, kind: DownloadFormat, blind: Collection[int] = ()
) -> Iterator[bytes]:
    """Yield the file of all records that a filter finds, in its order, at most `MOST_ROWS`.

    CSV and XLSX have the columns of `offing.review.project_rows`; JSON is an array of what the API has as `items`.
    Candidates to which the reader is `blind` are left out, as on the page.
    """
    found = (seen for each in _records(database, wanted, blind) if (seen := without(each, blind)))
    if kind is DownloadFormat.JSON:
        return _json(map(plain_project, found))
    return _table(tuple(PROJECT_COLUMNS), (redacted(project_row(each)) for each in found), kind)


def _records(database: Database, wanted: ProjectFilter, blind: Collection[int]) -> Iterator[ProjectRecord]:
    with database.read() as conn:
        ids = project_ids(conn, replace(wanted, but=made_of_only(conn, blind)), MOST_ROWS)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        with database.read() as conn:
            found = {each.id: each for each in records_of(conn, some)}
        yield from filter(None, map(found.get, some))


def _table(columns: tuple[str, ...], rows: Iterator[dict[str, str]], kind: DownloadFormat) -> Iterator[bytes]:
    return csv_chunks(columns, rows) if kind is DownloadFormat.CSV else xlsx_chunks(columns, rows)


def _items(database: Database, ids: tuple[int, ...]) -> Iterator[QueueItem]:
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        with database.read() as conn:
            made, found = decisions_of(conn, some), {each.id: each for each in candidates(conn, some)}
        for each in filter(None, map(found.get, some)):
            decisions = made.get(each.id, ())
            yield QueueItem(each, effective_facts(each.facts, decisions), decisions)


def _json(items: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    opening = "["
    for item in items:
        yield f"{opening}\n{json.dumps(redacted(item), ensure_ascii=False)}".encode("utf-8", "replace")
        opening = ","
    yield b"[]\n" if opening == "[" else b"\n]\n"
