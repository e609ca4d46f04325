"""One run of a pipeline: the lock, the steps, the tally."""

from __future__ import annotations

import asyncio
import hashlib
import os
import signal
import socket
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import sqlalchemy as sa
import structlog
from filelock import FileLock, Timeout

from offing import __version__
from offing.config.languages import load_language_signs
from offing.config.layers import Layers
from offing.config.queue import load_queue
from offing.config.scoring import load_scoring
from offing.errors import RunLocked
from offing.logs import get_logger
from offing.model.codec import to_plain
from offing.model.policy import FetchPolicy, PipelineSpec
from offing.model.run import Tally
from offing.model.vocabulary import Verb
from offing.net.client import Client
from offing.steps.analyst import new_recognizer
from offing.steps.context import RunContext, utc_now
from offing.steps.drift import new_drift
from offing.steps.extract import Extract
from offing.steps.fetch import Fetch
from offing.steps.looking_again import look_again
from offing.steps.naming import load_names
from offing.steps.poll import Poll
from offing.steps.promote import promote_accepted
from offing.steps.propose import Propose, draw_audit_sample
from offing.steps.recognize import Recognize
from offing.steps.redrawing import IN_A_RUN, redraw
from offing.steps.runner import Runner, Step, Watcher
from offing.steps.story_catch_up import catch_up
from offing.steps.turns import bring_back
from offing.steps.workers import Knowledge, Workers
from offing.store.engine import Database
from offing.store.feed import feeds_of
from offing.store.memory import memory_of
from offing.store.quarantine import release_after_upgrade
from offing.store.run import Holder, end_run, last_end, renew_lock, start_run, take_lock

LOCK_LEASE = timedelta(minutes=2)
STEPS: dict[Verb, type[Poll | Fetch | Extract | Recognize | Propose]] = {
    Verb.POLL: Poll,
    Verb.FETCH: Fetch,
    Verb.EXTRACT: Extract,
    Verb.RECOGNIZE: Recognize,
    Verb.PROPOSE: Propose,
}


@dataclass(frozen=True, slots=True)
class Plant:
    """What a run is made with."""

    database: Database
    layers: Layers
    policy: FetchPolicy
    id_prefix: str = "off"
    watch: Watcher = field(default=lambda _verb, _outcome: None)


@dataclass(frozen=True, slots=True)
class RunReport:
    """How a run ended."""

    run_id: int
    tally: Tally
    seconds: float

    @property
    def exit_code(self) -> int:
        """1 when work of ours failed, or the network here, else 0."""
        return 1 if self.tally.crashed or self.tally.outage else 0


def run_pipeline(plant: Plant, spec: PipelineSpec) -> RunReport:
    """Run a pipeline until nothing is due.

    Raises:
        RunLocked: another run is at work on this database.
    """
    with _lock_file(plant.database):
        return asyncio.run(_run(plant, spec))


async def _run(plant: Plant, spec: PipelineSpec) -> RunReport:
    started = time.monotonic()
    run_id = _begin(plant.database, spec.name)
    tally = Tally()
    code = 1
    with structlog.contextvars.bound_contextvars(run=run_id, pipeline=spec.name):
        get_logger().info("run started")
        try:
            async with _kept_lock(plant.database, run_id):
                await _work(plant, spec, run_id, tally)
            code = 1 if tally.crashed or tally.outage else 0
        finally:
            with plant.database.write() as conn:
                end_run(conn, run_id, utc_now(), code, to_plain(tally))
            get_logger().info("run ended", exit_code=code, tally=to_plain(tally))
    return RunReport(run_id, tally, time.monotonic() - started)


async def _work(plant: Plant, spec: PipelineSpec, run_id: int, tally: Tally) -> None:
    scoring, audit = load_scoring(plant.layers), load_queue(plant.layers).audit
    if Verb.PROPOSE in spec.steps:
        catch_up(plant.database, scoring, utc_now())
        redraw(plant.database, IN_A_RUN)
    known = await _known(plant, spec, tally)
    async with Client(plant.policy) as client:
        with Workers(plant.layers.folders, known=known) as workers:
            context = RunContext(plant.database, client, workers, plant.policy, scoring, audit)
            context.signs = load_language_signs(plant.layers)
            try:
                await context.write(lambda conn: release_after_upgrade(conn, __version__, utc_now()))
                tally.notices += await context.write(lambda conn: bring_back(conn, plant.policy, utc_now()))
                limit = started_by(spec.max_minutes)
                runner = Runner(context, run_id, spec.concurrency, plant.watch, limit, tally)
                _stop_on_signal(runner)
                await runner.run(_steps(context, spec))
                _tell_outage(context, tally)
                tally.notices += await context.read(lambda conn: _drift_of_the_day(conn, utc_now()))
                if Verb.PROPOSE in spec.steps:
                    tally.made["audit sample"] += await context.write(lambda conn: draw_audit_sample(conn, context))
            finally:
                context.close()
    if Verb.PROMOTE in spec.steps:
        tally.made["projects"] += len(promote_accepted(plant.database, utc_now(), plant.id_prefix))


async def _known(plant: Plant, spec: PipelineSpec, tally: Tally) -> Knowledge:
    """What is known of projects, where this run looks for them; articles of before that have new names are due."""
    if Verb.RECOGNIZE not in spec.steps:
        return Knowledge()
    names = await asyncio.to_thread(load_names, plant.database, plant.layers)
    again = await asyncio.to_thread(look_again, plant.database, partial(new_recognizer, plant.layers), utc_now())
    if again.found:
        tally.made["articles to read again"] += again.found
    if again.left_over:
        tally.notices.append("names of projects are still to be sought in older articles; the next run goes on")
    with plant.database.read() as conn:
        return Knowledge(names, memory_of(conn))


def _tell_outage(context: RunContext, tally: Tally) -> None:
    if context.weather.down:
        tally.outage = True
        hosts = len(context.weather.unreached)
        tally.notices.append(f"none of {hosts} hosts could be reached: the network here seems down; no feed is blamed")


def _drift_of_the_day(conn: sa.Connection, now: datetime) -> tuple[str, ...]:
    """What newly drifts, told by the first run of a day only."""
    before = last_end(conn, until=now)
    return new_drift(conn, now) if before is not None and before.date() < now.date() else ()


def started_by(max_minutes: int) -> float:
    """When a run that starts now takes no more work, on the monotonic clock."""
    return time.monotonic() + max_minutes * 60 if max_minutes else float("inf")


def _steps(context: RunContext, spec: PipelineSpec) -> list[Step]:
    """The machine steps of a pipeline; polling is limited to its feeds where it names groups."""
    only = None
    if spec.groups:
        with context.database.read() as conn:
            only = feeds_of(conn, spec.groups)
    verbs = [Verb(name) for name in spec.steps if Verb(name) in STEPS]
    return [STEPS[verb](context, only=only if verb is Verb.POLL else None) for verb in verbs]


def _stop_on_signal(runner: Runner) -> None:
    """SIGTERM: what is begun is ended, nothing new is claimed."""

    def stop() -> None:
        runner.stopping = True

    try:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop)
    except (NotImplementedError, RuntimeError, ValueError):  # not the main thread, or Windows
        return


def _begin(database: Database, pipeline: str) -> int:
    host = socket.gethostname()
    now = utc_now()
    with database.write() as conn:
        run_id = start_run(conn, pipeline, host, os.getpid(), now)
        held = take_lock(conn, run_id, host, now, LOCK_LEASE)
    if isinstance(held, Holder):
        with database.write() as conn:
            end_run(conn, run_id, now, 0, {})
        raise RunLocked(f"run {held.run_id} is at work on {held.host}; nothing to do here")
    return run_id


@asynccontextmanager
async def _kept_lock(database: Database, run_id: int) -> AsyncIterator[None]:
    """Renew the run lock while the run works."""

    async def renew() -> None:
        while True:
            await asyncio.sleep(LOCK_LEASE.total_seconds() / 3)
            await asyncio.to_thread(_renew, database, run_id)

    task = asyncio.create_task(renew())
    try:
        yield
    finally:
        task.cancel()


def _renew(database: Database, run_id: int) -> None:
    with database.write() as conn:
        if not renew_lock(conn, run_id, utc_now() + LOCK_LEASE):
            get_logger().error("the run lock was lost to another run")


@contextmanager
def _lock_file(database: Database) -> Iterator[None]:
    """The lock of this machine; the system gives it back when the process dies, however it dies."""
    lock = FileLock(lock_path(database), timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise RunLocked("another run is at work on this database; nothing to do here") from None
    try:
        yield
    finally:
        lock.release()


def lock_path(database: Database) -> Path:
    """Beside an SQLite file; for a server in the folder for temporary files, named after it."""
    url = database.engine.url
    if database.is_sqlite and url.database:
        return Path(f"{url.database}.lock")
    name = hashlib.sha256(url.render_as_string(hide_password=True).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"offing-{name}.lock"
