"""What lists and counts of the site are made from, kept in a temporary database: memory does not grow with them."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from offing.publish.body import Cells
from offing.publish.cells import clean
from offing.publish.formats.said import Rows, codes, date_of

NONE = "none"  # the key of what has no value
_SMALL = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000;"
_TABLES = """
CREATE TABLE line (id TEXT PRIMARY KEY, title TEXT, countries TEXT, sector TEXT, status TEXT, year TEXT, last TEXT,
    places TEXT, parties TEXT) WITHOUT ROWID;
CREATE TABLE facet (kind TEXT, key TEXT, id TEXT, PRIMARY KEY (kind, key, id)) WITHOUT ROWID;
CREATE TABLE party (key TEXT PRIMARY KEY, name TEXT, kinds TEXT) WITHOUT ROWID;
"""
_COMMITTED = (("approved", "signed"), ("under-construction",), ("completed",))


class Facet(StrEnum):
    """By what projects are listed."""

    COUNTRY = "country"
    SECTOR = "sector"
    STATUS = "status"
    YEAR = "year"
    PARTY = "party"


@dataclass(frozen=True, slots=True)
class Line:
    """A project in a list; texts as the release has them, `parties` by line feeds."""

    id: str
    title: str
    countries: str
    sector: str
    status: str
    year: str
    last: str
    places: str
    parties: str

    @classmethod
    def of(cls, project: Cells, rows: Rows) -> Line:
        """What a list says of a project."""
        names = (clean(row[name]) for row in rows.get("parties", ()) for name in ("name", "as_written") if name in row)
        return cls(
            project["id"],
            clean(project["title"]),
            project.get("countries", ""),
            project.get("sector", NONE),
            project.get("status", NONE),
            commitment_year(rows) or NONE,
            project.get("last_reported", ""),
            clean(project.get("places", "")),
            "\n".join(dict.fromkeys(" ".join(name.split()) for name in names)),
        )


def commitment_year(rows: Rows) -> str:
    """The year in which a project was approved or signed; else in which work on it began, or was done; "" if neither.

    It is that of the report where no source says when.
    """
    return next((day[:4] for statuses in _COMMITTED if (day := date_of(rows, *statuses)[0])), "")


class Shelf:
    """Keeps a line for each project, and by what it is listed."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._conn = sqlite3.connect(Path(self._folder.name) / "shelf.sqlite", isolation_level=None)
        self._conn.executescript(_SMALL + _TABLES + "BEGIN;")

    def add(self, line: Line, rows: Rows) -> None:
        """Keep a project; parties are listed by the ids that the lists of firms and lenders give them."""
        values = tuple(getattr(line, name) for name in Line.__slots__)
        self._conn.execute("INSERT INTO line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
        listed = [row for row in rows.get("parties", ()) if row.get("entity_id")]
        for row in listed:
            self._conn.execute(
                "INSERT INTO party VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET kinds = kinds || ' ' || excluded.kinds "
                "WHERE instr(kinds, excluded.kinds) = 0",
                (row["entity_id"], clean(row["name"]), row["kind"]),
            )
        keys = {
            *((Facet.COUNTRY, code) for code in codes({"countries": line.countries}) or [NONE]),
            *((Facet.PARTY, row["entity_id"]) for row in listed),
            *((Facet.SECTOR, line.sector), (Facet.STATUS, line.status), (Facet.YEAR, line.year)),
        }
        self._conn.executemany("INSERT INTO facet VALUES (?, ?, ?)", ((*each, line.id) for each in sorted(keys)))

    def counts(self, kind: Facet) -> list[tuple[str, int]]:
        """How many projects each key of a facet has, the largest first."""
        rows = self._conn.execute(
            "SELECT key, count(*) FROM facet WHERE kind = ? GROUP BY 1 ORDER BY 2 DESC, 1", (kind,)
        )
        return rows.fetchall()

    def parties(self) -> list[tuple[str, str, str, int]]:
        """Key, name and kinds of each party that is listed, and its number of projects, the largest first."""
        rows = self._conn.execute(
            "SELECT key, name, kinds, count(*) FROM party JOIN facet USING (key) WHERE kind = ? "
            "GROUP BY 1 ORDER BY 4 DESC, 2, 1",
            (Facet.PARTY,),
        )
        return rows.fetchall()

    def lines(self, kind: Facet | None = None, key: str = "") -> Iterator[Line]:
        """All projects, or those of a key, the latest reported first."""
        chosen = "WHERE id IN (SELECT id FROM facet WHERE kind = ? AND key = ?)" if kind else ""
        query = f"SELECT * FROM line {chosen} ORDER BY last DESC, id"  # noqa: S608 -- words of ours
        return (Line(*row) for row in self._conn.execute(query, (kind, key) if kind else ()))

    def close(self) -> None:
        """Let go of all."""
        self._conn.close()
        self._folder.cleanup()
