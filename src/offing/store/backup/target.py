"""The database into which a backup is restored: what stands in it, and who else has it open."""

from __future__ import annotations

import sqlalchemy as sa

from offing.store.backup.shapes import Shape, count_rows, shapes_of
from offing.store.database.engine import Database, open_database
from offing.store.database.migrate import create_at

_SESSIONS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


def tables_at(revision: str) -> tuple[Shape, ...]:
    """Return the tables of a revision that the code knows."""
    made = open_database("sqlite://")
    create_at(made, revision)
    with made.read() as conn:
        found = shapes_of(lambda statement: conn.exec_driver_sql(statement).all())
    made.close()
    return found


def rows_in(database: Database, revision: str) -> int:
    """Return how many rows stand in a database of a revision that the code knows."""
    with database.read() as conn:
        return count_rows(conn, tables_at(revision))


def other_sessions(conn: sa.Connection) -> int:
    """Return how many other sessions a PostgreSQL database has; 0 for SQLite, which knows only when it is locked."""
    return 0 if conn.dialect.name == "sqlite" else int(conn.exec_driver_sql(_SESSIONS).scalar_one())
