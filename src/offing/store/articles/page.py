"""Pages: stored compressed, each content once."""

from __future__ import annotations

import hashlib
import zlib
from typing import Any

import sqlalchemy as sa

from offing.model.sources.page import Answer, AnswerKind, FetchedPage, StoredPage
from offing.model.sources.reservation import written
from offing.store.database.upsert import insert, insert_new, is_any
from offing.store.tables import body, entry, feed, page, revision
from offing.urls import url_key


def save_page(conn: sa.Connection, entry_id: int, fetched: FetchedPage) -> tuple[int | None, bool]:
    """Store a page.

    Returns:
        Its id (None if this entry had one already), and whether another address has led to it before.
    """
    key = url_key(fetched.final_url)
    again = is_any(conn, sa.select(page.c.id).where(page.c.final_url_key == key))
    row = {
        "entry_id": entry_id,
        "url": fetched.url,
        "final_url": fetched.final_url,
        "final_url_key": key,
        "status": fetched.status,
        "content_type": fetched.content_type,
        "headers": fetched.headers,
        "sha256": keep_body(conn, fetched.body),
        "fetched_at": fetched.fetched_at,
        "reservation": written(fetched.reservation),
        "etag": fetched.etag,
        "last_modified": fetched.last_modified,
    }
    return insert_new(conn, page, row), again


def save_failed_page(conn: sa.Connection, entry_id: int, answer: Answer) -> int | None:
    """Store what is known of a page that could not be fetched: the answer without its content and without a URL key.

    Returns:
        Its id; None if this entry had a page already.
    """
    row = {
        "entry_id": entry_id,
        "url": answer.url,
        "final_url": answer.final_url,
        "final_url_key": "",  # so that a later answer there is not taken for a duplicate
        # If robots.txt forbids it, the page itself was never requested; the status is that of robots.txt.
        "status": 0 if answer.kind is AnswerKind.ROBOTS else answer.status or 0,
        "content_type": answer.headers.get("content-type", ""),
        "headers": answer.headers,
        "sha256": keep_body(conn, b""),
        "fetched_at": answer.at,
    }
    return insert_new(conn, page, row)


def keep_body(conn: sa.Connection, content: bytes) -> str:
    """Store a content, each once; return its SHA-256, the key to it."""
    digest = hashlib.sha256(content).hexdigest()
    packed = {"sha256": digest, "packed": zlib.compress(content, 6)}
    conn.execute(insert(conn, body).values(**packed).on_conflict_do_nothing())
    return digest


def drop_body(conn: sa.Connection, page_id: int) -> None:
    """Drop a page's content; the content itself is deleted if no other page or revision has it."""
    digest = conn.execute(sa.select(page.c.sha256).where(page.c.id == page_id)).scalar_one()
    conn.execute(sa.update(page).where(page.c.id == page_id).values(sha256=keep_body(conn, b"")))
    drop_unused(conn, [digest])


def drop_unused(conn: sa.Connection, digests: list[str]) -> int:
    """Delete those of some contents that no page and no revision has; return how many."""
    used = sa.exists().where(page.c.sha256 == body.c.sha256) | sa.exists().where(revision.c.sha256 == body.c.sha256)
    return conn.execute(sa.delete(body).where(body.c.sha256.in_(digests), ~used)).rowcount


def stored_page(conn: sa.Connection, page_id: int) -> StoredPage:
    """Return a page whose text is to be extracted, with what its entry and feed said about it."""
    row = conn.execute(
        sa.select(page, entry.c.title, entry.c.published, entry.c.language)
        .add_columns(feed.c.title.label("outlet"), feed.c.language.label("feed_language"))
        .join(entry, entry.c.id == page.c.entry_id)
        .outerjoin(feed, feed.c.id == entry.c.feed_id)
        .where(page.c.id == page_id)
    ).one()
    return _stored(row, body_of(conn, row.sha256))


def body_of(conn: sa.Connection, digest: str) -> bytes:
    """Return a stored content."""
    packed: bytes = conn.execute(sa.select(body.c.packed).where(body.c.sha256 == digest)).scalar_one()
    return zlib.decompress(packed)


def reserved(conn: sa.Connection, page_id: int) -> bool:
    """Return whether the publisher of a page reserves it."""
    found: str = conn.execute(sa.select(page.c.reservation).where(page.c.id == page_id)).scalar_one()
    return bool(found)


def _stored(row: Any, content: bytes) -> StoredPage:
    return StoredPage(
        id=row.id,
        entry_id=row.entry_id,
        url=row.url,
        final_url=row.final_url,
        content_type=row.content_type,
        body=content,
        fetched_at=row.fetched_at,
        title=row.title,
        published=row.published,
        language=row.language or row.feed_language,
        outlet=row.outlet or "",
    )
