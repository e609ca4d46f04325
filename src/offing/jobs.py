"""Jobs: pipelines on their schedules, by APScheduler. The scheduler is a clock only; the database says what is due."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from offing.config.fetch import load_fetch_policy
from offing.config.layers import Layers
from offing.config.schedule import next_turn
from offing.errors import MachineTrouble, RunLocked
from offing.logs import get_logger
from offing.model.policy import FetchPolicy, PipelineSpec
from offing.settings import Settings
from offing.steps.run import Plant, RunReport, run_pipeline
from offing.store.engine import Database
from offing.store.run import last_start

Told = Callable[[str, RunReport], None]


def fetch_policy(settings: Settings, layers: Layers) -> FetchPolicy:
    """The policy of fetching: config files, and over them what the environment says.

    Raises:
        ConfigError: a config file is wrong.
    """
    from dataclasses import replace

    policy = load_fetch_policy(layers, settings.contact)
    changes: dict[str, object] = {"allowed": policy.allowed | settings.allowed_hosts}
    if settings.host_delay is not None:
        changes["host_delay"] = settings.host_delay
    if settings.retry_scope is not None:
        changes["retry_scope"] = settings.retry_scope
    return replace(policy, **changes)  # type: ignore[arg-type]


class CronTurns(BaseTrigger):  # type: ignore[misc]  # the library has no types
    """When a pipeline's turn comes, by its cron expression; the library's own numbers weekdays from Monday."""

    def __init__(self, spec: PipelineSpec) -> None:
        self._expression, self._zone = spec.schedule, ZoneInfo(spec.timezone)

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """The first turn after the last one; without one, the first from now on."""
        after = previous_fire_time or now - timedelta(microseconds=1)
        return next_turn(self._expression, self._zone, after)


def trigger(spec: PipelineSpec) -> CronTurns:
    """When a pipeline's turn comes."""
    return CronTurns(spec)


def missed(database: Database, spec: PipelineSpec, now: datetime) -> bool:
    """Whether a turn of a pipeline that has run before has passed without a run, while nobody was there."""
    with database.read() as conn:
        last = last_start(conn, spec.name, now)
    if last is None:
        return False
    due = trigger(spec).get_next_fire_time(None, last + timedelta(seconds=1))
    return due is not None and due <= now


def make_scheduler(plant: Plant, pipelines: Mapping[str, PipelineSpec], told: Told) -> BackgroundScheduler:
    """A scheduler of all pipelines, not started yet. What was missed is run once, at once.

    Args:
        plant: what runs are made with.
        pipelines: all of them, by name.
        told: called with a pipeline's name and report after each run.
    """
    scheduler = BackgroundScheduler(timezone=UTC)
    now = datetime.now(UTC)
    for name, spec in sorted(pipelines.items()):
        at_once = {"next_run_time": now} if missed(plant.database, spec, now) else {}
        scheduler.add_job(
            _turn,
            trigger(spec),
            args=(plant, spec, told),
            id=name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,  # the library's default of one second drops runs without a word
            **at_once,
        )
    scheduler.add_listener(_complain, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
    return scheduler


def _turn(plant: Plant, spec: PipelineSpec, told: Told) -> None:
    try:
        told(spec.name, run_pipeline(plant, spec))
    except RunLocked as busy:
        get_logger().info("turn left out", pipeline=spec.name, why=str(busy))
    except MachineTrouble as trouble:  # its work waits for the next turn
        get_logger().error("turn stopped", pipeline=spec.name, why=str(trouble))


def _complain(event: JobExecutionEvent) -> None:
    get_logger().error("a turn failed", pipeline=event.job_id, error=str(event.exception or "missed"))
