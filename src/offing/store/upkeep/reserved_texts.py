"""Deleting what a publisher reserves: of its text only the quotes stay, of its page only the response metadata."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from offing.store.articles.page import drop_body
from offing.store.candidates.index import reindex_article
from offing.store.candidates.second_reader import forget_articles
from offing.store.candidates.translation import forget_translations
from offing.store.tables import article, context, entry, evidence, page

LONGEST_SUMMARY = 300  # characters of the feed's own summary; a quote is no longer


def reserved_page(conn: sa.Connection, article_id: int) -> int | None:
    """Return the page of an article if its publisher reserves it and its text is still stored."""
    kept = (article.c.id == article_id) & article.c.withheld_at.is_(None) & (page.c.reservation != "")
    joined = sa.select(page.c.id).join(article, article.c.page_id == page.c.id)
    found: int | None = conn.execute(joined.where(kept)).scalar_one_or_none()
    return found


def quoted(conn: sa.Connection, article_id: int) -> tuple[tuple[int, int], ...]:
    """Start and end of each quote from an article, that of its context too."""
    tables = (evidence, context)
    asked = (sa.select(table.c.start, table.c.end).where(table.c.article_id == article_id) for table in tables)
    return tuple((row.start, row.end) for each in asked for row in conn.execute(each))


def save_withheld(
    conn: sa.Connection, article_id: int, page_id: int, paragraphs: tuple[str, ...], now: datetime
) -> None:
    """Replace an article's text by the masked one, and drop the page and the rest of what its feed said."""
    forget_translations(conn, [article_id])  # found by the text that goes
    masked = {"paragraphs": list(paragraphs), "withheld_at": now}
    conn.execute(sa.update(article).where(article.c.id == article_id).values(**masked))
    reindex_article(conn, article_id)  # the deleted text must no longer be found
    drop_body(conn, page_id)
    forget_articles(conn, [article_id])
    first = sa.select(page.c.entry_id).where(page.c.id == page_id).scalar_subquery()
    whose = (entry.c.id == first) | (entry.c.same_as == first)
    short = sa.func.substr(entry.c.summary, 1, LONGEST_SUMMARY)
    long = sa.func.length(entry.c.summary) > LONGEST_SUMMARY
    conn.execute(sa.update(entry).where(whose, long).values(summary=short))
