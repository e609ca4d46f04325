"""flat.csv: one row for each project, with what its other tables say of it joined in cells. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from offing.publish.body import Cells, ProjectBody
from offing.publish.cells import csv_line
from offing.publish.columns import joined
from offing.publish.formats.format import ColumnText, Head, TableText
from offing.publish.marked import OpenFile

FILE = "flat.csv"
Rows = dict[str, list[Cells]]


@dataclass(frozen=True, slots=True)
class _Joined:
    """A column that joins something of each row of a table."""

    name: str
    meaning: str
    table: str
    said: Callable[[Cells], str]

    def cell(self, rows: Rows) -> str:
        return joined(dict.fromkeys(filter(None, map(self.said, rows.get(self.table, ())))))


def _kind(kind: str, *parts: str) -> Callable[[Cells], str]:
    return lambda row: _words(row, parts) if row.get("kind") == kind else ""


def _words(row: Cells, names: Iterable[str]) -> str:
    return " ".join(row[name] for name in names if row.get(name))


def _of(*parts: str) -> Callable[[Cells], str]:
    return lambda row: _words(row, parts)


def _firm(row: Cells) -> str:
    role = f" ({row['role']})" if row.get("role") else ""
    return f"{row['name']}{role}" if row.get("kind") == "firm" else ""


def _event(row: Cells) -> str:
    when = row.get("event_date") or row.get("day") or "undated"
    return f"{when} {row.get('status') or row.get('kind')}"


_JOINED = (
    _Joined("firms", "Chinese firms with their roles", "parties", _firm),
    _Joined("lenders", "Chinese lenders", "parties", _kind("lender", "name")),
    _Joined("counterparts", "bodies of the host country", "parties", _kind("counterpart", "name")),
    _Joined(
        "sums", "sums of money with currency and kind; they may overlap", "flows", _of("value", "currency", "kind")
    ),
    _Joined("loan_terms", "terms of its loan", "terms", _of("kind", "value", "unit")),
    _Joined("life_line", "events with their dates, oldest first", "events", _event),
    _Joined("source_urls", "addresses of its articles", "sources", _of("url")),
)


def flat_table(projects: TableText) -> TableText:
    """Return the columns of flat.csv: those of projects.csv, then the joined ones."""
    more = tuple(ColumnText(each.name, "string", f"{each.meaning}; joined by ;") for each in _JOINED)
    return TableText("flat", "One row for each project, with what the other tables say of it.", projects.columns + more)


class FlatTable:
    """Writes flat.csv."""

    def __init__(self, open_file: OpenFile, head: Head) -> None:
        projects = next(each for each in head.tables if each.name == "projects")
        self._columns: Sequence[tuple[str, str]] = [(each.name, each.form) for each in flat_table(projects).columns]
        self._file = open_file(FILE)
        self._file.write((",".join(name for name, _ in self._columns) + "\n").encode())

    def add(self, body: ProjectBody) -> None:
        """Write a project, unless it was merged or withdrawn."""
        for project in body.rows.get("projects", ()):
            more = {each.name: each.cell(body.rows) for each in _JOINED}
            self._file.write(csv_line(self._columns, {**project, **more}))

    def finish(self) -> None:
        """Close the file."""
        self._file.close()
