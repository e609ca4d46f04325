"""Tombstones: what remains of pruned entries, so that they never come back as new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from offing.model.sources.entry import AnnouncedEntry
from offing.store.database.batch import parts
from offing.store.database.upsert import insert
from offing.store.tables import entry, tombstone


def buried(conn: sa.Connection, feed_id: int, found: Sequence[AnnouncedEntry]) -> frozenset[str]:
    """The keys of those entries that were pruned before, under the same key of this feed or the same page anywhere."""
    gone = set()
    for some in parts(found):
        here = tombstone.c.entry_key.in_([item.key for item in some]) & (tombstone.c.feed_id == feed_id)
        gone |= set(conn.execute(sa.select(tombstone.c.entry_key).where(here)).scalars())
        pages = tombstone.c.url_key.in_([item.url_key for item in some])
        keys = set(conn.execute(sa.select(tombstone.c.url_key).where(pages)).scalars())
        gone |= {item.key for item in some if item.url_key in keys}
    return frozenset(gone)


def bury(conn: sa.Connection, entry_ids: Sequence[int], now: datetime) -> None:
    """Leave a tombstone for each of some entries, which are about to be deleted."""
    columns = (entry.c.feed_id, entry.c.entry_key, entry.c.url_key)
    for some in parts(entry_ids):
        rows = conn.execute(sa.select(*columns).where(entry.c.id.in_(some))).mappings().all()
        for row in rows:
            conn.execute(insert(conn, tombstone).values(**row, pruned_at=now).on_conflict_do_nothing())
