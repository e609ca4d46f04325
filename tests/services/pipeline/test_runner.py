"""The runner: every item ends in one outcome; a fault of ours sets one item aside and stops no other."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from factories.run import holding
from odd_jobs import be_killed, commit_suicide, eat_memory, keep_diary
from offing.errors import MachineTrouble, RunLocked
from offing.model.operation.run import Ending, Outcome, Tally, WorkItem
from offing.model.reading.rules import ScoringRules
from offing.model.sources.policy import FetchPolicy
from offing.model.values.vocabulary import Verb
from offing.net.client import Client
from offing.services.pipeline.runner import Change, Runner, Step
from offing.services.running.retrying import Patience
from offing.services.running.run_context import RunContext, utc_now
from offing.services.running.workers import WorkerDied, Workers
from offing.store.database.engine import Database
from offing.store.runs.quarantine import quarantined
from offing.store.runs.run import start_run, take_lock
from offing.store.runs.work import enqueue, waiting
from offing.store.tables import outcome

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
    return run_step(database, workers, items, Odd)


def run_step(database: Database, workers: Workers, items: range, step: Callable[[RunContext], Step]) -> Tally:
    """Run a step over some items."""

    async def go() -> Tally:
        async with Client(POLICY) as client:
            context = RunContext(database, client, workers, POLICY, ScoringRules(0.5, 0.0, {}, {}))
            with database.write() as conn:
                run_id = start_run(conn, "test", "here", 1, utc_now())
                take_lock(conn, run_id, holding("here"), utc_now(), timedelta(minutes=2))
                for number in items:
                    enqueue(conn, Verb.EXTRACT, number, utc_now() - timedelta(seconds=1))
            try:
                return await Runner(context, run_id).run([step(context)])
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


@dataclass(frozen=True)
class Killed:
    """A step over the first item of which workers are killed some times."""

    context: RunContext
    diary: Path
    times: int
    verb: Verb = Verb.EXTRACT
    only: frozenset[int] | None = None

    async def handle(self, item: WorkItem) -> Change:
        """Item 1 is killed, all others take a moment."""
        if item.item_id == 1:
            await self.context.workers.call(be_killed, str(self.diary), self.times, seconds=20)
        else:
            await self.context.workers.call(keep_diary, str(self.diary), 0.1, seconds=20)
        return lambda _: Outcome(Ending.DONE)


def run_killed(database: Database, workers: Workers, diary: Path, times: int) -> Tally:
    """Run over an item whose workers are killed some times, beside others."""
    return run_step(database, workers, range(1, 9), lambda context: Killed(context, diary, times))


def test_who_is_killed_from_outside_is_tried_alone(database: Database, workers: Workers, tmp_path: Path) -> None:
    """Three kills, as the system does where memory is short, set nothing aside: the item is done with nobody beside."""
    tally = run_killed(database, workers, tmp_path / "diary", times=3)
    assert tally.endings[Verb.EXTRACT][Ending.DONE] == 8
    assert tally.crashed == 0
    others, tries = 0, []
    for line in (tmp_path / "diary").read_text().splitlines():
        others += {"begin other": 1, "end other": -1}.get(line, 0)
        tries += [others] if line == "begin odd" else []
    assert tries[1:3] == [0, 0]


@pytest.mark.slow
def test_who_is_killed_each_time_is_set_aside(database: Database, workers: Workers, tmp_path: Path) -> None:
    """With memory left and nothing beside, it is the item: no run tries it for ever."""
    tally = run_killed(database, workers, tmp_path / "diary", times=99)
    assert tally.endings[Verb.EXTRACT] == {Ending.DONE: 7, Ending.LATER: 2, Ending.CRASHED: 1}
    with database.read() as conn:
        (aside,) = quarantined(conn)
    assert (aside.item_id, aside.fault) == (1, "killed")
    assert aside.reason == "its worker process was killed, with nothing else at work too, 3 times"


async def test_a_machine_without_memory_is_to_blame_for_the_kill(
    workers: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is counted for the item: it waits as for all trouble of the machine, and is done once there is memory."""
    short = iter([True, True, False])
    monkeypatch.setattr("offing.services.running.workers.processes.is_short", lambda: next(short))
    monkeypatch.setattr("offing.services.running.workers.processes.PAUSES", (0.1, 0.2))
    with pytest.raises(MachineTrouble, match="this machine has no memory left"):
        await workers.call(be_killed, str(tmp_path / "diary"), 3, seconds=20)
    await Patience().keep(lambda: workers.call(be_killed, str(tmp_path / "diary"), 3, seconds=20))
    assert (tmp_path / "diary").read_text().count("killed odd") == 3


async def test_memory_is_limited(workers: Workers) -> None:
    """A job that wants more memory than a worker may have is told so; the machine is not."""
    with pytest.raises(WorkerDied, match="GiB of memory"):
        await workers.call(eat_memory, seconds=30)


@dataclass(frozen=True)
class Overtaken:
    """A step during whose first item another run takes the lock."""

    context: RunContext
    verb: Verb = Verb.EXTRACT
    only: frozenset[int] | None = None

    async def handle(self, item: WorkItem) -> Change:
        """Let another run take the lock, and the claims of this one."""

        def take(conn: sa.Connection) -> None:
            heir = start_run(conn, "test", "elsewhere", 1, utc_now())
            take_lock(conn, heir, holding("elsewhere"), utc_now() + timedelta(hours=2), timedelta(minutes=2))

        if item.item_id == 1:
            await self.context.write(take)
        return lambda _: Outcome(Ending.DONE)


def test_a_run_that_lost_its_lock_claims_nothing_more(database: Database, workers: Workers) -> None:
    """What it had begun belongs to the other run, and nothing of it is written."""
    with pytest.raises(RunLocked, match="another run has taken its work over"):
        run_step(database, workers, range(1, 60), Overtaken)
    with database.read() as conn:
        done = set(conn.execute(sa.select(outcome.c.item_id)).scalars())
    assert 1 not in done
    assert len(done) < 40
