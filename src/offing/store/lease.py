"""Reads and writes leases. Taking one is one statement, so two people never both get it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from offing.model.clock import SKEW
from offing.model.lease import LASTS, Lease
from offing.store.batch import parts
from offing.store.tables import lease
from offing.store.upsert import insert


def take(conn: sa.Connection, candidate_id: int, by: str, now: datetime) -> Lease:
    """Take a candidate, or renew what one has; where it is another's that still stands, theirs comes back.

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
    return take(conn, candidate_id, by, now) if row_now is None else _lease(row_now)  # given back in between


def take_over(conn: sa.Connection, candidate_id: int, by: str, holder: str, now: datetime) -> bool:
    """Take a candidate from the person who was seen to hold it; False where it is no longer theirs."""
    theirs = lease.update().where(lease.c.candidate_id == candidate_id, lease.c.by == holder)
    return conn.execute(theirs.values(by=by, since=now, until=now + LASTS)).rowcount == 1


def release(conn: sa.Connection, candidate_id: int, by: str) -> None:
    """Give a candidate back; what is not one's own stays."""
    conn.execute(lease.delete().where(lease.c.candidate_id == candidate_id, lease.c.by == by))


def standing(conn: sa.Connection, candidate_ids: Iterable[int], now: datetime) -> dict[int, Lease]:
    """The leases that stand on some candidates, by candidate."""
    rows = (
        row
        for part in parts(candidate_ids)
        for row in conn.execute(sa.select(lease).where(lease.c.candidate_id.in_(part), _stands(now)))
    )
    return {row.candidate_id: _lease(row) for row in rows}


def _stands(now: datetime) -> sa.ColumnElement[bool]:
    """Not run out; and none that lasts longer than any can, which a clock that ran ahead has left behind."""
    return sa.and_(lease.c.until > now, lease.c.until <= now + LASTS + SKEW)


def _of(candidate_id: int) -> sa.Select[tuple[object, ...]]:
    return sa.select(lease).where(lease.c.candidate_id == candidate_id)


def _lease(row: sa.Row[tuple[object, ...]]) -> Lease:
    return Lease(row.candidate_id, row.by, row.since, row.until)
