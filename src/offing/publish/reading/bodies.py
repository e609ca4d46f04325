"""Reads the tables of a release back, project by project, so that its size does not matter. Pure: files are streams."""

from __future__ import annotations

import csv
import heapq
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter

from offing.model.projects.release import ChangeKind, TableLayout
from offing.publish.body import Cells, ProjectBody
from offing.publish.cells import unguarded
from offing.publish.columns import PROJECT_ID
from offing.publish.schema import DATA_TABLES, RETIRED

_TEXT = "string"
_MARKS = {table.name: table.ids for table in DATA_TABLES if table.ids}
_Row = tuple[str, str, Cells]  # of which project, of which table


def read_bodies(layout: Iterable[TableLayout], files: Mapping[str, Iterable[str]]) -> Iterator[ProjectBody]:
    """Yield what a release says of each project, in the order of ids.

    Args:
        layout: its tables and their columns.
        files: the lines of each table's CSV file, with their line ends, by the name of the table.

    Raises:
        ValueError: a file is no such table: the message gives file and line.
    """
    rows = heapq.merge(*(_rows(each, files[each.table]) for each in layout), key=itemgetter(0))
    for key, own in groupby(rows, key=itemgetter(0)):
        tables: dict[str, list[Cells]] = {}
        for _, table, cells in own:
            tables.setdefault(table, []).append(cells)
        yield _body(key, tables)


def _rows(layout: TableLayout, lines: Iterable[str]) -> Iterator[_Row]:
    """Yield the filled cells of each row of a table, as they were before texts were guarded."""
    reader, names = csv.reader(lines, strict=True), [name for name, _ in layout.columns]
    texts = {name for name, form in layout.columns if form == _TEXT}
    key = PROJECT_ID if PROJECT_ID in names else names[0]
    try:
        _check_header(next(reader, []), names)
        for row in reader:
            filled = {name: cell for name, cell in zip(names, row, strict=True) if cell}
            cells = {name: unguarded(cell) if name in texts else cell for name, cell in filled.items()}
            yield cells[key], layout.table, cells
    except (ValueError, KeyError, csv.Error) as error:
        what = f"no {error.args[0]}" if isinstance(error, KeyError) else error
        raise ValueError(f"{layout.table}.csv, line {reader.line_num}: {what}") from error


def _check_header(header: list[str], names: list[str]) -> None:
    if header != names:
        raise ValueError(f"its columns are not {', '.join(names)}, as datapackage.json says")


def _body(key: str, rows: dict[str, list[Cells]]) -> ProjectBody:
    """Return what a release says of one project.

    Raises:
        ValueError: it is both in projects.csv and retired, or in neither once.
    """
    if RETIRED.name in rows and len(rows) == 1:
        (end,) = rows[RETIRED.name]
        into = end.get("redirects_to")
        kind, note = (ChangeKind.MERGED, f"into {into}") if into else (ChangeKind.WITHDRAWN, end.get("withdrawn", ""))
        return ProjectBody(key, rows, kind, note)
    if RETIRED.name in rows or len(rows.get("projects", ())) != 1:
        raise ValueError(f"project {key} has no row of its own in projects.csv, or is retired, too")
    return ProjectBody(
        key, rows, issued={table: _issued(key, table, own) for table, own in rows.items() if table in _MARKS}
    )


def _issued(key: str, table: str, rows: Iterable[Cells]) -> int:
    """Return the highest number of a row's id, below which all were given."""
    ids = _MARKS[table]
    own = re.compile(rf"{re.escape(key)}-{ids.mark}(\d+)")
    found = (own.fullmatch(row.get(ids.column, "")) for row in rows)
    return max((int(each[1]) for each in found if each), default=0)
