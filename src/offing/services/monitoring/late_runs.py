"""Runs that are late: the turn of a pipeline has come by its schedule, and no run of it has ended since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from offing.config.sites.schedule import next_turn
from offing.model.sources.policy import PipelineSpec
from offing.store.database.engine import Database
from offing.store.runs.run import CurrentRun, current_run, last_ended

SLACK = timedelta(minutes=10)  # a run ends its last items after its limit, and begins some seconds after its turn
UNLIMITED = timedelta(hours=6)  # as for a run that does not end (`problems.TOO_LONG`)

Ends = Mapping[str, tuple[datetime, datetime]]


@dataclass(frozen=True, slots=True)
class LateRun:
    """A pipeline whose run is missing: its name, when its turn came, and how long ago that is."""

    pipeline: str
    due: datetime
    late: timedelta


def late_runs(database: Database, pipelines: Iterable[PipelineSpec], now: datetime) -> tuple[LateRun, ...]:
    """Return the pipelines that are later than their schedules and limits allow, the latest first.

    A pipeline that has never run is not late: a site may leave it out. Pipelines run one after the other, so a turn may
    wait until the run of another has ended; while a run is within its limit, nothing is late.

    Args:
        database: where runs are stored.
        pipelines: those of the site.
        now: aware UTC.
    """
    specs = {spec.name: spec for spec in pipelines}
    with database.read() as conn:
        ended, at_work = last_ended(conn, now), current_run(conn, now)
    if not specs or _is_in_time(at_work, specs, now):
        return ()
    return tuple(sorted(_late(specs, ended, now), key=lambda each: (each.due, each.pipeline)))


def _late(specs: Mapping[str, PipelineSpec], ended: Ends, now: datetime) -> Iterator[LateRun]:
    for name, spec in specs.items():
        if name not in ended:
            continue
        due = next_turn(spec.schedule, ZoneInfo(spec.timezone), ended[name][0])
        free = max((due, *(end for other, (_, end) in ended.items() if other != name)))
        if now - free > _limit(spec) + SLACK:
            yield LateRun(name, due, now - due)


def _is_in_time(at_work: CurrentRun | None, specs: Mapping[str, PipelineSpec], now: datetime) -> bool:
    return at_work is not None and now - at_work.started_at <= _limit(specs.get(at_work.pipeline)) + SLACK


def _limit(spec: PipelineSpec | None) -> timedelta:
    return timedelta(minutes=spec.max_minutes) if spec and spec.max_minutes else UNLIMITED
