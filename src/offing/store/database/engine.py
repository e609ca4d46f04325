"""Opens a database: SQLite (WAL, BEGIN IMMEDIATE, the fixed library) or PostgreSQL (psycopg 3)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from offing.errors import DatabaseError, OffingError
from offing.private import make_private
from offing.redaction import remember_login
from offing.store.database.dialect import of_dialect
from offing.store.database.trouble import database_trouble, place_of

BUSY_SECONDS = 10.0  # how long SQLite waits for another process's lock before it fails
_FORM = (
    "use sqlite:///FILE or postgresql://user:password@host/name, where @ : / # ? % in a password are written "
    "%40 %3A %2F %23 %3F %25"
)
LAYERS = "offing_layers"  # execution option of a site's database


@dataclass(frozen=True, slots=True)
class Database:
    """A database for short read and write transactions.

    A transaction never spans network, file or model work. Trouble of the database, the disk or the machine
    is raised as `MachineTrouble`, whatever the driver raised; the transaction is then rolled back and may be repeated.
    """

    engine: sa.Engine

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction that may write; committed at the end, rolled back by an exception."""
        with self.translated(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A transaction that only reads; on SQLite it waits for no writer."""
        engine = self.engine.execution_options(offing_read=True)
        with self.translated(), engine.connect() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[sa.Connection]:
        """A transaction that reads the same state throughout, however long it takes and whatever others write."""
        with self.read() as connection:
            if not self.is_sqlite:
                connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield connection

    @contextmanager
    def translated(self) -> Iterator[None]:
        """The single place where driver exceptions become trouble of the machine, or stay a fault of ours."""
        try:
            yield
        except OffingError:
            raise
        except Exception as error:
            found = database_trouble(error, place_of(self.engine.url))
            if found is None:
                raise
            raise found from error

    def of_site(self, layers: object) -> Database:
        """Return the same database, whose transactions carry the site's config layers."""
        return Database(self.engine.execution_options(**{LAYERS: layers}))

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file rather than a server."""
        return self.engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_database(url: str, busy: float = BUSY_SECONDS) -> Database:
    """Return the database of an SQLAlchemy URL; nothing is connected or created yet.

    Args:
        url: in SQLAlchemy's form.
        busy: seconds for which SQLite waits for the lock of another process.

    Raises:
        DatabaseError: the URL is unreadable, or names an unsupported database or one whose driver is missing.
    """
    parsed = _parsed(url)
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return Database(_sqlite(parsed, busy))
    if backend == "postgresql":
        return Database(_postgres(parsed))
    raise DatabaseError(f"{backend} is not supported; use sqlite:///FILE or postgresql://…")


def _postgres(url: sa.URL) -> sa.Engine:
    """Return a PostgreSQL engine.

    Raises:
        DatabaseError: its driver is not installed.
    """
    driven = url.set(drivername="postgresql+psycopg")
    try:  # plan each statement for its values: a generic plan can take minutes for some
        return sa.create_engine(driven, pool_pre_ping=True, connect_args={"prepare_threshold": None})
    except ImportError as error:
        raise DatabaseError(
            f"PostgreSQL needs a driver that is not here ({error}): pip install 'offing[postgres]'"
        ) from None


def _parsed(url: str) -> sa.URL:
    """Return the parts of a database URL. Errors quote none of them: the password may be anywhere in an unreadable one.

    Raises:
        DatabaseError: it is not a URL, or holds a character that must be escaped.
    """
    try:
        parsed = make_url(url)
        remember_login(parsed.username or "", parsed.password or "")
        backend = parsed.get_backend_name()
    except (sa.exc.SQLAlchemyError, ValueError):
        parsed = None
    if parsed is None or not backend:
        raise DatabaseError(f"OFFING_DATABASE is not a database URL: {_FORM}") from None
    if backend != "sqlite" and url.count("@") > 1:  # host and parameters could begin in the password
        raise DatabaseError(f"OFFING_DATABASE has an @ too many, in its password, name or parameters: {_FORM}")
    return parsed


def day_of(conn: sa.Connection, moment: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """Return the UTC day of a moment as ISO 8601, for grouping."""
    return of_dialect(
        conn.dialect,
        sqlite=sa.func.substr(sa.type_coerce(moment, sa.Text()), 1, 10),
        postgresql=sa.func.to_char(sa.func.timezone("UTC", moment), sa.literal_column("'YYYY-MM-DD'")),
    )


def sqlite_driver() -> Any:
    """Return the module that opens SQLite files here; the system's SQLite may lack the WAL-reset fix of 3.51.3."""
    if sys.platform == "linux":
        import pysqlite3.dbapi2 as driver
    else:
        import sqlite3 as driver
    return driver


def _sqlite(url: sa.URL, busy: float) -> sa.Engine:
    options = {"timeout": busy, "check_same_thread": False}
    engine = sa.create_engine(url, connect_args=options, module=sqlite_driver())
    sa.event.listen(engine, "do_connect", _make_file)
    sa.event.listen(engine, "connect", _prepare_connection)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _make_file(_: Any, __: Any, arguments: list[Any], ___: Any) -> None:
    """Create a new file that only its owner may read; SQLite gives its -wal and -shm files the same mode."""
    name = str(arguments[0]) if arguments else ""
    if name and name != ":memory:" and not name.startswith("file:"):
        with suppress(OSError):  # SQLite reports why it cannot be opened
            make_private(name)


def _prepare_connection(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin`, not by the driver
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    connection.create_function("lower", 1, _lower, deterministic=True)  # SQLite's own handles ASCII letters only


def _lower(text: object) -> object:
    return text.lower() if isinstance(text, str) else text


def _begin(connection: sa.Connection) -> None:
    """Writers take the lock at once: a deferred transaction that upgrades fails instead of waiting."""
    read = connection.get_execution_options().get("offing_read")
    connection.exec_driver_sql("BEGIN" if read else "BEGIN IMMEDIATE")
