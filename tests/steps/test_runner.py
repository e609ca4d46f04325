"""The runner: every item ends in one outcome; a fault of ours sets one item aside and stops no other."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
import sqlalchemy as sa

from odd_jobs import commit_suicide, eat_memory
from offing.model.policy import FetchPolicy
from offing.model.rules import ScoringRules
from offing.model.run import Ending, Outcome, Tally, WorkItem
from offing.model.vocabulary import Verb
from offing.net.client import Client
from offing.steps.context import RunContext, utc_now
from offing.steps.runner import Change, Runner
from offing.steps.workers import WorkerDied, Workers
from offing.store.engine import Database
from offing.store.quarantine import quarantined
from offing.store.run import start_run
from offing.store.tables import outcome
from offing.store.work import enqueue, waiting

POLICY = FetchPolicy(user_agent="offing-test")


@dataclass(frozen=True)
class Odd:
    """A step that does something else with each item."""

    context: RunContext
    verb: Verb = Verb.EXTRACT
    only: frozenset[int] | None = None

    async def handle(self, item: WorkItem) -> Change:
        """Item 1 works, 2 raises, 3 hangs in its worker, 4 kills it, 5 raises when saved."""
        if item.item_id == 2:
            raise ValueError("odd page")
        if item.item_id == 3:
            await self.context.workers.call(time.sleep, 30, seconds=1)
        if item.item_id == 4:
            await self.context.workers.call(commit_suicide, seconds=20)
        if item.item_id == 5:
            return self._break
        return lambda _: Outcome(Ending.DONE, made={"articles": 1})

    def _break(self, conn: sa.Connection) -> Outcome:
        enqueue(conn, Verb.PROPOSE, 99, utc_now())
        raise KeyError("half-way")


@pytest.fixture
def workers() -> Iterator[Workers]:
    """Two worker processes."""
    with Workers((), 2) as found:
        yield found


def run_odd(database: Database, workers: Workers, items: range) -> Tally:
    """Run the odd step over some items."""

    async def go() -> Tally:
        async with Client(POLICY) as client:
            context = RunContext(database, client, workers, POLICY, ScoringRules(0.5, 0.0, {}, {}))
            with database.write() as conn:
                run_id = start_run(conn, "test", "here", 1, utc_now())
                for number in items:
                    enqueue(conn, Verb.EXTRACT, number, utc_now() - timedelta(seconds=1))
            try:
                return await Runner(context, run_id).run([Odd(context)])
            finally:
                context.close()

    return asyncio.run(go())


def test_faults_cost_their_own_item_only(database: Database, workers: Workers) -> None:
    """Raise, hang, crash, and a save that breaks: each sets itself aside with its reason, all others go on."""
    tally = run_odd(database, workers, range(1, 8))
    assert tally.endings[Verb.EXTRACT][Ending.DONE] == 3
    assert tally.crashed == 4
    assert tally.made["articles"] == 3
    with database.read() as conn:
        reasons = {item.item_id: item.reason for item in quarantined(conn)}
        assert waiting(conn) == {}
    assert reasons[2] == "ValueError: odd page"
    assert "took longer than 1 s, 3 times" in reasons[3]
    assert "SIGSEGV" in reasons[4]
    assert "KeyError" in reasons[5]


def test_deaths_of_a_worker_are_counted_as_tries(database: Database, workers: Workers) -> None:
    """A worker that dies is tried twice more in a fresh process, each try with its outcome."""
    run_odd(database, workers, range(4, 5))
    with database.read() as conn:
        endings = conn.execute(sa.select(outcome.c.ending).order_by(outcome.c.id)).scalars().all()
    assert endings == ["later", "later", "crashed"]


async def test_memory_is_limited(workers: Workers) -> None:
    """A job that wants more memory than a worker may have is told so; the machine is not."""
    with pytest.raises(WorkerDied, match="GiB of memory"):
        await workers.call(eat_memory, seconds=30)
