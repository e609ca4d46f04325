"""Pages: kept compressed, each content once."""

from __future__ import annotations

import hashlib
import zlib

import sqlalchemy as sa

from offing.model.page import FetchedPage, StoredPage
from offing.store.tables import body, entry, feed, page
from offing.store.upsert import insert, insert_new
from offing.urls import url_key


def save_page(conn: sa.Connection, entry_id: int, fetched: FetchedPage) -> tuple[int | None, bool]:
    """Keep a page.

    Returns:
        Its id (None when this entry had one already), and whether another address has led to it before.
    """
    key = url_key(fetched.final_url)
    again = conn.execute(sa.select(page.c.id).where(page.c.final_url_key == key)).first() is not None
    digest = hashlib.sha256(fetched.body).hexdigest()
    packed = {"sha256": digest, "packed": zlib.compress(fetched.body, 6)}
    conn.execute(insert(conn, body).values(**packed).on_conflict_do_nothing())
    row = {
        "entry_id": entry_id,
        "url": fetched.url,
        "final_url": fetched.final_url,
        "final_url_key": key,
        "status": fetched.status,
        "content_type": fetched.content_type,
        "headers": fetched.headers,
        "sha256": digest,
        "fetched_at": fetched.fetched_at,
    }
    ids = insert_new(conn, page, [row])
    return (ids[0] if ids else None), again


def stored_page(conn: sa.Connection, page_id: int) -> StoredPage:
    """A page whose text is to be extracted, with what its entry and feed said of it."""
    row = conn.execute(
        sa.select(page, body.c.packed, entry.c.title, entry.c.published, entry.c.language)
        .add_columns(feed.c.title.label("outlet"), feed.c.language.label("feed_language"))
        .join(body, body.c.sha256 == page.c.sha256)
        .join(entry, entry.c.id == page.c.entry_id)
        .outerjoin(feed, feed.c.id == entry.c.feed_id)
        .where(page.c.id == page_id)
    ).one()
    return StoredPage(
        id=row.id,
        entry_id=row.entry_id,
        url=row.url,
        final_url=row.final_url,
        content_type=row.content_type,
        body=zlib.decompress(row.packed),
        fetched_at=row.fetched_at,
        title=row.title,
        published=row.published,
        language=row.language or row.feed_language,
        outlet=row.outlet or "",
    )
