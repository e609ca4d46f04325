"""Loads a backup into PostgreSQL, all in the caller's transaction: it is there whole, or nothing has changed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from offing.store.backup.backup_file import Manifest, TableSum, opened, unusable
from offing.store.backup.shapes import Kind, Progress, Row, Shape, Sum, rows_of, shapes_of
from offing.store.backup.target import tables_at
from offing.store.database.migrate import migrate_within

_SEARCH = "candidate_search"
_STANDS = "alembic_version"
_FOREIGN_KEYS = (
    "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY oid"
)


def load(conn: sa.Connection, file: Path, manifest: Manifest, progress: Progress) -> None:
    """Load a verified backup into a database without offing's tables, at the schema of the backup.

    Args:
        conn: a transaction, which the caller commits.
        file: the backup.
        manifest: what it holds.
        progress: called with the rows loaded, and those of all tables.

    Raises:
        BackupUnusable: a row is one that PostgreSQL does not take, or was not stored as it was.
    """
    migrate_within(conn, manifest.revision)
    with opened(file) as archive, _without_foreign_keys(conn):
        shapes = shapes_of(lambda statement: archive.execute(statement).fetchall())
        done, total = count(1), manifest.rows
        for shape in shapes:
            _copy(conn, archive, shape, file, lambda: progress(next(done), total))
            _compare(conn, shape, manifest, file)
            _set_sequence(conn, shape)


def drop_tables(conn: sa.Connection, revision: str) -> None:
    """Drop offing's tables of a revision from PostgreSQL, and the functions that guard some of them."""
    names = [each.table for each in tables_at(revision)]
    for name in (*names, _SEARCH, _STANDS):
        conn.exec_driver_sql(f'DROP TABLE IF EXISTS "{name}" CASCADE')
        conn.exec_driver_sql(f'DROP FUNCTION IF EXISTS "{name}_appended_only"() CASCADE')


@contextmanager
def _without_foreign_keys(conn: sa.Connection) -> Iterator[None]:
    """While rows are loaded in any order; afterwards the database checks all of them at once."""
    found = conn.exec_driver_sql(_FOREIGN_KEYS).all()
    for table, name, _ in found:
        conn.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    for table, name, definition in found:
        conn.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def _copy(conn: sa.Connection, archive: Any, shape: Shape, file: Path, copied: Callable[[], None]) -> None:
    cursor = conn.connection.cursor()
    rows = archive.execute(f'SELECT {shape.listed} FROM "{shape.table}"')  # noqa: S608 -- names of our own schema
    try:
        with cursor.copy(f'COPY "{shape.table}" ({shape.listed}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(_for_server(row, shape))
                copied()
    except Exception as error:
        if not _is_refusal(error):
            raise
        why = next(iter(str(error).splitlines()), "")
        raise unusable(file, f"PostgreSQL does not take a row of table {shape.table} ({why})") from error
    finally:
        cursor.close()


def _for_server(row: Row, shape: Shape) -> list[Any]:
    return [_text(value, kind) for value, kind in zip(row, shape.kinds, strict=True)]


def _text(value: Any, kind: Kind) -> Any:
    if value is None or kind is Kind.PLAIN:
        return value
    return f"{value}+00" if kind is Kind.MOMENT else str(value)


def _is_refusal(error: Exception) -> bool:
    psycopg = sys.modules["psycopg"]
    return isinstance(error, psycopg.DataError | psycopg.IntegrityError)


def _compare(conn: sa.Connection, shape: Shape, manifest: Manifest, file: Path) -> None:
    """Read a table back and compare it with the backup."""
    found = Sum()
    for rows in rows_of(conn, shape):
        for row in rows:
            found.add(row, shape.kinds)
    if TableSum(found.rows, found.digest) != manifest.tables[shape.table]:
        raise unusable(file, f"the database did not keep table {shape.table} as it is in the backup")


def _set_sequence(conn: sa.Connection, shape: Shape) -> None:
    """Let the next row of a table get a number of its own."""
    if "id" not in shape.columns:
        return
    sequence = conn.exec_driver_sql(f"SELECT pg_get_serial_sequence('\"{shape.table}\"', 'id')").scalar_one()
    if sequence:
        conn.exec_driver_sql(f"SELECT setval('{sequence}', max(id)) FROM \"{shape.table}\" HAVING max(id) IS NOT NULL")  # noqa: S608 -- as above
