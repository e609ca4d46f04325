"""The yield of feeds: new entries by day, and how complete their entries and articles are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from offing.model.sources.article import Completeness
from offing.store.database.engine import day_of
from offing.store.tables import article, entry, page, poll

ARTICLES = 5_000  # the newest of all feeds, from which fill rates are computed
LATELY = timedelta(days=2)  # documents repeat entries: the latest announcements are used for fill rates


@dataclass(frozen=True, slots=True)
class Fill:
    """Shares of 0 to 1 of what a feed brought lately; None if it brought nothing.

    Args:
        dated: of entries that were announced lately, those with a date.
        with_text: those with a summary or text.
        articles: the number of articles behind the rest.
        with_date, with_author, whole: of articles, those with a date, an author, their whole text.
    """

    dated: float | None = None
    with_text: float | None = None
    articles: int = 0
    with_date: float | None = None
    with_author: float | None = None
    whole: float | None = None


def new_by_day(conn: sa.Connection, since: datetime) -> dict[int, dict[date, int]]:
    """Return new entries of each feed by day (UTC); days without any are left out."""
    day = day_of(conn, poll.c.at)
    brought = sa.select(poll.c.feed_id, day.label("day"), sa.func.sum(poll.c.new_entries).label("number"))
    rows = conn.execute(brought.where(poll.c.at >= since, poll.c.new_entries > 0).group_by(poll.c.feed_id, day))
    found: dict[int, dict[date, int]] = defaultdict(dict)
    for row in rows:
        found[row.feed_id][date.fromisoformat(row.day)] = row.number
    return found


def fills(conn: sa.Connection, now: datetime) -> Mapping[int, Fill]:
    """Return the recent fill rates of each feed's entries and articles, by feed id."""
    sums = [sa.func.sum(poll.c[name]).label(name) for name in ("entries", "dated", "with_text")]
    polls = conn.execute(sa.select(poll.c.feed_id, *sums).where(poll.c.at >= now - LATELY).group_by(poll.c.feed_id))
    announced = {row.feed_id: (row.entries, row.dated, row.with_text) for row in polls}
    drawn = _drawn(conn)
    found = {}
    for feed_id in announced.keys() | drawn.keys():
        entries, dated, with_text = announced.get(feed_id, (0, 0, 0))
        articles, with_date, with_author, whole = drawn.get(feed_id, (0, 0, 0, 0))
        found[feed_id] = Fill(
            *(_share(dated, entries), _share(with_text, entries), articles),
            *(_share(with_date, articles), _share(with_author, articles), _share(whole, articles)),
        )
    return found


def _drawn(conn: sa.Connection) -> dict[int, tuple[int, int, int, int]]:
    """Of each feed's newest articles: how many there are, and how many have a date, an author, their whole text."""
    told_of = (article.c.id, article.c.page_id, article.c.published, article.c.author, article.c.completeness)
    newest = sa.select(*told_of).order_by(article.c.id.desc()).limit(ARTICLES).subquery()
    counts = (
        sa.func.count().label("articles"),
        sa.func.sum(sa.case((newest.c.published.is_not(None), 1), else_=0)).label("dated"),
        sa.func.sum(sa.case((newest.c.author.is_not(None), 1), else_=0)).label("signed"),
        sa.func.sum(sa.case((newest.c.completeness == Completeness.COMPLETE, 1), else_=0)).label("whole"),
    )
    reported = (
        sa.select(entry.c.feed_id, *counts)
        .join_from(newest, page, page.c.id == newest.c.page_id)
        .join(entry, entry.c.id == page.c.entry_id)
        .where(entry.c.feed_id.is_not(None))
        .group_by(entry.c.feed_id)
    )
    return {row.feed_id: (row.articles, row.dated, row.signed, row.whole) for row in conn.execute(reported)}


def _share(part: int, whole: int) -> float | None:
    return min(1.0, part / whole) if whole else None
