"""The quarantine: what was set aside, its history, and how it is released."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.model.operation.run import Ending, Quarantined
from offing.model.values.vocabulary import Verb
from offing.store.database.batch import parts
from offing.store.database.trouble import BLAMED_BEFORE
from offing.store.tables import article, entry, feed, outcome, page, work

_HELD = work.c.quarantined_at.is_not(None)


@dataclass(frozen=True, slots=True)
class Which:
    """A filter for quarantined items; fields that are not given match everything."""

    ids: tuple[int, ...] = ()
    verb: Verb | None = None
    since: datetime | None = None
    fault: str = ""

    def condition(self) -> sa.ColumnElement[bool]:
        """Return the matching rows of `work`."""
        asked: list[sa.ColumnElement[bool]] = [_HELD]
        asked += [work.c.id.in_(self.ids)] if self.ids else []
        asked += [work.c.verb == self.verb] if self.verb else []
        asked += [work.c.quarantined_at >= self.since] if self.since else []
        asked += [work.c.fault == self.fault] if self.fault else []
        return sa.and_(*asked)


@dataclass(frozen=True, slots=True)
class PastEnding:
    """How an item once ended."""

    at: datetime
    ending: Ending
    cause: str


def count_quarantined(conn: sa.Connection) -> int:
    """Return how many items are quarantined."""
    return conn.execute(sa.select(sa.func.count()).select_from(work).where(_HELD)).scalar_one()


def count_quarantined_feeds(conn: sa.Connection) -> int:
    """Return how many feeds are not polled since their work item is quarantined."""
    return conn.execute(
        sa.select(sa.func.count()).select_from(work).where(_HELD, work.c.verb == Verb.POLL)
    ).scalar_one()


def quarantined(conn: sa.Connection, which: Which | None = None, limit: int | None = None) -> tuple[Quarantined, ...]:
    """Return quarantined items, newest first."""
    places = (
        (feed, work.c.verb == Verb.POLL),
        (entry, work.c.verb == Verb.FETCH),
        (page, work.c.verb == Verb.EXTRACT),
        (article, work.c.verb.in_((Verb.RECOGNIZE, Verb.PROPOSE))),
    )
    joined: Any = work
    for table, of_its_verb in places:
        joined = joined.outerjoin(table, of_its_verb & (table.c.id == work.c.item_id))
    url = sa.func.coalesce(*(table.c.url for table, _ in places), "").label("url")
    asked = sa.select(work, url).select_from(joined).where((which or Which()).condition())
    rows = conn.execute(asked.order_by(work.c.quarantined_at.desc(), work.c.id).limit(limit))
    return tuple(
        Quarantined(
            id=row.id,
            verb=Verb(row.verb),
            item_id=row.item_id,
            url=row.url,
            fault=row.fault,
            reason=row.reason,
            since=row.quarantined_at,
            tries=row.tries,
            version=row.set_aside_by,
            trace=row.trace,
        )
        for row in rows
    )


def past_of(conn: sa.Connection, item: Quarantined, limit: int = 10) -> tuple[PastEnding, ...]:
    """Return how an item ended before, newest first."""
    its = (outcome.c.verb == item.verb) & (outcome.c.item_id == item.item_id)
    rows = conn.execute(sa.select(outcome).where(its).order_by(outcome.c.id.desc()).limit(limit))
    return tuple(PastEnding(row.at, Ending(row.ending), row.cause) for row in rows)


def release(conn: sa.Connection, which: Which, now: datetime, by: str) -> int:
    """Make items due again; return how many."""
    return _release(conn, which.condition(), now, f"tried again by {by}")


def release_after_upgrade(conn: sa.Connection, version: str, now: datetime) -> int:
    """Make due again what another version of the code set aside: each gets one chance with each version."""
    return _release(conn, _HELD & (work.c.set_aside_by != version), now, f"tried again by version {version}")


def release_innocent(conn: sa.Connection, now: datetime) -> int:
    """Make due again what earlier versions set aside for trouble of the database, the disk or the machine."""
    blamed = sa.or_(*(work.c.reason.like(start) for start in BLAMED_BEFORE))
    return _release(conn, _HELD & blamed, now, "tried again: the database or the machine was in trouble, not the item")


def _release(conn: sa.Connection, chosen: sa.ColumnElement[bool], now: datetime, reason: str) -> int:
    fresh = {"quarantined_at": None, "due_at": now, "tries": 0, "reason": reason}
    return conn.execute(sa.update(work).where(chosen).values(**fresh)).rowcount


def drop(conn: sa.Connection, which: Which, run_id: int, reason: str, now: datetime) -> int:
    """End items for good, each with an outcome that says who and why; feeds cannot be dropped.

    Args:
        conn: a writing connection.
        which: the items.
        run_id: the run under which their outcomes are written.
        reason: who and why, as a sentence.
        now: aware UTC.

    Returns:
        How many.
    """
    chosen = sa.select(work.c.id, work.c.verb, work.c.item_id).where(which.condition(), work.c.verb != Verb.POLL)
    rows = conn.execute(chosen).all()
    ended = {"quarantined_at": None, "done_at": now, "reason": reason}
    for some in parts([row.id for row in rows]):
        conn.execute(sa.update(work).where(work.c.id.in_(some)).values(**ended))
    refused = {"run_id": run_id, "ending": Ending.REFUSED, "cause": reason, "at": now}
    if rows:
        conn.execute(sa.insert(outcome), [{**refused, "verb": row.verb, "item_id": row.item_id} for row in rows])
    return len(rows)
