"""A database with a row in every table, of values that are hard to keep."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from itertools import count
from typing import Any

import sqlalchemy as sa

from offing.store.database.engine import Database
from offing.store.tables import metadata

WORDS = "Zürich 华为 'O''Hara' \\N \\t\t\n\r\"%s\" %(x)s :id 🚂"
AT = datetime(2026, 3, 5, 8, 0, 0, 120_000, tzinfo=timezone(timedelta(hours=3)))
JSON = ({"b": [1, 2.5, 1e-7, None, True], "a": WORDS, "c": {}}, None, [], 3, 4.0, "word", {"é": 10**15})
_numbers = count()


def fill(database: Database, rows: int = 3) -> dict[str, int]:
    """Put some rows into every table; each row refers to rows of its own number. Returns the rows of each table."""
    with database.write() as conn:
        if database.is_sqlite:
            conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for table in metadata.sorted_tables:
            for number in range(1, rows + 1):
                conn.execute(sa.insert(table).values({c.name: _value(c, number) for c in table.columns}))
    with database.read() as conn:
        return {
            table.name: conn.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }


def _value(column: sa.Column[Any], number: int) -> object:
    kind = column.type
    keys = list(column.foreign_keys)
    if keys:
        if column.nullable and (keys[0].column.table is column.table or number == 2):
            return None
        return _value(keys[0].column, number)
    if allowed := _allowed(column):
        return allowed[number % len(allowed)]
    if isinstance(kind, sa.JSON):
        return JSON[next(_numbers) % len(JSON)] if column.nullable else JSON[0]
    if isinstance(kind, sa.types.TypeDecorator):
        return AT + timedelta(days=number)
    return _plain(kind, number)


def _plain(kind: sa.types.TypeEngine[Any], number: int) -> object:
    if isinstance(kind, sa.LargeBinary):
        return bytes(range(256)) * number
    if isinstance(kind, sa.Boolean):
        return number % 2 == 0
    if isinstance(kind, sa.Float):
        return (0.1 + 0.2, 1e300, 7.0)[number % 3]
    if isinstance(kind, sa.Integer):
        return number
    if isinstance(kind, sa.Date):
        return date(2026, 3, number)
    long = f"{number} {WORDS}"
    return long[: getattr(kind, "length", None) or len(long)]


def _allowed(column: sa.Column[Any]) -> list[str]:
    """The words that a check of the table allows in a column."""
    for check in (*column.constraints, *column.table.constraints):
        if isinstance(check, sa.CheckConstraint) and str(check.sqltext).startswith(f"{column.name} IN"):
            return re.findall(r"'([^']*)'", str(check.sqltext))
    return []
