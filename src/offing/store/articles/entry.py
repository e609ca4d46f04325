"""Entries: what feeds announced; one page is fetched for one entry only."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from offing.model.sources.entry import AnnouncedEntry, Announcement, DueEntry
from offing.model.sources.page import FetchedPage
from offing.model.values.vocabulary import Verb
from offing.store.articles.page import save_page
from offing.store.articles.revision import known_page, look_again
from offing.store.articles.tombstone import buried
from offing.store.database.batch import parts
from offing.store.database.upsert import add, insert
from offing.store.runs.work import enqueue, enqueue_all
from offing.store.tables import entry, feed
from offing.urls import domain_of, host_of

_T = TypeVar("_T")


def save_entries(
    conn: sa.Connection, feed_id: int | None, found: Sequence[AnnouncedEntry], now: datetime, by: str = ""
) -> tuple[int, int]:
    """Store the entries that this feed has not announced before; those with a new page become due for fetch.

    A pruned entry is never new again, unless a person adds it by hand. If a known one is announced with another
    title, summary or time of change, its page is fetched again.

    Returns:
        How many entries are new, and how many of them have a page that no other feed announced.
    """
    each = list(_first_of_each(found, lambda item: item.key).values())
    known = _known(conn, feed_id, each)
    gone = buried(conn, feed_id, each) if feed_id is not None else frozenset()
    new = [item for item in each if item.key not in known and item.key not in gone]
    rows = (_row(feed_id, item, now, by) for item in new)
    pages = sum(_save_some(conn, feed_id, some, now) for some in parts(rows))
    for item in each:
        if item.key in known:
            _note_change(conn, known[item.key], item, now)
    return len(new), pages


def _known(conn: sa.Connection, feed_id: int | None, found: Sequence[AnnouncedEntry]) -> dict[str, Any]:
    columns = (entry.c.id, entry.c.entry_key, entry.c.same_as, entry.c.announced_hash)
    rows: dict[str, Any] = {}
    for some in parts(found):
        here = entry.c.entry_key.in_([item.key for item in some]) & (entry.c.feed_id == feed_id)
        rows |= {row.entry_key: row for row in conn.execute(sa.select(*columns).where(here))}
    return rows


def _announced(item: AnnouncedEntry) -> dict[str, Any]:
    """Return the fields of an entry that a feed may change, and the digest that reveals a change."""
    when = item.updated.isoformat() if item.updated else ""
    digest = hashlib.sha256(f"{item.title}\0{item.summary}\0{when}".encode("utf-8", "replace")).hexdigest()
    return {"title": item.title, "summary": item.summary, "updated": item.updated, "announced_hash": digest}


def _note_change(conn: sa.Connection, known: Any, item: AnnouncedEntry, now: datetime) -> None:
    announced = _announced(item)
    if announced["announced_hash"] == known.announced_hash:
        return
    conn.execute(sa.update(entry).where(entry.c.id == known.id).values(**announced))
    if known.announced_hash:  # empty if the entry is older than the digest
        look_again(conn, known.same_as or known.id, now)


def keep_pasted(conn: sa.Connection, item: AnnouncedEntry, found: FetchedPage, by: str) -> None:
    """Store an article that a person pasted: its entry with the given page, due for extraction."""
    entry_id = add(conn, entry, _row(None, item, found.fetched_at, by))
    page_id, _ = save_page(conn, entry_id, found)
    assert page_id is not None
    enqueue(conn, Verb.EXTRACT, page_id, found.fetched_at)


def added_by(conn: sa.Connection, by: str, limit: int) -> list[Any]:
    """Return address, key, title and time of what a person added by hand, newest first."""
    columns = (entry.c.url, entry.c.url_key, entry.c.title, entry.c.seen_at)
    theirs = sa.select(*columns).where(entry.c.feed_id.is_(None), entry.c.added_by == by, entry.c.same_as.is_(None))
    return list(conn.execute(theirs.order_by(entry.c.id.desc()).limit(limit)))


def _row(feed_id: int | None, item: AnnouncedEntry, now: datetime, by: str) -> dict[str, Any]:
    return {
        "feed_id": feed_id,
        "entry_key": item.key,
        "url": item.url,
        "url_key": item.url_key,
        "guid": item.guid,
        "published": item.published,
        "published_raw": item.published_raw,
        "author": item.author,
        "language": item.language,
        "seen_at": now,
        "added_by": by,
        **_announced(item),
    }


def _first_of_each(items: Iterable[_T], key: Callable[[_T], str]) -> dict[str, _T]:
    found: dict[str, _T] = {}
    for item in items:
        found.setdefault(key(item), item)
    return found


def _save_some(conn: sa.Connection, feed_id: int | None, rows: Sequence[dict[str, Any]], now: datetime) -> int:
    """Store new entries of a feed, the first of each page due for fetch; return how many pages are new."""
    each = _first_of_each(rows, lambda row: row["url_key"])
    pages = entry.c.url_key.in_(list(each)) & entry.c.same_as.is_(None)
    known = {row.url_key: row.id for row in conn.execute(sa.select(entry.c.url_key, entry.c.id).where(pages))}
    firsts = {key: row for key, row in each.items() if key not in known}
    made = _insert(conn, list(firsts.values()))
    known |= {key: number for number, key in made.items()}
    copies = [row for row in rows if row["url_key"] in known and firsts.get(row["url_key"]) is not row]
    _insert(conn, [{**row, "same_as": known[row["url_key"]]} for row in copies])
    hosts = {number: (host_of(firsts[key]["url"]), domain_of(firsts[key]["url"])) for number, key in made.items()}
    enqueue_all(conn, Verb.FETCH, hosts, now, feed_id)
    return len(made)


def _insert(conn: sa.Connection, rows: Sequence[dict[str, Any]]) -> dict[int, str]:
    """Insert entries, skipping those that exist; the ids of the new ones, with their page keys."""
    if not rows:
        return {}
    kept = insert(conn, entry).values(list(rows)).on_conflict_do_nothing().returning(entry.c.id, entry.c.url_key)
    return dict(sorted((row.id, row.url_key) for row in conn.execute(kept)))


def due_entry(conn: sa.Connection, entry_id: int, tries: int) -> DueEntry:
    """Return an entry whose page is to be fetched, or fetched again."""
    row = conn.execute(sa.select(entry.c.id, entry.c.feed_id, entry.c.url).where(entry.c.id == entry_id)).one()
    return DueEntry(row.id, row.feed_id, row.url, tries, known_page(conn, entry_id))


def announcement_of(conn: sa.Connection, entry_id: int) -> Announcement:
    """Return what the feed announced about an entry."""
    row = conn.execute(
        sa.select(entry, feed.c.title.label("outlet"), feed.c.language.label("feed_language"))
        .outerjoin(feed, feed.c.id == entry.c.feed_id)
        .where(entry.c.id == entry_id)
    ).one()
    return Announcement(
        url=row.url,
        title=row.title,
        summary=row.summary,
        published=row.published,
        author=row.author,
        language=row.language or row.feed_language,
        outlet=row.outlet or "",
    )
