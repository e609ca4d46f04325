"""Turns, rests and claims farther ahead than any pause allows: a wrong clock wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa

from offing.model.sources.clock import SKEW, Beyond, Reach
from offing.model.values.vocabulary import Verb
from offing.store.tables import feed, pace, robots, work

_OPEN = work.c.done_at.is_(None) & work.c.quarantined_at.is_(None)
_WITH_PAUSES = (Verb.POLL, Verb.FETCH)  # all others are due at once


def beyond(conn: sa.Connection, reach: Reach, now: datetime) -> Beyond:
    """Return what lies too far ahead of now."""
    turns = sa.select(sa.func.count(), sa.func.max(work.c.due_at)).where(_turns(reach, now))
    count, farthest = conn.execute(turns).one()
    rests = sum(_count(conn, table, which) for table, which, _ in _rests(reach, now))
    claims = _count(conn, work, _claims(reach, now))
    return Beyond(count, rests, claims, farthest)


def bring_back(conn: sa.Connection, reach: Reach, now: datetime) -> Beyond:
    """Make everything too far ahead due, rested or free now; return what that was."""
    found = beyond(conn, reach, now)
    conn.execute(sa.update(work).where(_turns(reach, now)).values(due_at=now))
    for table, which, column in _rests(reach, now):
        conn.execute(sa.update(table).where(which).values({column: now}))
    free = {"lease_run": None, "lease": None, "lease_until": None}
    conn.execute(sa.update(work).where(_claims(reach, now)).values(**free))
    return found


def _turns(reach: Reach, now: datetime) -> sa.ColumnElement[bool]:
    """Beyond the longest pause; due at once otherwise; or counted from a poll that is still in the future."""
    pausing = work.c.verb.in_(_WITH_PAUSES)
    asked_ahead = sa.select(feed.c.id).where(feed.c.last_poll_at > now + SKEW)
    return _OPEN & sa.or_(
        pausing & (work.c.due_at > now + reach.turn),
        ~pausing & (work.c.due_at > now + SKEW),
        (work.c.verb == Verb.POLL) & (work.c.due_at > now + SKEW) & work.c.item_id.in_(asked_ahead),
    )


def _rests(reach: Reach, now: datetime) -> Iterator[tuple[sa.Table, sa.ColumnElement[bool], str]]:
    yield pace, pace.c.next_at > now + reach.turn, "next_at"
    yield robots, robots.c.until > now + reach.robots, "until"


def _claims(reach: Reach, now: datetime) -> sa.ColumnElement[bool]:
    return work.c.lease_until > now + reach.claim


def _count(conn: sa.Connection, table: sa.Table, which: sa.ColumnElement[bool]) -> int:
    return conn.execute(sa.select(sa.func.count()).select_from(table).where(which)).scalar_one()
