"""What monitoring asks of the database at every scrape: few rows each, found by index where a table is large."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.model.review.candidate import CandidateState
from offing.store.database.dialect import of_dialect
from offing.store.tables import candidate, feed, lease, outcome, run, run_lock, work

_OPEN = work.c.done_at.is_(None) & work.c.quarantined_at.is_(None)
_DAY = 86_400  # seconds; SQLite counts differences of times in days


@dataclass(frozen=True, slots=True)
class Durations:
    """How many runs of a pipeline ended with an exit code, and how many seconds they took together."""

    pipeline: str
    exit_code: int
    runs: int
    seconds: float


@dataclass(frozen=True, slots=True)
class LastTimes:
    """When the runs of a pipeline last started, ended, and ended with exit code 0; None for never."""

    pipeline: str
    started_at: datetime
    ended_at: datetime | None
    succeeded_at: datetime | None


@dataclass(frozen=True, slots=True)
class LastEnd:
    """How the newest run of a pipeline that has ended went."""

    pipeline: str
    exit_code: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Queue:
    """How much waits, since when the oldest of it is due, and how much of it somebody is working on."""

    waiting: int
    due: int
    oldest_due: datetime | None
    claimed: int


def run_durations(conn: sa.Connection) -> tuple[Durations, ...]:
    """Return the durations of all ended runs, by pipeline and exit code."""
    took = of_dialect(
        conn.dialect,
        sqlite=(sa.func.julianday(run.c.ended_at) - sa.func.julianday(run.c.started_at)) * _DAY,
        postgresql=sa.extract("epoch", run.c.ended_at - run.c.started_at),
    )
    columns = (run.c.pipeline, run.c.exit_code, sa.func.count(), sa.func.sum(sa.cast(took, sa.Float())))
    ended = run.c.ended_at.is_not(None) & run.c.exit_code.is_not(None)
    rows = conn.execute(sa.select(*columns).where(ended).group_by(*columns[:2]).order_by(*columns[:2]))
    return tuple(Durations(pipeline, code, runs, max(0.0, seconds)) for pipeline, code, runs, seconds in rows)


def last_times(conn: sa.Connection, now: datetime) -> tuple[LastTimes, ...]:
    """Return the newest times of each pipeline; what a fast clock wrote is left out."""
    newest = sa.func.max
    ended = sa.case((run.c.ended_at <= now, run.c.ended_at))
    succeeded = sa.case(((run.c.exit_code == 0) & (run.c.ended_at <= now), run.c.ended_at))
    moments = (sa.type_coerce(newest(each), run.c.ended_at.type) for each in (run.c.started_at, ended, succeeded))
    chosen = sa.select(run.c.pipeline, *moments).where(run.c.started_at <= now).group_by(run.c.pipeline)
    return tuple(LastTimes(*row) for row in conn.execute(chosen.order_by(run.c.pipeline)))


def last_ends(conn: sa.Connection) -> tuple[LastEnd, ...]:
    """Return how the newest ended run of each pipeline went."""
    ended = run.c.ended_at.is_not(None) & run.c.exit_code.is_not(None)
    newest = sa.select(sa.func.max(run.c.id)).where(ended).group_by(run.c.pipeline)
    columns = (run.c.pipeline, run.c.exit_code, run.c.started_at, run.c.ended_at)
    rows = conn.execute(sa.select(*columns).where(run.c.id.in_(newest)).order_by(run.c.pipeline))
    return tuple(
        LastEnd(row.pipeline, row.exit_code, max(0.0, (row.ended_at - row.started_at).total_seconds())) for row in rows
    )


def newest_moment(conn: sa.Connection) -> datetime | None:
    """Return the newest start or end of a run."""
    newest = [sa.func.max(run.c.started_at), sa.func.max(run.c.ended_at)]
    row = conn.execute(sa.select(*(sa.type_coerce(each, run.c.ended_at.type) for each in newest))).one()
    return max((each for each in row if each), default=None)


def runs_after(conn: sa.Connection, run_id: int, and_those: Collection[int]) -> list[sa.Row[Any]]:
    """Return id, end and tally of the runs with a greater id, and of some others, oldest first."""
    wanted = (run.c.id > run_id) | run.c.id.in_(sorted(and_those))
    return list(conn.execute(sa.select(run.c.id, run.c.ended_at, run.c.tally).where(wanted).order_by(run.c.id)))


def run_at_work(conn: sa.Connection) -> int | None:
    """Return the id of the run that holds the run lock."""
    return conn.execute(sa.select(run_lock.c.run_id)).scalar()


def endings_of(conn: sa.Connection, run_id: int) -> Iterator[tuple[str, str, int]]:
    """Yield how many items of which verb ended how in a run."""
    columns = (outcome.c.verb, outcome.c.ending, sa.func.count())
    counted = sa.select(*columns).where(outcome.c.run_id == run_id).group_by(*columns[:2])
    yield from (tuple(row) for row in conn.execute(counted))


def work_queues(conn: sa.Connection, now: datetime) -> dict[str, Queue]:
    """Return the queue of each verb that something waits for."""
    due = work.c.due_at <= now
    columns = (
        sa.func.count(),
        sa.func.sum(sa.case((due, 1), else_=0)),
        sa.type_coerce(sa.func.min(sa.case((due, work.c.due_at))), work.c.due_at.type),
        sa.func.sum(sa.case((work.c.lease_until > now, 1), else_=0)),
    )
    rows = conn.execute(sa.select(work.c.verb, *columns).where(_OPEN).group_by(work.c.verb))
    return {verb: Queue(int(counts[0]), int(counts[1]), counts[2], int(counts[3])) for verb, *counts in rows}


def review_queue(conn: sa.Connection, now: datetime) -> Queue:
    """Return the queue of undecided candidates above the cut; claimed are those that somebody has open."""
    waits = (
        candidate.c.state == CandidateState.OPEN,
        candidate.c.above_cut.is_(True),
        candidate.c.merged_into.is_(None),
    )
    number, oldest = conn.execute(
        sa.select(
            sa.func.count(), sa.type_coerce(sa.func.min(candidate.c.created_at), candidate.c.created_at.type)
        ).where(*waits)
    ).one()
    opened = sa.select(sa.func.count()).select_from(lease).where(lease.c.until > now)
    return Queue(number, number, oldest, conn.execute(opened).scalar_one())


def feed_alarms(conn: sa.Connection) -> dict[str, int]:
    """Return how many feeds on the list have which alarm."""
    counted = sa.select(feed.c.alarm, sa.func.count()).where(feed.c.alarm.is_not(None), feed.c.removed_at.is_(None))
    return {row[0]: row[1] for row in conn.execute(counted.group_by(feed.c.alarm))}


def database_size(conn: sa.Connection) -> int:
    """Return how many bytes the database takes, without SQLite's write-ahead log."""
    asked = of_dialect(
        conn.dialect,
        sqlite="SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
        postgresql="SELECT pg_database_size(current_database())",
    )
    return int(conn.exec_driver_sql(asked).scalar_one())
