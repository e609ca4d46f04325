"""The history of an article's address: who announced it, and how far it has come."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.model.values.vocabulary import Verb
from offing.store.tables import article, candidate, entry, feed, page, story_article, work


@dataclass(frozen=True, slots=True)
class AddressHistory:
    """A known address: when it was first seen, who brought it, and a sentence on how far it has come."""

    seen_at: datetime
    source: str
    stands: str
    candidate_ids: tuple[int, ...] = ()


def address_history(conn: sa.Connection, url_key: str, blind: Collection[int] = ()) -> AddressHistory | None:
    """Return the history of an address, by its `offing.urls.url_key`; None if it was never seen.

    Decisions on candidates in `blind` are not revealed.
    """
    first = conn.execute(
        sa.select(entry.c.id, entry.c.seen_at, entry.c.added_by, entry.c.feed_id, feed.c.title, feed.c.url)
        .outerjoin(feed, feed.c.id == entry.c.feed_id)
        .where(entry.c.url_key == url_key, entry.c.same_as.is_(None))
    ).first()
    if first is None:
        return None
    source = f"feed {first.feed_id} ({first.title or first.url})" if first.feed_id else first.added_by or "a person"
    queued = _candidates(conn, first.id)
    if queued:
        stands = ", ".join(f"candidate {row.id}" + ("" if row.id in blind else f" ({row.state})") for row in queued)
        return AddressHistory(first.seen_at, source, stands, tuple(row.id for row in queued))
    return AddressHistory(first.seen_at, source, _progress(conn, first.id))


def _progress(conn: sa.Connection, entry_id: int) -> str:
    """Return how far an entry without a candidate has come, checked backwards: article, page, fetch."""
    page_id = conn.execute(sa.select(page.c.id).where(page.c.entry_id == entry_id)).scalar_one_or_none()
    if page_id is None:
        return _of_work(conn, Verb.FETCH, entry_id, "its page waits to be fetched", "its page could not be had")
    drawn = conn.execute(
        sa.select(article.c.id, article.c.proposed_at, article.c.score).where(article.c.page_id == page_id)
    ).first()
    if drawn is None:
        return _of_work(conn, Verb.EXTRACT, page_id, "its page waits to be read", "no article of its own in its page")
    if drawn.proposed_at is None:
        return "its article waits to be searched for projects"
    return f"read; nothing in it was for the queue (score {drawn.score or 0:.2f})"


def _candidates(conn: sa.Connection, entry_id: int) -> list[Any]:
    of_article = (
        sa.select(story_article.c.story_id)
        .join(article, article.c.id == story_article.c.article_id)
        .join(page, page.c.id == article.c.page_id)
        .where(page.c.entry_id == entry_id)
    )
    found = sa.select(candidate.c.id, candidate.c.state).where(candidate.c.story_id.in_(of_article))
    return list(conn.execute(found.order_by(candidate.c.id)))


def _of_work(conn: sa.Connection, verb: Verb, item_id: int, waits: str, ended: str) -> str:
    """Return the state of a step that has no result yet."""
    here = (work.c.verb == verb) & (work.c.item_id == item_id)
    row = conn.execute(sa.select(work.c.done_at, work.c.quarantined_at, work.c.reason).where(here)).first()
    if row is None:
        return waits
    why = f": {row.reason}" if row.reason else ""
    if row.quarantined_at:
        return f"set aside by `{verb}`{why} (offing quarantine retry)"
    return f"{ended}{why}" if row.done_at else f"{waits}{why}"
