"""Databases of a PostgreSQL server that tests take one after the other: to empty one costs a fiftieth of copying it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.engine import make_url

LARGE = 30_000_000  # bytes; what a large test leaves would slow down those after it
_SECONDS = 10.0  # for sessions that a test left to end
_SHAPE = sa.text("""
    SELECT md5(string_agg(said, ',' ORDER BY said)) FROM (
        SELECT relname || relkind::text AS said FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT attrelid::regclass || '.' || attname || atttypid || attnotnull FROM pg_attribute
            JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0
        UNION ALL SELECT conname::text FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT tgname || tgenabled::text FROM pg_trigger
        UNION ALL SELECT proname || prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        UNION ALL SELECT setconfig::text FROM pg_db_role_setting
            JOIN pg_database ON pg_database.oid = setdatabase WHERE datname = current_database()
        UNION ALL SELECT version_num FROM alembic_version
    ) AS shape
""")
_OTHERS = sa.text("""
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
""")
_TABLES = sa.text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")


@dataclass(slots=True)
class PostgresPool:
    """Copies of a template database. Each test has one for itself, as empty as a new copy.

    Args:
        server: the URL of the server.
        template: the database that is copied.
    """

    server: str
    template: str
    _free: list[str] = field(default_factory=list)
    _shape: str = ""

    @contextmanager
    def taken(self) -> Iterator[str]:
        """The URL of a database for the time of the block."""
        name = self._free.pop() if self._free else self._copied()
        yield named(self.server, name)
        if self._emptied(name):
            self._free.append(name)
        else:  # its tables are not what they were, or it is large
            ask(self.server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _copied(self) -> str:
        name = f"t{uuid4().hex[:12]}"
        ask(self.server, f"CREATE DATABASE {name} TEMPLATE {self.template}")
        self._shape = self._shape or _shape_of(named(self.server, name))
        return name

    def _emptied(self, name: str) -> bool:
        """Delete all rows; whether the database is as it was when it was copied."""
        try:
            with connected(named(self.server, name)) as conn:
                _end_sessions(conn)
                size = conn.execute(sa.text("SELECT pg_database_size(current_database())")).scalar_one()
                if size > LARGE or conn.execute(_SHAPE).scalar_one() != self._shape:
                    return False
                _empty(conn)
        except sa.exc.DBAPIError:
            return False
        return True


def _end_sessions(conn: sa.Connection) -> None:
    """End what a test left connected: it may hold locks."""
    end = time.monotonic() + _SECONDS
    while conn.execute(_OTHERS).all() and time.monotonic() < end:
        time.sleep(0.01)


def _empty(conn: sa.Connection) -> None:
    tables = [name for name in conn.execute(_TABLES).scalars() if name != "alembic_version"]
    deletions = "; ".join(f'DELETE FROM "{name}"' for name in tables)
    again = "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"
    conn.exec_driver_sql(f"SET session_replication_role = replica; {deletions}; {again}")


def _shape_of(url: str) -> str:
    with connected(url) as conn:
        return str(conn.execute(_SHAPE).scalar_one())


@contextmanager
def connected(url: str) -> Iterator[sa.Connection]:
    """A connection outside any transaction."""
    engine = sa.create_engine(make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as conn:
        yield conn
    engine.dispose()


def ask(server: str, statement: str) -> None:
    """Run a statement about databases, which no transaction may hold."""
    with connected(server) as conn:
        conn.execute(sa.text(statement))


def named(server: str, name: str) -> str:
    """The URL of another database of a server."""
    return make_url(server).set(database=name).render_as_string(hide_password=False)
