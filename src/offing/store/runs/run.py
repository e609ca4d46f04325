"""Runs: the run lock, and what each run did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from offing.errors import MachineTrouble
from offing.model.operation.problem import RunEnd
from offing.redaction import redacted
from offing.store.database.upsert import add
from offing.store.runs.work import release_leases
from offing.store.tables import run, run_lock

LOCK = "run"
_LOOKED_BACK = 1000  # runs among which an outage began: a month of hourly ones
FAR_OFF = timedelta(hours=1)  # a lock that lasts longer was taken by a fast clock; normal machines differ by less


@dataclass(frozen=True, slots=True)
class Holder:
    """Which run holds the lock, on which machine, and until when it is considered alive."""

    run_id: int
    host: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Holding:
    """Who takes the run lock.

    Attributes:
        host: its machine, for people.
        mark: a random mark of this holding; a lock that has it is taken again, after a commit that was not confirmed.
        ended: marks of earlier holdings that are known to be over, as their lock file is free.
    """

    host: str
    mark: str
    ended: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CurrentRun:
    """The run that holds the lock: its pipeline, and the process on which machine that runs it since when (UTC)."""

    pipeline: str
    host: str
    process: int
    started_at: datetime

    def __str__(self) -> str:
        """Return the run and its process in words."""
        return f"{self.pipeline} (process {self.process} on {self.host} since {self.started_at:%Y-%m-%d %H:%M} UTC)"


@dataclass(frozen=True, slots=True)
class Outage:
    """An outage of the network here, as runs saw it: since when (UTC), and in how many of them."""

    since: datetime
    runs: int


def start_run(conn: sa.Connection, pipeline: str, host: str, process: int, now: datetime) -> int:
    """Record the start of a run; return its id."""
    row = {"pipeline": pipeline, "host": host, "process": process, "started_at": now}
    return add(conn, run, row)


def take_lock(conn: sa.Connection, run_id: int, mine: Holding, now: datetime, lease: timedelta) -> Holder | None:
    """Take the run lock, and the leases of the dead run that held it.

    Returns:
        None if it was taken; the holder if a run elsewhere is alive. A lock that lasts longer than any current run
        could have set is considered dead.
    """
    row = conn.execute(sa.select(run_lock).where(run_lock.c.name == LOCK).with_for_update()).one_or_none()
    if row is not None and row.run_id is not None:
        if row.mark not in {mine.mark, *mine.ended} and now < row.until <= now + lease + FAR_OFF:
            return Holder(row.run_id, row.holder, row.until)
        release_leases(conn, [row.run_id])
    values = {"run_id": run_id, "holder": mine.host, "mark": mine.mark, "until": now + lease}
    if row is None:
        conn.execute(sa.insert(run_lock).values(name=LOCK, **values))
    else:
        conn.execute(sa.update(run_lock).where(run_lock.c.name == LOCK).values(**values))
    return None


def renew_lock(conn: sa.Connection, run_id: int, until: datetime) -> bool:
    """Extend the lock; False if another run has taken it."""
    mine = (run_lock.c.name == LOCK) & (run_lock.c.run_id == run_id)
    return conn.execute(sa.update(run_lock).where(mine).values(until=until)).rowcount == 1


def holds_lock(conn: sa.Connection, run_id: int) -> bool:
    """Return whether a run still holds the lock, or nobody ever took it."""
    row = conn.execute(sa.select(run_lock.c.run_id).where(run_lock.c.name == LOCK)).one_or_none()
    return row is None or row.run_id == run_id


def free_lock(conn: sa.Connection) -> None:
    """Release the lock, and the leases of the run that holds it, which is at work on another copy of this database."""
    holder = conn.execute(sa.select(run_lock.c.run_id).where(run_lock.c.name == LOCK)).scalar()
    if holder is not None:
        release_leases(conn, [holder])
        conn.execute(sa.update(run_lock).where(run_lock.c.name == LOCK).values(run_id=None))


def current_run(conn: sa.Connection, alive_at: datetime | None = None) -> CurrentRun | None:
    """Return the run that holds the lock; None if no run does, or if its lock has run out by `alive_at`."""
    columns = (run.c.pipeline, run.c.host, run.c.process, run.c.started_at)
    held = sa.select(*columns).join(run_lock, run_lock.c.run_id == run.c.id).where(run_lock.c.name == LOCK)
    if alive_at is not None:
        held = held.where(run_lock.c.until > alive_at)
    row = conn.execute(held).one_or_none()
    return CurrentRun(*row) if row else None


def end_run(conn: sa.Connection, run_id: int, now: datetime, exit_code: int, tally: dict[str, Any]) -> None:
    """Record how a run ended, and release its lock and leases."""
    release_leases(conn, [run_id])
    conn.execute(
        sa.update(run).where(run.c.id == run_id).values(ended_at=now, exit_code=exit_code, tally=redacted(tally))
    )
    mine = (run_lock.c.name == LOCK) & (run_lock.c.run_id == run_id)
    conn.execute(sa.update(run_lock).where(mine).values(run_id=None, until=now))


def last_end(conn: sa.Connection, pipeline: str | None = None, until: datetime | None = None) -> datetime | None:
    """Return when a run (of one pipeline) last ended, up to a time: what a fast clock wrote is left out."""
    ended = sa.select(sa.func.max(run.c.ended_at)).where(sa.true() if until is None else run.c.ended_at <= until)
    found: datetime | None = conn.execute(ended.where(run.c.pipeline == pipeline) if pipeline else ended).scalar()
    return found


def last_start(conn: sa.Connection, pipeline: str, until: datetime) -> datetime | None:
    """Return when a run of a pipeline last started, up to a time: what a fast clock wrote is left out."""
    found: datetime | None = conn.execute(
        sa.select(sa.func.max(run.c.started_at)).where(run.c.pipeline == pipeline, run.c.started_at <= until)
    ).scalar()
    return found


def last_ended(conn: sa.Connection, now: datetime) -> dict[str, tuple[datetime, datetime]]:
    """When the newest run of each pipeline that ended, and was not stopped by the machine, began and ended.

    What a fast clock wrote is left out.
    """
    whole = (run.c.exit_code != MachineTrouble.exit_code) & (run.c.started_at <= now) & run.c.ended_at.is_not(None)
    newest = sa.select(sa.func.max(run.c.id)).where(whole).group_by(run.c.pipeline)
    rows = conn.execute(sa.select(run).where(run.c.id.in_(newest)))
    return {row.pipeline: (row.started_at, row.ended_at) for row in rows}


def last_outage(conn: sa.Connection, until: datetime) -> Outage | None:
    """Return the outage in which the last runs that asked anybody ended; None if the last one found the network up.

    What a fast clock wrote is left out, as are runs that asked nobody.
    """
    ended = sa.select(run.c.started_at, run.c.tally).where(run.c.ended_at.is_not(None), run.c.started_at <= until)
    found: Outage | None = None
    for row in conn.execute(ended.order_by(run.c.id.desc()).limit(_LOOKED_BACK)):
        if not {"poll", "fetch"} & (row.tally or {}).get("endings", {}).keys():
            continue
        if not row.tally.get("outage"):
            break
        found = Outage(row.started_at, found.runs + 1 if found else 1)
    return found


def last_runs(conn: sa.Connection) -> tuple[RunEnd, ...]:
    """Return the newest run of each pipeline, by name."""
    newest = sa.select(sa.func.max(run.c.id)).group_by(run.c.pipeline)
    rows = conn.execute(sa.select(run).where(run.c.id.in_(newest)).order_by(run.c.pipeline))
    return tuple(RunEnd(row.id, row.pipeline, row.started_at, row.ended_at, row.exit_code) for row in rows)
