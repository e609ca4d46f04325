"""Runs pipelines on their schedules, by APScheduler. The scheduler is only a clock; the database knows what is due."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from offing.config.sites.schedule import next_turn
from offing.errors import MachineTrouble, RunLocked
from offing.logs import get_logger
from offing.model.sources.policy import PipelineSpec
from offing.services.pipeline.run import Plant, RunReport, run_pipeline
from offing.store.database.engine import Database
from offing.store.runs.run import last_start

OnReport = Callable[[str, RunReport], None]
OnTrouble = Callable[[str, MachineTrouble], None]


class CronTurns(BaseTrigger):  # type: ignore[misc]  # the library has no types
    """The turns of a pipeline by its cron expression; the library's own cron trigger numbers weekdays from Monday."""

    def __init__(self, spec: PipelineSpec) -> None:
        self._expression, self._zone = spec.schedule, ZoneInfo(spec.timezone)

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """Return the first turn after the last one; without one, the first from now on."""
        after = previous_fire_time or now - timedelta(microseconds=1)
        return next_turn(self._expression, self._zone, after)


def trigger(spec: PipelineSpec) -> CronTurns:
    """Return the trigger of a pipeline's turns."""
    return CronTurns(spec)


def missed(database: Database, spec: PipelineSpec, now: datetime) -> bool:
    """Return whether a pipeline that has run before missed a turn while nothing was running."""
    with database.read() as conn:
        last = last_start(conn, spec.name, now)
    if last is None:
        return False
    due = trigger(spec).get_next_fire_time(None, last + timedelta(seconds=1))
    return due is not None and due <= now


class Turns:
    """Runs pipelines whose turn has come one after the other, in one thread; no turn is skipped.

    A turn waits until any other run, of this process or another, has ended; further turns of the same pipeline
    meanwhile are merged with it. A requested stop ends the waiting: what has not begun is caught up with at the next
    start.

    Args:
        plant: what every run needs.
        on_report: called with a pipeline's name and report after each run.
        pause: how long to wait before checking again whether a run elsewhere has ended.
        on_trouble: called with a pipeline's name and the trouble of the machine that stopped its run.
    """

    def __init__(
        self,
        plant: Plant,
        on_report: OnReport,
        pause: timedelta = timedelta(seconds=5),
        on_trouble: OnTrouble = lambda _name, _trouble: None,
    ) -> None:
        self._plant, self._on_report, self._pause, self._on_trouble = plant, on_report, pause, on_trouble
        self._waiting: dict[str, PipelineSpec] = {}
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._work, name="turns")

    @property
    def alive(self) -> bool:
        """Whether the thread that runs turns is alive."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def join(self) -> None:
        """Wait until the current run has ended; call it after a stop."""
        self._thread.join()

    def put(self, spec: PipelineSpec) -> None:
        """Queue a turn of a pipeline."""
        with self._changed:
            if spec.name in self._waiting:
                get_logger().info("turn joins the one that waits", pipeline=spec.name)
            self._waiting.setdefault(spec.name, spec)
            self._changed.notify()

    def _work(self) -> None:
        with self._plant.stop.heard(self._wake, self._wake, self._wake):
            while spec := self._next():
                self._run(spec)

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify()

    def _next(self) -> PipelineSpec | None:
        """Return the pipeline whose turn came first, once there is one; None after a stop."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._plant.stop.asked)
            if self._plant.stop.asked:
                return None
            return self._waiting.pop(next(iter(self._waiting)))

    def _run(self, spec: PipelineSpec) -> None:
        """Run a pipeline once no other run is at work."""
        log, waits = get_logger().bind(pipeline=spec.name), False
        while not self._plant.stop.asked:
            try:
                self._on_report(spec.name, run_pipeline(self._plant, spec))
            except RunLocked as busy:
                if not waits:
                    log.info("turn waits", why=str(busy))
                waits = True
                self._plant.stop.wait(self._pause.total_seconds())
            except MachineTrouble as trouble:  # its work waits for the next turn
                log.error("turn stopped", why=str(trouble))  # noqa: TRY400 -- trouble of the machine needs no traceback
                self._on_trouble(spec.name, trouble)
                return
            except Exception:
                log.exception("a turn failed")
                return
            else:
                return
        log.warning("turn left to the next start")


class Schedule:
    """All pipelines on their schedules: the clock, and the thread that runs their turns.

    Args:
        database: knows when each pipeline ran last.
        turns: runs them.
        pipelines: all of them, by name.
    """

    def __init__(self, database: Database, turns: Turns, pipelines: Mapping[str, PipelineSpec]) -> None:
        self._clock, self._turns = make_scheduler(database, turns, pipelines), turns

    @property
    def alive(self) -> bool:
        """Whether both are at work: False before `start`."""
        return bool(self._clock.running) and self._turns.alive

    def start(self) -> dict[str, datetime]:
        """Start both; return when each pipeline's next turn comes."""
        self._clock.start()
        self._turns.start()
        return {job.id: job.next_run_time for job in self._clock.get_jobs()}

    def end(self) -> None:
        """Wait until the current run has ended; call it after a stop."""
        self._clock.shutdown(wait=False)
        self._turns.join()


def make_scheduler(database: Database, turns: Turns, pipelines: Mapping[str, PipelineSpec]) -> BackgroundScheduler:
    """Return a scheduler of all pipelines, not started yet. A missed turn is run at once, once.

    Args:
        database: knows when each pipeline ran last.
        turns: runs them.
        pipelines: all of them, by name.
    """
    scheduler = BackgroundScheduler(timezone=UTC)
    now = datetime.now(UTC)
    for name, spec in sorted(pipelines.items()):
        at_once = {"next_run_time": now} if _missed_as_far_as_known(database, spec, now) else {}
        scheduler.add_job(
            turns.put,
            trigger(spec),
            args=(spec,),
            id=name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,  # the library's default of one second drops runs silently
            **at_once,
        )
    scheduler.add_listener(_complain, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
    return scheduler


def _missed_as_far_as_known(database: Database, spec: PipelineSpec, now: datetime) -> bool:
    """Return `missed`, or True if the database is in trouble: a needless run costs less than a missed one."""
    try:
        return missed(database, spec, now)
    except MachineTrouble as trouble:
        get_logger().warning("last run unknown", pipeline=spec.name, why=trouble.what)
        return True


def _complain(event: JobExecutionEvent) -> None:
    get_logger().error("a turn failed", pipeline=event.job_id, error=str(event.exception or "missed"))
