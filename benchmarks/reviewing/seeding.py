"""Fill a new database with the generated newsroom, thousands of rows at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

import sqlalchemy as sa

from offing.store.candidates.index import reindex
from offing.store.database.engine import Database
from offing.store.tables import candidate, feed
from reviewing.history import FEEDS, judged, watched
from reviewing.newsroom import NOW, Maker, rows_of

CHUNK = 2_000  # candidates in one transaction
ROWS = 50_000  # other rows in one transaction


def seed(database: Database, count: int) -> None:
    """Fill a new database, and print the indexing time per candidate."""
    maker, spent = Maker(), 0.0
    rest = watched(maker.chance, plain(feed))
    while some := list(islice(rest, ROWS)):
        _write(database, iter(some))
    for first in range(1, count + 1, CHUNK):
        numbers = range(first, min(first + CHUNK, count + 1))
        with database.write() as conn:
            _insert(conn, chain.from_iterable(_all_of(maker, number) for number in numbers))
            started = time.perf_counter()
            reindex(conn, *numbers)
            spent += time.perf_counter() - started
    _settle(database)
    print(f"  indexing {spent / count * 1000:.2f} ms per candidate")


def _settle(database: Database) -> None:
    """Bring a PostgreSQL server to a steady state: set sequences, vacuum and analyze."""
    if database.is_sqlite:
        return
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as conn:
        for table in ("decision", "candidate", "article", "entry", "page", "story", "story_article", "feed"):
            last = f"(SELECT max(id) FROM {table})"
            conn.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {last})")
        conn.exec_driver_sql("VACUUM ANALYZE")


def _all_of(maker: Maker, number: int) -> Iterator[tuple[sa.Table, dict[str, Any]]]:
    for table, row in rows_of(maker, number):
        yield table, {**row, "feed_id": 1 + number % FEEDS} if "feed_id" in row else row
        if table is candidate:
            yield from judged(maker, row)


def _write(database: Database, rows: Iterator[tuple[sa.Table, dict[str, Any]]]) -> None:
    with database.write() as conn:
        _insert(conn, rows)


def _insert(conn: sa.Connection, rows: Iterator[tuple[sa.Table, dict[str, Any]]]) -> None:
    """Insert the rows in bulk, table by table in the order of foreign keys."""
    tables: dict[sa.Table, list[dict[str, Any]]] = {}
    for table, row in rows:
        tables.setdefault(table, []).append({**plain(table), **row})
    for table in _ordered(tables):
        columns = dict.fromkeys(name for row in tables[table] for name in row)
        conn.execute(sa.insert(table), [{name: row.get(name) for name in columns} for row in tables[table]])


def _ordered(tables: dict[sa.Table, Any]) -> Iterator[sa.Table]:
    first = next(iter(tables))
    return (table for table in first.metadata.sorted_tables if table in tables)


def plain(table: sa.Table) -> dict[str, Any]:
    """Return a default value for each column that requires one."""
    empty = {"Integer": 0, "BigInteger": 0, "Boolean": False, "Float": 0.0, "JSON": [], "Moment": NOW, "Text": ""}
    needed = (c for c in table.columns if not c.nullable and c.server_default is None and not c.primary_key)
    return {c.name: empty.get(type(c.type).__name__, "x") for c in needed}
