"""What the tables say of one address, from the feeds that announced it to the candidates that came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.model.operation.run import Ending
from offing.model.operation.trace import Announcement, Pending, TracedArticle, TracedCandidate, TracedPage, Turn
from offing.model.review.candidate import CandidateState
from offing.model.values.vocabulary import Verb
from offing.store.tables import article, candidate, entry, feed, outcome, page, story_article, tombstone, work

MOST_ADDRESSES = 20_000  # newest addresses of a host, among which the nearest are sought


def entries_at(conn: sa.Connection, key: str) -> tuple[int, ...]:
    """Return the first entries of the pages at an address: as announced, after redirects, or as the page says."""
    announced = sa.select(sa.func.coalesce(entry.c.same_as, entry.c.id)).where(entry.c.url_key == key)
    led_to = sa.select(page.c.entry_id).where(page.c.final_url_key == key)
    named = sa.select(page.c.entry_id).join(article, article.c.page_id == page.c.id).where(article.c.url_key == key)
    return tuple(sorted({found for each in (announced, led_to, named) for found in conn.execute(each).scalars()}))


def announcements(conn: sa.Connection, entry_ids: Sequence[int]) -> tuple[Announcement, ...]:
    """Return the entries of some pages, the copies of other feeds too, oldest first."""
    chosen = sa.select(entry, feed.c.title.label("feed_title"), feed.c.url.label("feed_url"))
    chosen = chosen.outerjoin(feed, feed.c.id == entry.c.feed_id)
    rows = conn.execute(chosen.where(entry.c.id.in_(entry_ids) | entry.c.same_as.in_(entry_ids)))
    found = [_announcement(row) for row in rows]
    return tuple(sorted(found, key=lambda each: (each.at, each.entry_id)))


def _announcement(row: Any) -> Announcement:
    who = row.feed_title or row.feed_url or row.added_by or "a person"
    return Announcement(row.id, row.feed_id, who, row.url, row.title, row.seen_at, row.same_as is None)


def pages_of(conn: sa.Connection, entry_ids: Sequence[int]) -> tuple[TracedPage, ...]:
    """Return the pages of some entries."""
    columns = (page.c.id, page.c.url, page.c.final_url, page.c.status, page.c.content_type, page.c.fetched_at)
    rows = conn.execute(
        sa.select(*columns, page.c.reservation).where(page.c.entry_id.in_(entry_ids)).order_by(page.c.id)
    )
    return tuple(TracedPage(*row) for row in rows)


def articles_of(conn: sa.Connection, page_ids: Sequence[int]) -> tuple[TracedArticle, ...]:
    """Return the articles of some pages."""
    columns = (article.c.id, article.c.title, article.c.language, article.c.method, article.c.extracted_at)
    rows = conn.execute(
        sa.select(*columns, article.c.score).where(article.c.page_id.in_(page_ids)).order_by(article.c.id)
    )
    return tuple(TracedArticle(*row) for row in rows)


Items = dict[Verb, tuple[int, ...]]


def items_of(entry_ids: Sequence[int], page_ids: Sequence[int], article_ids: Sequence[int]) -> Items:
    """Return the items of each step that concern an address."""
    of_article = tuple(article_ids)
    return {
        Verb.FETCH: tuple(entry_ids),
        Verb.EXTRACT: tuple(page_ids),
        Verb.RECOGNIZE: of_article,
        Verb.PROPOSE: of_article,
    }


def turns(conn: sa.Connection, items: Items) -> tuple[Turn, ...]:
    """Return how each step ended for some items, each time, oldest first."""
    columns = (outcome.c.at, outcome.c.run_id, outcome.c.verb, outcome.c.item_id, outcome.c.ending, outcome.c.cause)
    ours = (sa.and_(outcome.c.verb == verb, outcome.c.item_id.in_(ids)) for verb, ids in items.items() if ids)
    rows = conn.execute(sa.select(*columns).where(sa.or_(sa.false(), *ours)).order_by(outcome.c.at, outcome.c.id))
    return tuple(Turn(row.at, row.run_id, Verb(row.verb), row.item_id, Ending(row.ending), row.cause) for row in rows)


def pending(conn: sa.Connection, items: Items) -> tuple[Pending, ...]:
    """Return the steps that are still to be done for some items, those in quarantine too."""
    ours = (sa.and_(work.c.verb == verb, work.c.item_id.in_(ids)) for verb, ids in items.items() if ids)
    rows = conn.execute(sa.select(work).where(work.c.done_at.is_(None), sa.or_(sa.false(), *ours)).order_by(work.c.id))
    return tuple(
        Pending(
            *(Verb(row.verb), row.item_id, row.quarantined_at or row.due_at, row.tries, row.reason),
            row.id if row.quarantined_at else None,
        )
        for row in rows
    )


def candidates_with(conn: sa.Connection, article_ids: Sequence[int]) -> tuple[TracedCandidate, ...]:
    """Return the candidates whose story contains one of some articles."""
    members = sa.select(sa.func.count(story_article.c.article_id.distinct()))
    number = members.where(story_article.c.story_id == candidate.c.story_id).scalar_subquery()
    stories = sa.select(story_article.c.story_id).where(story_article.c.article_id.in_(article_ids))
    chosen = sa.select(candidate, number.label("articles")).where(candidate.c.story_id.in_(stories))
    return tuple(
        TracedCandidate(
            *(row.id, row.story_id, row.articles, row.facts.get("title") or "", CandidateState(row.state)),
            *(row.score, row.above_cut, row.created_at, row.merged_into),
        )
        for row in conn.execute(chosen.order_by(candidate.c.id))
    )


def pruned_at(conn: sa.Connection, key: str) -> datetime | None:
    """Return when an address was pruned, None if it was not."""
    return conn.execute(sa.select(sa.func.max(tombstone.c.pruned_at)).where(tombstone.c.url_key == key)).scalar()


def addresses_with(conn: sa.Connection, host: str) -> list[str]:
    """Return the newest announced addresses of a host, each once."""
    like = f"%//{host}%" if host else "%"
    rows = conn.execute(
        sa.select(entry.c.url).where(entry.c.url.like(like)).order_by(entry.c.id.desc()).limit(MOST_ADDRESSES)
    )
    return list(dict.fromkeys(rows.scalars()))


def known_domains(conn: sa.Connection) -> list[str]:
    """Return the registered domains of all articles."""
    return list(conn.execute(sa.select(article.c.domain).distinct()).scalars())


def feed_addresses(conn: sa.Connection) -> list[tuple[int, str, str, str]]:
    """Return id, address, state and cause of the feeds on the list."""
    rows = conn.execute(sa.select(feed.c.id, feed.c.url, feed.c.state, feed.c.cause).where(feed.c.removed_at.is_(None)))
    return [tuple(row) for row in rows.all()]
