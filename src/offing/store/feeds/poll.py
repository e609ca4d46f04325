"""Exchanges with feeds: recording them, and what a poll needs from the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from offing.model.sources.clock import SKEW
from offing.model.sources.entry import AnnouncedEntry
from offing.model.sources.feed import Exchange, KnownEntry, PollOutcome
from offing.store.database.batch import parts
from offing.store.tables import entry, poll

KEPT = timedelta(days=180)
LATEST = 40  # exchanges that count for pace, whether or not they brought anything
MOST = 500  # exchanges that count for habit, those that brought something


def record_poll(conn: sa.Connection, feed_id: int, exchange: Exchange) -> None:
    """Record an exchange, and delete those of this feed that are half a year older than the last ones.

    Half a year is counted from the oldest of the last 40, so that a clock that runs ahead once deletes nothing.
    """
    conn.execute(sa.insert(poll).values(feed_id=feed_id, **asdict(exchange)))
    its = sa.select(poll.c.at).where(poll.c.feed_id == feed_id).order_by(poll.c.at.desc(), poll.c.id.desc())
    latest = conn.execute(its.offset(LATEST - 1).limit(1)).scalar_one_or_none()
    if latest is not None:
        conn.execute(sa.delete(poll).where(poll.c.feed_id == feed_id, poll.c.at < latest - KEPT))


def recent_polls(conn: sa.Connection, feed_id: int, limit: int) -> tuple[Exchange, ...]:
    """Return the last exchanges with a feed, latest first."""
    latest = sa.select(poll).where(poll.c.feed_id == feed_id).order_by(poll.c.at.desc(), poll.c.id.desc())
    return tuple(_exchange(row) for row in conn.execute(latest.limit(limit)).mappings())


def poll_history(conn: sa.Connection, feed_id: int, now: datetime) -> tuple[Exchange, ...]:
    """The exchanges by which a feed is judged, latest first: the last ones, and older ones that brought something.

    Those dated by a clock that ran ahead are left out.
    """
    its = (poll.c.feed_id == feed_id) & (poll.c.at <= now + SKEW)
    latest = sa.select(poll.c.id).where(its).order_by(poll.c.at.desc(), poll.c.id.desc())
    telling = (poll.c.new_entries > 0) | (poll.c.repeated > 0) | poll.c.id.in_(latest.limit(LATEST))
    found = sa.select(poll).where(its, telling)
    rows = conn.execute(found.order_by(poll.c.at.desc(), poll.c.id.desc()).limit(MOST))
    return tuple(_exchange(row) for row in rows.mappings())


def _exchange(row: sa.RowMapping) -> Exchange:
    values: dict[str, Any] = {str(name): value for name, value in row.items() if name not in ("id", "feed_id")}
    return Exchange(**values | {"outcome": PollOutcome(row["outcome"])})


def known_entries(conn: sa.Connection, feed_id: int, found: Sequence[AnnouncedEntry]) -> tuple[KnownEntry, ...]:
    """Return the stored entries of a feed that a document may announce again: by key, by page, or by title."""
    known: dict[str, KnownEntry] = {}
    for some in parts(found):
        known |= _known(conn, feed_id, entry.c.entry_key.in_([item.key for item in some]))
    for some in parts([item for item in found if item.key not in known]):
        titles = [item.title for item in some if item.title]
        pages = [item.url_key for item in some]
        known |= _known(conn, feed_id, entry.c.url_key.in_(pages) | entry.c.title.in_(titles))
    return tuple(known.values())


def _known(conn: sa.Connection, feed_id: int, which: sa.ColumnElement[bool]) -> dict[str, KnownEntry]:
    columns = (entry.c.entry_key, entry.c.url_key, entry.c.title, entry.c.published)
    rows = conn.execute(sa.select(*columns).where(entry.c.feed_id == feed_id, which))
    return {row.entry_key: KnownEntry(row.entry_key, row.url_key, row.title, row.published) for row in rows}


def rename_entries(conn: sa.Connection, feed_id: int, renamed: Sequence[tuple[str, str]]) -> None:
    """Change entries to the keys their feed uses now; pairs of the old key and the new one."""
    for old, new in renamed:
        here = (entry.c.feed_id == feed_id) & (entry.c.entry_key == old)
        conn.execute(sa.update(entry).where(here).values(entry_key=new))
