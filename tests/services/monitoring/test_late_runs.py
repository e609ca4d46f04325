"""Runs that are later than their schedule allows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from offing.errors import MachineTrouble
from offing.model.sources.policy import PipelineSpec
from offing.services.monitoring.late_runs import LateRun, late_runs
from offing.store import tables
from offing.store.database.engine import Database

NOW = datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
HOURLY = PipelineSpec("hourly", "", ("poll",), "7 * * * *", max_minutes=50)
DAILY = PipelineSpec("daily", "", ("poll",), "30 4 * * *", max_minutes=170)

Run = Callable[..., int]


def at(hour: int, minute: int = 0) -> datetime:
    """A time of the day at hand."""
    return NOW.replace(hour=hour, minute=minute)


@pytest.fixture
def run(sqlite_database: Database) -> Run:
    """A function that stores a run; its id."""

    def add(pipeline: str, started: datetime, ended: datetime | None, exit_code: int | None = 0) -> int:
        row = {"pipeline": pipeline, "host": "h", "process": 1, "started_at": started, "ended_at": ended}
        with sqlite_database.write() as conn:
            made = sa.insert(tables.run).values(**row, exit_code=exit_code if ended else None)
            return int(conn.execute(made.returning(tables.run.c.id)).scalar_one())

    return add


def test_a_turn_that_nobody_took_is_late(sqlite_database: Database, run: Run) -> None:
    """It counts from the turn, once a run that began then would have reached its limit; one never run is left out."""
    assert late_runs(sqlite_database, (HOURLY, DAILY), NOW) == ()
    run("hourly", at(3, 7), at(3, 30))
    due = at(4, 7)
    assert late_runs(sqlite_database, (HOURLY, DAILY), due + timedelta(minutes=60)) == ()
    late = timedelta(minutes=61)
    assert late_runs(sqlite_database, (HOURLY, DAILY), due + late) == (LateRun("hourly", due, late),)
    assert late_runs(sqlite_database, (DAILY,), NOW) == ()


def test_what_waits_for_another_run_is_not_late(sqlite_database: Database, run: Run) -> None:
    """While another is at work within its limit, and for its own limit after that."""
    run("hourly", at(3, 7), at(3, 30))
    working = run("daily", at(4, 30), None)
    lock = {"name": "run", "run_id": working, "holder": "h", "until": at(9)}
    with sqlite_database.write() as conn:
        conn.execute(sa.insert(tables.run_lock).values(lock))
    both = (HOURLY, DAILY)
    assert late_runs(sqlite_database, both, at(7, 25)) == ()
    assert [each.pipeline for each in late_runs(sqlite_database, both, at(7, 31))] == ["hourly"]
    with sqlite_database.write() as conn:
        conn.execute(sa.update(tables.run).where(tables.run.c.id == working).values(ended_at=at(7, 20), exit_code=0))
        conn.execute(sa.update(tables.run_lock).values(run_id=None))
    assert late_runs(sqlite_database, both, at(8, 15)) == ()
    assert [each.pipeline for each in late_runs(sqlite_database, both, at(8, 31))] == ["hourly"]


def test_a_dead_or_broken_run_is_no_run(sqlite_database: Database, run: Run) -> None:
    """One that holds an old lock, one that the machine stopped, and one that a fast clock wrote."""
    run("hourly", at(2, 7), at(2, 30))
    run("hourly", at(6, 7), at(6, 30), MachineTrouble.exit_code)
    run("hourly", NOW + timedelta(days=2), NOW + timedelta(days=2))
    dead = run("hourly", at(7, 7), None)
    lock = {"name": "run", "run_id": dead, "holder": "h", "until": at(7, 12)}
    with sqlite_database.write() as conn:
        conn.execute(sa.insert(tables.run_lock).values(lock))
    assert [each.due for each in late_runs(sqlite_database, (HOURLY,), NOW)] == [at(3, 7)]
