"""The runner: moves due items through the steps of a pipeline until nothing is due.

As a sentence::

    while something is due: claim | handle (network, worker) | one transaction (result, one outcome) | tally

The database determines what is due, so cron, the service and a manual run share one path, and a run that is killed at
any moment loses nothing and repeats nothing. Trouble of the database, the disk or the machine is waited for
(`patience`); if it lasts, all steps stop, and their claims are released by whoever ends the run.
"""

from __future__ import annotations

import asyncio
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Protocol

import sqlalchemy as sa
import structlog

from offing.errors import RunLocked, RunStopped
from offing.logs import get_logger
from offing.model.operation.run import Claim, Ending, Outcome, PutOff, Tally, WorkItem
from offing.model.values.vocabulary import Verb
from offing.services.pipeline.shares import Shares
from offing.services.running.connectivity import HostNotReachedError, NetworkDownError
from offing.services.running.run_context import RunContext
from offing.services.running.run_lock import taken_over
from offing.services.running.stopping import Stop
from offing.services.running.workers import WorkerDied
from offing.store.runs.run import holds_lock
from offing.store.runs.work import LeaseLost, claim, claimed, finish, left_due, next_due, put_back, set_aside

NETWORK = frozenset({Verb.POLL, Verb.FETCH})
WORKER_WIDTH = 8
LEASE = timedelta(minutes=10)
TRACE_LINES, TRACE_WIDTH = 30, 200  # of a traceback, as stored with a quarantined item
NAMED = 5  # feeds named in the tally of what is put off, for each step
MAX_TRIES = 3  # deaths of a worker over one item, each in a fresh process, before it is quarantined
SECOND_LOOK = timedelta(seconds=4)  # after a host could not be reached; docs/limits.md, Retries: 2 to 5 s
OUTAGE_PAUSE = timedelta(minutes=15)
PATIENCE = timedelta(seconds=30)  # how long a run waits for hosts during the pause between two requests

Change = Callable[[sa.Connection], Outcome]
Watcher = Callable[[Verb, Outcome], None]


class Step(Protocol):
    """One verb at work: `handle` does what needs network or workers and returns the change to be written."""

    @property
    def verb(self) -> Verb:
        """The verb that the step does."""
        ...

    @property
    def only(self) -> frozenset[int] | None:
        """The items that it is limited to; None for all."""
        ...

    async def handle(self, item: WorkItem) -> Change:
        """Prepare one item; any exception is a fault of ours and puts the item into quarantine."""
        ...


@dataclass(slots=True)
class Runner:
    """One run over some steps of a pipeline."""

    context: RunContext
    run_id: int
    width: int = 20
    watch: Watcher = lambda _verb, _outcome: None
    stop_at: float = float("inf")  # on the monotonic clock
    tally: Tally = field(default_factory=Tally)
    shares: Shares = field(default_factory=Shares)
    _busy: Counter[str] = field(default_factory=Counter)
    _moved: asyncio.Event = field(default_factory=asyncio.Event)
    stop: Stop = field(default_factory=Stop)

    async def run(self, steps: Sequence[Step]) -> Tally:
        """Drain all steps concurrently; a step ends when the one before has ended and nothing is due.

        Raises:
            RunStopped: trouble of the database, the disk or the machine lasted too long.
            RunLocked: another run has taken the run lock.
        """
        ended = [asyncio.Event() for _ in steps]
        try:
            async with asyncio.TaskGroup() as group:
                for number, step in enumerate(steps):
                    before = ended[number - 1] if number else None
                    group.create_task(self._drain(step, before, ended[number]))
        except ExceptionGroup as several:
            stops = (each for each in several.exceptions if isinstance(each, (RunStopped, RunLocked)))
            raise next(stops, several) from several
        for step in steps:
            self.tally.put_off += await self._left_due(step)
        return self.tally

    async def _left_due(self, step: Step) -> list[PutOff]:
        """Return what a step leaves due for the next run: the feeds with most of it, and all others together."""
        now = self.context.clock()
        left = await self.context.read(lambda conn: left_due(conn, step.verb, step.only, now))
        rest = sum(each.items for each in left[NAMED:])
        return [*left[:NAMED], *([PutOff(step.verb, "", rest)] if rest else [])]

    async def _drain(self, step: Step, before: asyncio.Event | None, ended: asyncio.Event) -> None:
        running: set[asyncio.Task[None]] = set()
        try:
            await self._drain_into(running, step, before)
        finally:
            await _let_go(running)
        ended.set()

    async def _drain_into(self, running: set[asyncio.Task[None]], step: Step, before: asyncio.Event | None) -> None:
        while True:
            last_look = before is None or before.is_set()
            items = await self._claim(step, self._width(step) - len(running))
            running |= {asyncio.create_task(self._settle(step, item)) for item in items}
            if running:
                done, _ = await asyncio.wait(running, timeout=0.2, return_when=asyncio.FIRST_COMPLETED)
                running -= done
                for task in done:
                    task.result()  # raises what stops the run
            elif self._out_of_time(step) or (last_look and not await self._rest(step)):
                break
            elif not last_look:
                await self._wait_for_a_move()

    def _width(self, step: Step) -> int:
        """Return how many items of a step run at once: fewer for workers, whose items hold documents while waiting."""
        return self.width if step.verb in NETWORK else min(self.width, WORKER_WIDTH)

    def _out_of_time(self, step: Step) -> bool:
        no_network = self.context.connectivity.is_down and step.verb in NETWORK
        return self.stop.asked or no_network or time.monotonic() > self.stop_at

    async def _claim(self, step: Step, room: int) -> tuple[WorkItem, ...]:
        if room <= 0 or self._out_of_time(step):
            return ()
        now = self.context.clock()
        turns, spent = self.shares.turns(step.verb), self.shares.spent(step.verb)
        terms = Claim(self.run_id, now, now + LEASE, step.only, turns, spent)
        busy = tuple(host for host, count in self._busy.items() if count)

        def begin(conn: sa.Connection) -> tuple[WorkItem, ...]:
            if not holds_lock(conn, self.run_id):
                raise taken_over(self.run_id)
            return claim(conn, step.verb, terms, room, busy)

        items = await self.context.write(begin, lambda conn: claimed(conn, step.verb, terms) or begin(conn))
        self._busy.update(item.host for item in items if item.host)
        self.shares.took(items)
        return items

    async def _rest(self, step: Step) -> bool:
        """Wait a moment if the next item is due soon; return False if none is."""
        due = await self.context.read(lambda conn: next_due(conn, step.verb, step.only, self.shares.spent(step.verb)))
        if due is None or due - self.context.clock() > PATIENCE:
            return False
        await asyncio.sleep(min(1.0, max(0.02, (due - self.context.clock()).total_seconds())))
        return True

    async def _wait_for_a_move(self) -> None:
        self._moved.clear()
        try:
            await asyncio.wait_for(self._moved.wait(), timeout=0.5)
        except TimeoutError:
            return

    async def _settle(self, step: Step, item: WorkItem) -> None:
        """Bring one item to its one outcome."""
        with structlog.contextvars.bound_contextvars(verb=item.verb, item=item.item_id):
            try:
                outcome = await self._attempt(step, item)
            except HostNotReachedError as first:
                await self._put_back(item, str(first))
                return
            except LeaseLost:
                get_logger().warning("lease lost: another run has taken the item")
                return
            finally:
                if item.host:
                    self._busy[item.host] -= 1
            self.tally.add(item.verb, outcome)
            self.watch(item.verb, outcome)
            get_logger().info("ended", ending=outcome.ending, cause=outcome.cause, url=outcome.url)
            self._moved.set()

    async def _attempt(self, step: Step, item: WorkItem) -> Outcome:
        try:
            change = await self.context.patience.keep(lambda: step.handle(item))
            return await self.context.write(partial(self._commit, item, change))
        except (LeaseLost, HostNotReachedError, RunStopped):
            raise
        except NetworkDownError as outage:
            due = self.context.clock() + OUTAGE_PAUSE
            again = Outcome(Ending.LATER, str(outage), due_again=due, is_try=False)
            return await self.context.write(partial(self._commit, item, lambda _: again))
        except WorkerDied as death:
            return await self._after_death(item, death)
        except Exception as error:  # noqa: BLE001 -- a fault of ours stops this item only; docs/architecture.md
            get_logger().exception("crashed")
            name = type(error).__name__
            crashed = Outcome(Ending.CRASHED, f"{name}: {error}", fault=name, trace=_last_lines(error))
            return await self._quarantine(item, crashed)

    def _commit(self, item: WorkItem, change: Change, conn: sa.Connection) -> Outcome:
        outcome = change(conn)
        finish(conn, item, self.run_id, outcome, self.context.clock())
        return outcome

    async def _put_back(self, item: WorkItem, cause: str) -> None:
        """Schedule a second try for a host that could not be reached; only that one brings an outcome."""
        due = self.context.clock() + SECOND_LOOK
        await self.context.write(lambda conn: put_back(conn, item, due, cause))

    async def _after_death(self, item: WorkItem, death: WorkerDied) -> Outcome:
        if item.tries + 1 >= MAX_TRIES:
            return await self._quarantine(
                item, Outcome(Ending.CRASHED, f"{death}, {MAX_TRIES} times", fault=death.fault)
            )
        again = Outcome(Ending.LATER, str(death), due_again=self.context.clock())
        return await self.context.write(partial(self._commit, item, lambda _: again))

    async def _quarantine(self, item: WorkItem, crashed: Outcome) -> Outcome:
        storable = replace(crashed, cause=_storable(crashed.cause[:2000]), trace=_storable(crashed.trace))
        now = self.context.clock()
        await self.context.write(lambda conn: set_aside(conn, item, self.run_id, storable, now))
        return storable


async def _let_go(running: set[asyncio.Task[None]]) -> None:
    """Cancel items in progress without an outcome; whoever ends the run releases its claims."""
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)


def _last_lines(error: Exception) -> str:
    """Return the end of a traceback, a worker's own included; the log has all of it."""
    lines = "".join(traceback.format_exception(error)).splitlines()
    return "\n".join(line[:TRACE_WIDTH] for line in lines[-TRACE_LINES:])


def _storable(text: str) -> str:
    """Return a text that both databases accept, whatever page content is in an exception's message."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode("utf-8")
