"""Helpers for INSERT … ON CONFLICT in both dialects, and for existence checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from offing.store.database.dialect import of_dialect


def insert(conn: sa.Connection, table: sa.Table) -> Any:
    """Return an INSERT of the connection's own dialect, which supports ON CONFLICT."""
    make: Any = of_dialect(conn.dialect, sqlite=sqlite.insert, postgresql=postgresql.insert)
    return make(table)


def insert_new(conn: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> int | None:
    """Insert a row; return its id, or None if its key exists already, in which case nothing changes."""
    statement = insert(conn, table).values(**row).on_conflict_do_nothing().returning(table.c.id)
    found: int | None = conn.execute(statement).scalar_one_or_none()
    return found


def add(conn: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> int:
    """Insert a row whose key cannot exist yet; return its id.

    Raises:
        sqlalchemy.exc.IntegrityError: it does.
    """
    return int(conn.execute(sa.insert(table).values(**row).returning(table.c.id)).scalar_one())


def is_any(conn: sa.Connection, chosen: sa.Select[Any]) -> bool:
    """Return whether a query finds any row."""
    return bool(conn.execute(sa.select(chosen.exists())).scalar_one())


def put(conn: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> None:
    """Insert a row, or replace the one with its primary key."""
    keys = [column.name for column in table.primary_key]
    rest = {name: value for name, value in row.items() if name not in keys}
    conn.execute(insert(conn, table).values(**row).on_conflict_do_update(index_elements=keys, set_=rest))
