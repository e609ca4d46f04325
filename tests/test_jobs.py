"""Jobs: pipelines on their schedules; what was missed is run once."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Queue
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from filelock import FileLock

from offing.config.files.layers import Layers
from offing.errors import MachineTrouble
from offing.fetch_policy import fetch_policy
from offing.jobs import Turns, make_scheduler, missed, trigger
from offing.model.sources.policy import PipelineSpec, RetryScope
from offing.services.pipeline.run import Plant, RunReport
from offing.services.running.retrying import Waits
from offing.services.running.run_lock import lock_path
from offing.settings import Settings
from offing.store.database.engine import Database, open_database
from offing.store.runs.run import last_runs, start_run
from offing.store.tables import run
from services.disturbed import holder

SPEC = PipelineSpec("hourly", "d", ("extract",), "7 * * * *")
NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)


def plant(database: Database) -> Plant:
    """What runs are made with."""
    return Plant(database, Layers.of(), fetch_policy(Settings(), Layers.of()))


def test_the_environment_lies_over_the_policy() -> None:
    """Delay, scope and allowed hosts of the environment win."""
    settings = Settings(
        allowed_hosts=frozenset({("127.0.0.1", 80)}), host_delay=timedelta(0), retry_scope=RetryScope.FEED
    )
    policy = fetch_policy(settings, Layers.of())
    assert policy.allowed == {("127.0.0.1", 80)}
    assert policy.host_delay == timedelta(0)
    assert policy.retry_scope is RetryScope.FEED


def test_missed_turns_are_seen_once(sqlite_database: Database) -> None:
    """A pipeline that ran two days ago has missed its turn; one that never ran has not."""
    assert not missed(sqlite_database, SPEC, NOW)
    with sqlite_database.write() as conn:
        start_run(conn, "hourly", "here", 1, NOW - timedelta(days=2))
    assert missed(sqlite_database, SPEC, NOW)
    with sqlite_database.write() as conn:
        start_run(conn, "hourly", "here", 1, NOW - timedelta(minutes=1))
    assert not missed(sqlite_database, SPEC, NOW)


def test_monday_is_monday() -> None:
    """Weekdays are numbered as cron numbers them, in what the scheduler is given too."""
    monday = trigger(replace(SPEC, schedule="0 9 * * 1")).get_next_fire_time(None, NOW)
    assert (f"{monday:%a %H:%M}", monday.date().isoformat()) == ("Mon 09:00", "2026-03-02")
    working = trigger(replace(SPEC, schedule="0 9 * * 1-5"))
    days, last = set(), NOW
    for _ in range(5):
        last = working.get_next_fire_time(last, NOW)
        days.add(f"{last:%a}")
    assert days == {"Mon", "Tue", "Wed", "Thu", "Fri"}
    exactly = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert working.get_next_fire_time(None, exactly) == exactly


def test_a_daily_turn_comes_once_a_local_day_over_the_clock_change() -> None:
    """In the nights in which clocks change a daily job runs once."""
    daily = trigger(replace(SPEC, schedule="30 4 * * *", timezone="Europe/Berlin"))
    zone = ZoneInfo("Europe/Berlin")
    for start in (datetime(2026, 3, 27, 12, tzinfo=zone), datetime(2026, 10, 23, 12, tzinfo=zone)):
        turns, last, now = [], None, start
        for _ in range(4):
            last = daily.get_next_fire_time(last, now)
            turns.append(last.date())
            now = (last.astimezone(UTC) + timedelta(seconds=1)).astimezone(zone)
        assert len(set(turns)) == 4


def test_the_scheduler_catches_up_and_tells(sqlite_database: Database, tmp_path: Path) -> None:
    """After a pause the missed turn runs at once, one time, and its report is told."""
    with sqlite_database.write() as conn:
        start_run(conn, "hourly", "here", 1, datetime.now(UTC) - timedelta(days=2))
    told: list[tuple[str, RunReport]] = []
    made = plant(sqlite_database)
    turns = Turns(made, lambda name, report: told.append((name, report)))
    scheduler = make_scheduler(sqlite_database, turns, {"hourly": SPEC})
    scheduler.start()
    turns.start()
    end = time.monotonic() + 20
    while not told and time.monotonic() < end:
        time.sleep(0.05)
    scheduler.shutdown()
    made.stop.ask()
    turns.join()
    assert [name for name, _ in told] == ["hourly"]
    assert told[0][1].exit_code == 0


def stopped(turns: Turns, made: Plant) -> None:
    """End the thread of the turns."""
    made.stop.ask()
    turns.join()


def test_a_turn_waits_for_the_run_at_work(database: Database) -> None:
    """The daily pipeline that comes while another run is at work runs afterwards, once, however often it came."""
    told: list[str] = []
    done, made = threading.Event(), plant(database)

    def tell(name: str, _report: RunReport) -> None:
        told.append(name)
        if len(told) == 2:
            done.set()

    turns = Turns(made, tell, timedelta(milliseconds=50))
    daily = replace(SPEC, name="daily")
    with FileLock(lock_path(database)):
        turns.start()
        for spec in (daily, SPEC, SPEC, SPEC):
            turns.put(spec)
        assert not done.wait(0.5)
    assert done.wait(30)
    stopped(turns, made)
    assert told == ["daily", "hourly"]
    with database.read() as conn:
        assert len(last_runs(conn)) == 2
        assert conn.execute(sa.select(sa.func.count()).select_from(run)).scalar_one() == 2


def test_two_turns_of_one_service_come_one_after_the_other(database: Database) -> None:
    """What comes while a run of the same service is at work is run after it; none is dropped."""
    told: list[str] = []
    done, made = threading.Event(), plant(database)

    def tell(name: str, _report: RunReport) -> None:
        told.append(name)
        if name == "hourly":
            turns.put(replace(SPEC, name="daily"))
            turns.put(replace(SPEC, name="weekly"))
            turns.put(replace(SPEC, name="daily"))
        done.set() if len(told) == 3 else None

    turns = Turns(made, tell)
    turns.start()
    turns.put(SPEC)
    assert done.wait(30)
    stopped(turns, made)
    assert told == ["hourly", "daily", "weekly"]


def test_a_stop_ends_the_waiting(sqlite_database: Database) -> None:
    """Nobody waits for a run elsewhere once a stop is asked for; what fails does not end the turns."""
    made = plant(sqlite_database)
    turns = Turns(made, lambda *_: None)
    with FileLock(lock_path(sqlite_database)):
        turns.start()
        turns.put(SPEC)
        began = time.monotonic()
        stopped(turns, made)
        assert time.monotonic() - began < 2
    assert not turns.alive


def test_a_turn_that_fails_leaves_the_others(sqlite_database: Database) -> None:
    """A fault in one run, or in telling of it, goes to the log; the next turn is run."""
    told, made = threading.Event(), plant(sqlite_database)

    def tell(name: str, _report: RunReport) -> None:
        if name == "hourly":
            raise ValueError("odd")
        told.set()

    turns = Turns(made, tell)
    turns.start()
    turns.put(SPEC)
    turns.put(replace(SPEC, name="daily"))
    assert told.wait(30)
    stopped(turns, made)


def test_a_turn_that_trouble_stops_is_reported_and_the_next_one_runs(sqlite_database: Database) -> None:
    """The service outlives a database that another process holds."""
    database = open_database(str(sqlite_database.engine.url), 0.1)
    told: Queue[RunReport | MachineTrouble] = Queue()
    made = replace(plant(database), waits=Waits(timedelta(0), timedelta(0), timedelta(0)))
    turns = Turns(made, lambda _, report: told.put(report), on_trouble=lambda _, trouble: told.put(trouble))
    with holder(database) as other:
        other.take()
        turns.start()
        turns.put(SPEC)
        trouble = told.get(timeout=30)
        other.give()
        turns.put(SPEC)
        done = told.get(timeout=30)
        stopped(turns, made)
    database.close()
    assert isinstance(trouble, MachineTrouble)
    assert "is locked by another process" in str(trouble)
    assert isinstance(done, RunReport)
    assert done.exit_code == 0
