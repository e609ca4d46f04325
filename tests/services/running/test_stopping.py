"""A stop on request: what is begun may end; then it is given back, and nothing of it is lost."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
import sqlalchemy as sa

from offing.model.operation.run import Ending, Outcome, Tally, WorkItem
from offing.model.reading.rules import ScoringRules
from offing.model.sources.policy import FetchPolicy
from offing.model.values.vocabulary import Verb
from offing.net.client import Client
from offing.services.pipeline.runner import Change, Runner
from offing.services.running import stopping
from offing.services.running.run_context import RunContext, utc_now
from offing.services.running.stopping import Stop, stopped_by_signals
from offing.services.running.workers import Workers
from offing.store.database.engine import Database
from offing.store.runs.run import end_run, start_run
from offing.store.runs.work import enqueue
from offing.store.tables import outcome, work

POLICY = FetchPolicy(user_agent="offing-test")


@dataclass(frozen=True)
class Sleeping:
    """A step whose items sleep in a worker, so many seconds as the item's number says; `begun` is set by the first."""

    context: RunContext
    begun: threading.Event
    verb: Verb = Verb.EXTRACT
    only: frozenset[int] | None = None

    async def handle(self, item: WorkItem) -> Change:
        """Sleep in a worker."""
        self.begun.set()
        await self.context.workers.call(time.sleep, item.item_id, seconds=300)
        return lambda _: Outcome(Ending.DONE)


@pytest.fixture
def stop() -> Iterator[Stop]:
    """A stop that has not been asked for."""
    return Stop()


def run_sleeping(database: Database, stop: Stop, items: tuple[int, ...], *, give_up: bool) -> Tally:
    """Run the sleeping step, ask for a stop once an item has begun, and break it off a moment later or not."""
    begun = threading.Event()

    async def go() -> Tally:
        async with Client(POLICY) as client:
            with Workers((), 1) as workers:
                context = RunContext(database, client, workers, POLICY, ScoringRules(0.5, 0.0, {}, {}))
                with database.write() as conn:
                    run_id = start_run(conn, "test", "here", 1, utc_now())
                    for number in items:
                        enqueue(conn, Verb.EXTRACT, number, utc_now() - timedelta(seconds=1))
                runner = Runner(context, run_id, 2, stop=stop)
                task = asyncio.create_task(runner.run([Sleeping(context, begun)]))
                loop = asyncio.get_running_loop()
                with stop.heard(lambda: None, lambda: loop.call_soon_threadsafe(task.cancel), lambda: None):
                    try:
                        await task
                    except asyncio.CancelledError:
                        assert stop.over
                    finally:
                        context.close()
        with database.write() as conn:
            end_run(conn, run_id, utc_now(), 0, {})
        return runner.tally

    def ask() -> None:
        assert begun.wait(60)
        stop.ask()
        if give_up:
            stop.end()

    asking = threading.Thread(target=ask)
    asking.start()
    tally = asyncio.run(go())
    asking.join()
    return tally


def test_a_long_job_is_broken_off_and_given_back(database: Database, stop: Stop) -> None:
    """A worker that would take five minutes is killed at once; the item has no outcome, no try, no lease."""
    began = time.monotonic()
    tally = run_sleeping(database, stop, (299,), give_up=True)
    assert time.monotonic() - began < 20
    assert tally.endings == {}
    with database.read() as conn:
        row = conn.execute(sa.select(work)).one()
        assert (row.lease, row.lease_until, row.tries, row.quarantined_at, row.done_at) == (None, None, 0, None, None)
        assert row.due_at <= utc_now()
        assert conn.execute(sa.select(sa.func.count()).select_from(outcome)).scalar_one() == 0


def test_a_short_job_has_its_time(database: Database, stop: Stop) -> None:
    """What ends by itself is done, and what had not begun is left as it was."""
    tally = run_sleeping(database, stop, (1, 2, 3, 4), give_up=False)
    assert tally.endings[Verb.EXTRACT][Ending.DONE] == 2
    with database.read() as conn:
        left = conn.execute(sa.select(work.c.item_id).where(work.c.done_at.is_(None)).order_by(work.c.id)).scalars()
        assert list(left) == [3, 4]


def test_who_comes_late_is_reported_too(stop: Stop) -> None:
    """A run that begins after the request, or after its time, hears of both at once; who has left hears nothing."""
    told: list[str] = []
    with stop.heard(lambda: told.append("early"), lambda: None, lambda: None):
        pass
    stop.ask()
    stop.end()
    with stop.heard(lambda: told.append("asked"), lambda: told.append("over"), lambda: told.append("last")):
        assert told == ["asked", "over"]
        stop.say()
    assert told == ["asked", "over", "last"]


def test_signals_ask_for_a_stop_and_are_given_back(stop: Stop) -> None:
    """SIGTERM and SIGINT reach who listens, from whatever the main thread does; afterwards they mean what they did."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    with stopped_by_signals(stop):
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.wait(10)
        assert not stop.over
    assert {number: signal.getsignal(number) for number in before} == before
    assert signal.set_wakeup_fd(-1) == -1
    other = Stop()
    with stopped_by_signals(other):
        os.kill(os.getpid(), signal.SIGINT)
        assert other.wait(10)


def test_what_has_had_its_time_is_reported(stop: Stop, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the grace the request says that what is begun is to be given back."""
    monkeypatch.setattr(stopping, "GRACE", 0.05)
    over = threading.Event()
    with stop.heard(lambda: None, over.set, lambda: None), stopped_by_signals(stop):
        os.kill(os.getpid(), signal.SIGINT)
        assert over.wait(10)
