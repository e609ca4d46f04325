"""Gives the room of deleted rows back to the disk."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from offing.store.database.engine import Database

_WAL = "PRAGMA wal_checkpoint(TRUNCATE)"


def size_in_bytes(database: Database) -> int:
    """Return how much room a database takes on its disk: an SQLite file with its write-ahead log."""
    if not database.is_sqlite:
        with database.read() as conn:
            return int(conn.execute(sa.select(sa.func.pg_database_size(sa.func.current_database()))).scalar_one())
    file = str(database.engine.url.database)
    return sum(path.stat().st_size for path in map(Path, (file, f"{file}-wal")) if path.exists())


def vacuum(database: Database) -> None:
    """Rewrite an SQLite file, which takes as much room again meanwhile; on PostgreSQL, VACUUM and ANALYZE.

    Raises:
        MachineTrouble: the disk has no room for it, or the database is locked or away.
    """
    statements = ("VACUUM", "PRAGMA optimize", _WAL) if database.is_sqlite else ("VACUUM (ANALYZE)",)
    with database.translated(), database.engine.connect() as conn:
        raw = conn.connection.driver_connection
        assert raw is not None
        if not database.is_sqlite:
            raw.autocommit = True
        try:
            for statement in statements:
                raw.execute(statement)
        finally:
            if not database.is_sqlite:
                raw.autocommit = False
