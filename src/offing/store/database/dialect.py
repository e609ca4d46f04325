"""Differences between SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any, TypeVar

import sqlalchemy as sa

_T = TypeVar("_T")


def of_dialect(dialect: sa.Dialect, *, sqlite: _T, postgresql: _T) -> _T:
    """Return the one of two values for this database."""
    return {"sqlite": sqlite, "postgresql": postgresql}[dialect.name]


def by_characters(dialect: sa.Dialect, column: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    """Return a text to sort by its characters, whatever language the database sorts by."""
    return of_dialect(dialect, sqlite=column, postgresql=column.collate("C"))


def characters_of(dialect: sa.Dialect, column: sa.ColumnElement[Any]) -> sa.ScalarSelect[Any]:
    """Return the characters of the texts in a JSON list, counted by the database."""
    texts = of_dialect(
        dialect,
        sqlite=sa.func.json_each(column).table_valued("value"),
        postgresql=sa.func.jsonb_array_elements_text(column).table_valued("value").render_derived(),
    )
    return sa.select(sa.func.coalesce(sa.func.sum(sa.func.length(texts.c.value)), 0)).scalar_subquery()


def lock(conn: sa.Connection, key: int) -> None:
    """Hold an exclusive lock by number until the end of this transaction; SQLite has one writer anyway."""
    held = of_dialect(conn.dialect, sqlite=sa.literal(key), postgresql=sa.func.pg_advisory_xact_lock(key))
    conn.execute(sa.select(held))
