"""Reads and writes leases. Taking one is a single statement, so two people never both get it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from offing.model.review.lease import LASTS, Lease
from offing.model.sources.clock import SKEW
from offing.store.database.batch import parts
from offing.store.database.upsert import insert
from offing.store.tables import lease


def take(conn: sa.Connection, candidate_id: int, by: str, now: datetime) -> Lease:
    """Take a candidate, or renew one's own lease; if another person's lease is in force, that one is returned.

    Raises:
        sqlalchemy.exc.IntegrityError: there is no such candidate.
    """
    row = {"candidate_id": candidate_id, "by": by, "since": now, "until": now + LASTS}
    statement = insert(conn, lease).values(row)
    taken = statement.on_conflict_do_update(
        index_elements=[lease.c.candidate_id],
        set_={"by": by, "since": sa.case((_stands(now), lease.c.since), else_=now), "until": now + LASTS},
        where=sa.or_(lease.c.by == by, ~_stands(now)),
    )
    row_now = conn.execute(taken.returning(lease)).first() or conn.execute(_of(candidate_id)).first()
    return take(conn, candidate_id, by, now) if row_now is None else _lease(row_now)  # released in between


def take_over(conn: sa.Connection, candidate_id: int, by: str, holder: str, now: datetime) -> bool:
    """Take a candidate from the person last seen to hold it; False if that person no longer does."""
    theirs = lease.update().where(lease.c.candidate_id == candidate_id, lease.c.by == holder)
    return conn.execute(theirs.values(by=by, since=now, until=now + LASTS)).rowcount == 1


def release(conn: sa.Connection, candidate_id: int, by: str) -> None:
    """Release one's own lease on a candidate; another's stays."""
    conn.execute(lease.delete().where(lease.c.candidate_id == candidate_id, lease.c.by == by))


def standing(conn: sa.Connection, candidate_ids: Iterable[int], now: datetime) -> dict[int, Lease]:
    """The leases in force on some candidates, by candidate."""
    rows = (
        row
        for part in parts(candidate_ids)
        for row in conn.execute(sa.select(lease).where(lease.c.candidate_id.in_(part), _stands(now)))
    )
    return {row.candidate_id: _lease(row) for row in rows}


def held_by_others(who: str, now: datetime) -> sa.Select[tuple[int]]:
    """The candidates that somebody else is looking at."""
    return sa.select(lease.c.candidate_id).where(_stands(now), lease.c.by != who)


def _stands(now: datetime) -> sa.ColumnElement[bool]:
    """Not expired, and not longer than any lease can last, which only a fast clock leaves behind."""
    return sa.and_(lease.c.until > now, lease.c.until <= now + LASTS + SKEW)


def _of(candidate_id: int) -> sa.Select[tuple[object, ...]]:
    return sa.select(lease).where(lease.c.candidate_id == candidate_id)


def _lease(row: sa.Row[tuple[object, ...]]) -> Lease:
    return Lease(row.candidate_id, row.by, row.since, row.until)
