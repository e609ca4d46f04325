"""Contents in the database that may be archived: pages as fetched, and later contents of the same pages."""

from __future__ import annotations

import hashlib
import heapq
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.logs import get_logger
from offing.store.archive.warc import Capture
from offing.store.articles.page import body_of
from offing.store.database.batch import BATCH
from offing.store.tables import article, entry, feed, page, revision

_EMPTY = hashlib.sha256(b"").hexdigest()
_SOME = {"yield_per": BATCH}  # rows at once
_ARCHIVABLE = (page.c.reservation == "") & (page.c.sha256 != _EMPTY)


def captures(conn: sa.Connection, before: datetime) -> Iterator[Capture]:
    """Yield all captures from before a time, the oldest first: without headers, which take the most room.

    What a publisher reserves is left out.
    """
    pages = sa.select(page.c.id, page.c.final_url, page.c.fetched_at.label("at"), page.c.sha256)
    found = (
        pages.where(_ARCHIVABLE, page.c.fetched_at < before).order_by(page.c.fetched_at, page.c.id),
        _revisions().where(revision.c.found_at < before).order_by(revision.c.found_at, revision.c.id),
    )
    with ExitStack() as opened:
        results = [opened.enter_context(conn.execute(each, execution_options=_SOME)) for each in found]
        streams = [map(_bare, rows) for rows in results]
        yield from heapq.merge(*streams, key=lambda capture: (capture.at, capture.number))


def _bare(row: Any) -> Capture:
    return Capture(row.id, row.final_url, row.at, row.sha256)


def _revisions() -> sa.Select[Any]:
    """Return contents of later looks at a page; their headers are not stored."""
    return (
        sa.select(revision.c.id, page.c.final_url, revision.c.found_at.label("at"), revision.c.sha256)
        .join(article, article.c.id == revision.c.article_id)
        .join(page, page.c.id == article.c.page_id)
        .where(page.c.reservation == "")
    )


def with_contents(conn: sa.Connection, some: Sequence[Capture]) -> Iterator[tuple[Capture, bytes]]:
    """Yield captures with all that is stored of them, in order; those that went meanwhile or are damaged stay out."""
    columns = (page.c.url, page.c.status, page.c.content_type, page.c.headers, feed.c.url.label("via"))
    joined = sa.select(page.c.id, page.c.final_url, page.c.fetched_at.label("at"), page.c.sha256, *columns)
    asked = joined.join(entry, entry.c.id == page.c.entry_id).outerjoin(feed, feed.c.id == entry.c.feed_id)
    ids = [capture.number for capture in some]
    whole = {
        capture.record_id: capture
        for row in conn.execute(asked.where(_ARCHIVABLE, page.c.id.in_(ids)))
        for capture in [_whole(row)]
    }
    later = map(_bare, conn.execute(_revisions().where(revision.c.id.in_(ids))))
    whole = {capture.record_id: capture for capture in later} | whole
    for capture in some:
        if (found := whole.get(capture.record_id)) and (content := _content(conn, found)) is not None:
            yield found, content


def _content(conn: sa.Connection, capture: Capture) -> bytes | None:
    """Return the content of a capture; None if it is damaged, which is logged."""
    try:
        content = body_of(conn, capture.sha256)
    except zlib.error:
        content = b""
    if hashlib.sha256(content).hexdigest() == capture.sha256:
        return content
    get_logger().error("a stored content is damaged, and not archived", url=capture.final_url, sha256=capture.sha256)
    return None


def _whole(row: Any) -> Capture:
    return Capture(
        number=row.id,
        final_url=row.final_url,
        at=row.at,
        sha256=row.sha256,
        url=row.url,
        via=row.via or "",
        status=row.status,
        content_type=row.content_type,
        headers=row.headers,
    )
