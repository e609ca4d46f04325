"""offing.sqlite: the tables of a release in one database, with keys, types and the codebook. Pure but for its own file.

It opens in Datasette, DB Browser and every language. Bytes 96 to 99 of the file name the library that wrote it
(sqlite.org/fileformat2.html); they are set to one number, so that the same data are the same bytes with any.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from pathlib import Path

from offing.publish.body import Cells, ProjectBody
from offing.publish.cells import clean
from offing.publish.formats.format import Head, TableText
from offing.publish.marked import OpenFile

FILE = "offing.sqlite"
_TYPES = {"integer": "INTEGER", "number": "NUMERIC", "boolean": "INTEGER"}
_WRITER_AT, _WRITER = 96, (3_040_000).to_bytes(4, "big")
_SMALL = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -20000; PRAGMA page_size = 4096;"
_CODEBOOK = "CREATE TABLE codebook (table_name TEXT, column_name TEXT, type TEXT, meaning TEXT, allowed TEXT)"
_RELEASE = "CREATE TABLE release (version TEXT, title TEXT, licence TEXT, authors TEXT)"


class Database:
    """Writes offing.sqlite."""

    def __init__(self, open_file: OpenFile, head: Head) -> None:
        self._file, self._tables = open_file(FILE), {each.name: each for each in head.tables}
        self._folder = tempfile.TemporaryDirectory()
        self._path = Path(self._folder.name) / FILE
        self._conn = sqlite3.connect(self._path)
        self._conn.executescript(_SMALL)
        self._describe(head)

    def add(self, body: ProjectBody) -> None:
        """Insert the rows of a project, table by table: stored rows come in another order of tables than new ones."""
        for name, table in self._tables.items():
            self._conn.executemany(_insert(table), (_values(table, row) for row in body.rows.get(name, ())))

    def finish(self) -> None:
        """Close the database and copy it into the release."""
        self._conn.commit()
        for table in self._tables.values():
            if any(each.name == "project_id" for each in table.columns):
                self._conn.execute(f'CREATE INDEX "{table.name}_project" ON "{table.name}" (project_id)')
        self._conn.commit()
        self._conn.close()
        with self._path.open("r+b") as made:
            made.seek(_WRITER_AT)
            made.write(_WRITER)
            made.seek(0)
            shutil.copyfileobj(made, self._file)
        self._file.close()
        self._folder.cleanup()

    def _describe(self, head: Head) -> None:
        for each in (*map(_create, head.tables), _CODEBOOK, _RELEASE):
            self._conn.execute(each)
        said = (
            (table.name, each.name, each.form, each.meaning, "; ".join(each.words) or None)
            for table in head.tables
            for each in table.columns
        )
        self._conn.executemany("INSERT INTO codebook VALUES (?, ?, ?, ?, ?)", said)
        own = (head.version, head.title, head.citation.licence or None, "; ".join(head.citation.authors) or None)
        self._conn.execute("INSERT INTO release VALUES (?, ?, ?, ?)", own)


def _create(table: TableText) -> str:
    parts = [f'"{each.name}" {_TYPES.get(each.form, "TEXT")}' for each in table.columns]
    if table.key:
        parts.append(f"PRIMARY KEY ({', '.join(table.key)})")
    if any(each.name == "project_id" for each in table.columns):
        parts.append("FOREIGN KEY (project_id) REFERENCES projects (id)")
    return f'CREATE TABLE "{table.name}" ({", ".join(parts)})'


def _insert(table: TableText) -> str:
    return f'INSERT INTO "{table.name}" VALUES ({", ".join("?" * len(table.columns))})'  # noqa: S608 -- names of ours


def _values(table: TableText, row: Cells) -> tuple[str | int | None, ...]:
    return tuple(_value(row.get(each.name, ""), each.form) for each in table.columns)


def _value(text: str, form: str) -> str | int | None:
    if not text:
        return None
    if form == "boolean":
        return int(text == "true")
    return clean(text)
