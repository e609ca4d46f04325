"""The tables of a backup, and their rows in the one form in which they are stored, digested and compared.

That form is SQLite's own: text, whole numbers, floating-point numbers, bytes and NULL. Times are UTC without a zone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa

from offing.store.database.dialect import of_dialect

Row = Sequence[Any]
Progress = Callable[[int, int], None]  # rows done, of how many
REVISION = "alembic_version"
PORTION = 100  # rows held in memory at a time: a page's content can have megabytes
_OURS = "offing_backup"  # prefix of the tables that say what a backup holds
_WHOLE = len("2026-01-01 00:00:00.000000")
_DIGEST_BYTES = 16
_DIGESTS = 1 << 8 * _DIGEST_BYTES


class Kind(StrEnum):
    """What a column holds, as far as its form differs between the databases."""

    PLAIN = "plain"
    JSON = "json"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Shape:
    """A table: its name, and its columns in the order of their names, which is the same on either database."""

    table: str
    columns: tuple[str, ...]
    kinds: tuple[Kind, ...]

    @property
    def listed(self) -> str:
        """The columns, quoted and separated by commas."""
        return ", ".join(f'"{name}"' for name in self.columns)

    @property
    def listed_as_text(self) -> str:
        """The same for PostgreSQL, with JSON as text: a driver would return JSON's null as if it were SQL's."""
        columns = zip(self.columns, self.kinds, strict=True)
        return ", ".join(f'"{name}"::text' if kind is Kind.JSON else f'"{name}"' for name, kind in columns)


@dataclass(slots=True)
class Sum:
    """The number of rows of a table, and a digest that does not depend on their order."""

    rows: int = 0
    total: int = 0

    def add(self, row: Row, kinds: Sequence[Kind]) -> None:
        """Count a row in its stored form."""
        pairs = zip(row, kinds, strict=True)
        same = repr([value if kind is Kind.PLAIN else _comparable(value, kind) for value, kind in pairs])
        digest = blake2b(same.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).digest()
        self.total = (self.total + int.from_bytes(digest)) % _DIGESTS
        self.rows += 1

    @property
    def digest(self) -> str:
        """The digest in hexadecimal digits."""
        return f"{self.total:0{2 * _DIGEST_BYTES}x}"


def shapes_of(execute: Callable[[str], Any]) -> tuple[Shape, ...]:
    """Return the tables of an SQLite database that a backup holds.

    Those with the words of candidates are left out, since each database has them in a form of its own; they are
    rebuilt.

    Args:
        execute: runs a statement of SQL there, and returns its rows.
    """
    listed = [(row[1], row[2]) for row in execute("PRAGMA table_list")]
    names = sorted(name for name, kind in listed if kind == "table" and not _is_other(name))
    return tuple(_shape(name, execute(f'PRAGMA table_info("{name}")')) for name in names)


def _is_other(table: str) -> bool:
    return table == REVISION or table.startswith(("sqlite_", _OURS))


def _shape(table: str, columns: Any) -> Shape:
    kinds = {"JSON": Kind.JSON, "DATETIME": Kind.MOMENT}
    found = sorted((row[1], kinds.get(row[2], Kind.PLAIN)) for row in columns)
    return Shape(table, tuple(name for name, _ in found), tuple(kind for _, kind in found))


def count_rows(conn: sa.Connection, shapes: Sequence[Shape]) -> int:
    """Return how many rows some tables have together."""
    asked = (f'SELECT count(*) FROM "{each.table}"' for each in shapes)  # noqa: S608 -- names of our own schema
    return sum(conn.exec_driver_sql(each).scalar_one() for each in asked)


def rows_of(conn: sa.Connection, shape: Shape) -> Iterator[list[list[Any]]]:
    """Yield the rows of a table in their stored form, some at a time, whatever the size of the table."""
    listed = of_dialect(conn.dialect, sqlite=shape.listed, postgresql=shape.listed_as_text)
    asked = f'SELECT {listed} FROM "{shape.table}"'  # noqa: S608 -- names of our own schema
    found = conn.exec_driver_sql(asked, execution_options={"stream_results": True, "max_row_buffer": PORTION})
    for some in found.partitions(PORTION):
        yield [[_stored(value) for value in row] for row in some]


def _stored(value: Any) -> Any:
    """Return a value of either driver as SQLite stores it."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return (value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value).isoformat(" ", "microseconds")
    return value.isoformat() if isinstance(value, date) else value


def _comparable(value: Any, kind: Kind) -> Any:
    """Return a stored value without what may differ between two databases that hold the same."""
    if value is None:
        return None
    if kind is Kind.JSON:
        return _comparable_json(json.loads(value) if isinstance(value, str | bytes) else value)
    text = str(value)
    return text if len(text) == _WHOLE else datetime.fromisoformat(text).isoformat(" ", "microseconds")


def _comparable_json(value: Any) -> Any:
    if isinstance(value, dict):
        return sorted((key, _comparable_json(inner)) for key, inner in value.items())
    if isinstance(value, list):
        return [_comparable_json(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
