"""Databases of an older schema with rows in them, for tests of what an upgrade keeps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import command

from offing.store.database import migrate
from offing.store.database.engine import Database, open_database
from offing.store.database.migrate import upgrade


@dataclass(frozen=True)
class OldTables:
    """The tables as they were; `put` adds a row and fills in whatever the schema demands."""

    conn: sa.Connection
    now: datetime
    tables: sa.MetaData = field(default_factory=sa.MetaData)

    def put(self, name: str, **values: Any) -> Any:
        """Add a row, with some value in each column that needs one and was given none; returns its (first) key."""
        table = self.tables.tables[name]
        needed = {c.name: self._any(c) for c in table.columns if not c.nullable and c.server_default is None}
        row = {**needed, **values}
        if "id" not in values:
            row.pop("id", None)  # the database gives it
        keys = table.primary_key.columns
        return self.conn.execute(sa.insert(table).values(**row).returning(*keys)).one()[0]

    def _any(self, column: sa.Column[Any]) -> object:
        """Some value that a column takes."""
        kind = column.type
        if isinstance(kind, sa.LargeBinary):
            return b""
        if isinstance(kind, sa.DateTime):
            return self.now if getattr(kind, "timezone", False) else self.now.replace(tzinfo=None)
        if isinstance(kind, sa.Boolean):
            return False
        return 0 if isinstance(kind, (sa.Integer, sa.Numeric, sa.Float)) else ""


def upgraded_from(url: str, revision: str, now: datetime, fill: Callable[[OldTables], None]) -> Database:
    """A database that stood at a revision, was filled there, and was brought to today's schema."""
    opened = open_database(url)
    with opened.engine.connect() as conn:
        config = migrate._config()
        config.attributes["connection"] = conn
        command.upgrade(config, revision)
        old = OldTables(conn, now)
        old.tables.reflect(conn)
        fill(old)
        conn.commit()
    upgrade(opened)
    return opened
