"""Measure latency, CPU time and query plans of database queries."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from offing.store.database.engine import Database

ROUNDS = 7


def measure(database: Database, ask: Callable[[], Any]) -> tuple[float, float]:
    """Return the median latency and the mean CPU time of a query, in milliseconds, server included."""
    ask()
    postmaster = _postmaster(database)
    rounds, worked = [], time.process_time() + _worked(postmaster)
    for _ in range(ROUNDS):
        started = time.perf_counter()
        ask()
        rounds.append((time.perf_counter() - started) * 1000)
    worked = time.process_time() + _worked(postmaster) - worked
    return statistics.median(rounds), worked / ROUNDS * 1000


def _postmaster(database: Database) -> int | None:
    """Return the process id of PostgreSQL's postmaster; None on SQLite or without /proc."""
    if database.is_sqlite or not Path("/proc/self/stat").exists():
        return None
    with database.read() as conn:
        return _stat(Path(f"/proc/{conn.execute(sa.select(sa.func.pg_backend_pid())).scalar_one()}"))[1]


def _worked(postmaster: int | None) -> float:
    """Return the CPU seconds of a server's processes so far, including those that have ended."""
    if postmaster is None:
        return 0.0
    ticks = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            fields = _stat(process)
        except OSError:
            continue
        if int(process.name) == postmaster:
            ticks += sum(fields[11:15])
        elif fields[1] == postmaster:
            ticks += sum(fields[11:13])
    return ticks / os.sysconf("SC_CLK_TCK")


def _stat(process: Path) -> list[int]:
    """Return the fields of /proc/PID/stat from the process state on; the state, a letter, becomes 0."""
    return [
        int(word) if word.lstrip("-").isdecimal() else 0
        for word in (process / "stat").read_text().rsplit(")")[-1].split()
    ]


@contextmanager
def statements(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """Yield a list that collects the statements sent to the database within the context."""
    seen: list[tuple[str, Any]] = []

    def note(*arguments: Any) -> None:
        seen.append((arguments[2], arguments[3]))

    sa.event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(database.engine, "before_cursor_execute", note)


def explain(database: Database, ask: Callable[[], Any]) -> None:
    """Print the time and query plan of each statement."""
    with statements(database) as seen:
        ask()
    prefix = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN ANALYZE "
    with database.read() as conn:
        for statement, parameters in list(seen):
            if statement.startswith(("BEGIN", "PRAGMA")):
                continue
            started = time.perf_counter()
            conn.exec_driver_sql(statement, parameters).all()
            print(f"      {(time.perf_counter() - started) * 1000:7.1f} ms  {' '.join(statement.split())[:150]}")
            for row in conn.exec_driver_sql(prefix + statement, parameters):
                print(f"                  {row[-1]}")
