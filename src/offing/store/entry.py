"""Entries: what feeds announced; one page is fetched for one entry only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from offing.model.entry import AnnouncedEntry, DueEntry
from offing.model.vocabulary import Verb
from offing.store.tables import entry
from offing.store.upsert import insert, insert_new
from offing.store.work import enqueue
from offing.urls import domain_of, host_of


def save_entries(
    conn: sa.Connection, feed_id: int | None, found: Sequence[AnnouncedEntry], now: datetime, by: str = ""
) -> tuple[int, int]:
    """Keep the entries that this feed has not announced before; those with a new page are due for fetch.

    Returns:
        How many entries are new, and how many of them have a page that no other feed announced.
    """
    known = set(conn.execute(sa.select(entry.c.entry_key).where(entry.c.feed_id == feed_id)).scalars())
    new = [item for item in found if item.key not in known]
    pages = sum(_save(conn, feed_id, item, now, by) for item in new)
    return len(new), pages


def _save(conn: sa.Connection, feed_id: int | None, item: AnnouncedEntry, now: datetime, by: str) -> bool:
    row = {
        "feed_id": feed_id,
        "entry_key": item.key,
        "url": item.url,
        "url_key": item.url_key,
        "title": item.title,
        "summary": item.summary,
        "guid": item.guid,
        "published": item.published,
        "published_raw": item.published_raw,
        "author": item.author,
        "language": item.language,
        "seen_at": now,
        "added_by": by,
    }
    first = sa.select(entry.c.id).where(entry.c.url_key == item.url_key, entry.c.same_as.is_(None))
    known = conn.execute(first).scalar_one_or_none()
    if known is not None:
        conn.execute(insert(conn, entry).values(**row, same_as=known).on_conflict_do_nothing())
        return False
    for entry_id in insert_new(conn, entry, [row]):
        enqueue(conn, Verb.FETCH, entry_id, now, (host_of(item.url), domain_of(item.url)))
    return True


def due_entry(conn: sa.Connection, entry_id: int, tries: int) -> DueEntry:
    """An entry whose page is to be fetched."""
    row = conn.execute(sa.select(entry.c.id, entry.c.feed_id, entry.c.url).where(entry.c.id == entry_id)).one()
    return DueEntry(row.id, row.feed_id, row.url, tries)
