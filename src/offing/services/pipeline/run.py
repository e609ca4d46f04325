"""One run of a pipeline: the lock, the steps, the tally."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import sqlalchemy as sa
import structlog

from offing import __version__
from offing.config.files.languages import load_language_words
from offing.config.files.layers import Layers
from offing.config.sites.queue import load_queue
from offing.config.sites.sentinel import load_sentinel
from offing.config.weights.scoring import load_scoring
from offing.errors import MachineTrouble, RunLocked, RunStopped
from offing.logs import get_logger
from offing.model.operation.run import Tally
from offing.model.projects.memory import Memory
from offing.model.sources.policy import FetchPolicy, PipelineSpec
from offing.model.values.codec import to_plain
from offing.model.values.vocabulary import Verb
from offing.net.client import Client
from offing.services.analysis.analyst import new_recognizer
from offing.services.known_projects.naming import load_names
from offing.services.known_projects.rescreen import rescreen
from offing.services.pipeline.clock_repair import bring_back
from offing.services.pipeline.drift import new_drift
from offing.services.pipeline.extract import Extract
from offing.services.pipeline.fetch import Fetch
from offing.services.pipeline.finishing import Finish
from offing.services.pipeline.groups import groups_without_feeds, no_feeds
from offing.services.pipeline.measuring import measure
from offing.services.pipeline.outage import note_outage
from offing.services.pipeline.poll import Poll
from offing.services.pipeline.propose import Propose, draw_audit_sample
from offing.services.pipeline.recognize import Recognize
from offing.services.pipeline.redrawing import IN_A_RUN, redraw
from offing.services.pipeline.runner import Runner, Step, Watcher
from offing.services.pipeline.sentinel import look_for_symptoms
from offing.services.pipeline.shares import Shares
from offing.services.pipeline.without_encoder import without_encoder
from offing.services.running.retrying import Patience, Waits, stopped
from offing.services.running.run_context import RunContext, utc_now
from offing.services.running.run_lock import begin, lock_file, renewed_lock
from offing.services.running.stopping import Stop
from offing.services.running.workers import Knowledge, Workers
from offing.services.second_reader import SecondReader, TurnLimits, read_again
from offing.services.stories.catch_up import catch_up
from offing.services.views.actors import load_register
from offing.store.database.engine import Database
from offing.store.feeds.feed import feeds_of
from offing.store.records.memory import memory_of
from offing.store.runs.quarantine import Which, quarantined, release_after_upgrade, release_innocent
from offing.store.runs.run import Holding, end_run, last_end
from offing.trouble import machine_trouble

STEPS: dict[Verb, type[Poll | Fetch | Extract | Recognize | Propose]] = {
    Verb.POLL: Poll,
    Verb.FETCH: Fetch,
    Verb.EXTRACT: Extract,
    Verb.RECOGNIZE: Recognize,
    Verb.PROPOSE: Propose,
}


@dataclass(frozen=True, slots=True)
class Plant:
    """What every run needs: database, config, policy, callbacks, and the request to stop."""

    database: Database
    layers: Layers
    policy: FetchPolicy
    watch: Watcher = field(default=lambda _verb, _outcome: None)
    waits: Waits = field(default_factory=Waits)
    stop: Stop = field(default_factory=Stop)
    second: SecondReader | None = None

    def goes_on(self) -> bool:
        """Return whether to begin another piece of long work."""
        return not self.stop.asked


@dataclass(frozen=True, slots=True)
class RunReport:
    """How a run ended."""

    run_id: int
    tally: Tally
    seconds: float
    stopped: bool = False  # by request, before all was done

    @property
    def exit_code(self) -> int:
        """1 if work of ours failed, 4 if the network here was down, else 0."""
        return _exit_code(self.tally)


@dataclass(frozen=True, slots=True)
class Course:
    """What the phases of one run share: its id, its counts, its patience with the machine."""

    run_id: int
    tally: Tally
    patience: Patience


def run_pipeline(plant: Plant, spec: PipelineSpec) -> RunReport:
    """Run a pipeline until nothing is due.

    Raises:
        RunLocked: another run is at work on this database, or has taken this one over.
        RunStopped: the database, the disk or the machine was in trouble for too long; the work is returned.
    """
    with lock_file(plant.database) as mine:
        return asyncio.run(_run(plant, spec, mine))


async def _run(plant: Plant, spec: PipelineSpec, mine: Holding) -> RunReport:
    started, patience = time.monotonic(), Patience(plant.waits, started_by(spec.max_minutes))
    run_id = await patience.aside(partial(begin, plant.database, spec.name, mine))
    tally = Tally()
    code = 1
    with structlog.contextvars.bound_contextvars(run=run_id, pipeline=spec.name):
        get_logger().info("run started")
        try:
            async with renewed_lock(plant.database, run_id):
                course = Course(run_id, tally, patience)
                await _until_stopped(plant, course, _work(plant, spec, course))
            code = _exit_code(tally)
        except RunLocked:
            code, patience.spent = RunLocked.exit_code, True
            raise
        except Exception as error:
            if (trouble := machine_trouble(error)) is None:
                raise
            code, patience.spent = trouble.exit_code, True
            raise _as_stop(trouble) from error
        finally:
            await _end(plant.database, Course(run_id, tally, patience), code)
            get_logger().info("run ended", exit_code=code, tally=to_plain(tally), stopped=plant.stop.asked)
    return RunReport(run_id, tally, time.monotonic() - started, plant.stop.asked)


async def _until_stopped(plant: Plant, course: Course, work: Coroutine[None, None, None]) -> None:
    """Do the work of a run; after a requested stop and its grace period, cancel it and leave the rest due."""
    loop, task = asyncio.get_running_loop(), asyncio.create_task(work)

    def wait_no_more() -> None:
        course.patience.stop_at = time.monotonic()

    def break_off() -> None:
        loop.call_soon_threadsafe(task.cancel)

    def last_words() -> None:
        with plant.database.write() as conn:
            end_run(conn, course.run_id, utc_now(), 0, to_plain(course.tally))

    with plant.stop.heard(wait_no_more, break_off, last_words):
        try:
            await task
        except asyncio.CancelledError:
            if not plant.stop.over:
                raise
            get_logger().warning("broken off: what was begun is given back")


def _as_stop(trouble: MachineTrouble) -> RunStopped:
    return trouble if isinstance(trouble, RunStopped) else stopped(trouble)


async def _end(database: Database, course: Course, code: int) -> None:
    """Record how a run ended and release its claims; if the database is away, that is left to the next run."""

    def end() -> None:
        with database.write() as conn:
            end_run(conn, course.run_id, utc_now(), code, to_plain(course.tally))

    try:
        await course.patience.aside(end)
    except MachineTrouble as trouble:
        if code != trouble.exit_code:
            raise
        get_logger().error("the end of the run is not written; the next run takes its work over", why=trouble.what)


async def _work(plant: Plant, spec: PipelineSpec, course: Course) -> None:
    scoring, audit = load_scoring(plant.layers), load_queue(plant.layers).audit
    patience, tally = course.patience, course.tally
    if Verb.PROPOSE in spec.steps:
        await patience.aside(partial(catch_up, plant.database, scoring, utc_now(), plant.goes_on))
        await patience.aside(partial(redraw, plant.database, IN_A_RUN, plant.goes_on))
    known = await _known(plant, spec, course)
    if plant.stop.asked:
        return
    async with Client(plant.policy) as client:
        with Workers(plant.layers.folders, known=known) as workers:
            context = RunContext(plant.database, client, workers, plant.policy, scoring, audit, patience=patience)
            context.language_words = load_language_words(plant.layers)
            try:
                await context.write(_released)
                tally.notices += await context.write(lambda conn: bring_back(conn, plant.policy, utc_now()))
                if Verb.PROPOSE in spec.steps and (notice := await asyncio.to_thread(without_encoder)):
                    tally.notices.append(notice)
                limit = started_by(spec.max_minutes)
                runner = Runner(context, course.run_id, spec.concurrency, plant.watch, limit, tally, stop=plant.stop)
                runner.shares = Shares(spec.pages_per_feed, spec.pages_per_outlet)
                await runner.run(await _steps(context, spec))
                await context.read(lambda conn: note_outage(conn, context.connectivity, tally, utc_now()))
                tally.notices += await context.read(lambda conn: _drift_of_the_day(conn, utc_now()))
                if Verb.POLL in spec.steps:
                    sentinel = load_sentinel(plant.layers)
                    look = partial(look_for_symptoms, plant.database, sentinel, utc_now())
                    tally.notices += await patience.aside(look)
                    tally.notices += await context.read(no_feeds)
                    tally.notices += await context.read(_quarantined_feeds)
                    tally.notices += await context.read(lambda conn: groups_without_feeds(conn, spec))
                if Verb.PROPOSE in spec.steps and plant.second:
                    second = TurnLimits(plant.goes_on, limit)
                    tally.second, troubles = await read_again(context, plant.second, second)
                    tally.notices += troubles
                if Verb.PROPOSE in spec.steps and not plant.stop.asked:
                    tally.made["audit samples"] += await context.write(lambda conn: draw_audit_sample(conn, context))
                    await patience.aside(partial(measure, plant.database, load_register(plant.layers)))
            finally:
                context.close()
    finish = Finish(plant.database, plant.layers, course.run_id, tally, patience, plant.goes_on)
    if Verb.PROMOTE in spec.steps and plant.goes_on():
        await finish.promote(spec.name)
    if spec.prune and plant.goes_on():
        await finish.prune()


def _released(conn: sa.Connection) -> None:
    """Release quarantined items that are owed another try."""
    release_after_upgrade(conn, __version__, utc_now())
    release_innocent(conn, utc_now())


async def _known(plant: Plant, spec: PipelineSpec, course: Course) -> Knowledge:
    """Return the known projects if this run recognises; earlier articles with new names of projects become due."""
    if Verb.RECOGNIZE not in spec.steps:
        return Knowledge()
    aside, tally = course.patience.aside, course.tally
    names = await aside(partial(load_names, plant.database, plant.layers, plant.goes_on))
    seek = partial(rescreen, plant.database, partial(new_recognizer, plant.layers), utc_now(), go_on=plant.goes_on)
    again = await aside(seek)
    if again.found:
        tally.made["articles to read again"] += again.found
    if again.left_over:
        tally.notices.append("names of projects are still to be sought in older articles; the next run goes on")
    return Knowledge(names, None if plant.stop.asked else await aside(partial(_memory, plant.database)))


def _memory(database: Database) -> Memory:
    with database.read() as conn:
        return memory_of(conn)


def _exit_code(tally: Tally) -> int:
    if tally.crashed:
        return 1
    return MachineTrouble.exit_code if tally.outage else 0


def _drift_of_the_day(conn: sa.Connection, now: datetime) -> tuple[str, ...]:
    """Return sentences on new drift, in the first run of a day only."""
    before = last_end(conn, until=now)
    return new_drift(conn, now) if before is not None and before.date() < now.date() else ()


def _quarantined_feeds(conn: sa.Connection) -> list[str]:
    """Return a sentence for each feed in quarantine, in each run: their silence would go unnoticed."""
    return [
        f"feed {each.item_id} {each.url} is in quarantine, so it is not asked: offing quarantine show {each.id}"
        for each in quarantined(conn, Which(verb=Verb.POLL))
    ]


def started_by(max_minutes: int) -> float:
    """Return when a run that starts now takes no more work, on the monotonic clock."""
    return time.monotonic() + max_minutes * 60 if max_minutes else float("inf")


async def _steps(context: RunContext, spec: PipelineSpec) -> list[Step]:
    """Return the machine steps of a pipeline; polling is limited to the pipeline's groups, if it names any."""
    only = await context.read(lambda conn: feeds_of(conn, spec.groups)) if spec.groups else None
    verbs = [Verb(name) for name in spec.steps if Verb(name) in STEPS]
    return [STEPS[verb](context, only=only if verb is Verb.POLL else None) for verb in verbs]
