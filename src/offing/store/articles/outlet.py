"""Outlets as their articles show them: repeated lines, and how what is extracted changes over time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.model.operation.run import Ending
from offing.model.sources.article import Completeness
from offing.model.sources.drift import Drawn
from offing.model.values.vocabulary import Verb
from offing.store.database.dialect import characters_of
from offing.store.tables import article, outcome
from offing.urls import domain_of

_BATCH = 500


def latest_texts(conn: sa.Connection, domain: str, most: int) -> tuple[tuple[str, ...], ...]:
    """Return the paragraphs of the latest articles of a registered domain, each text once, summaries left out."""
    rows = conn.execute(
        sa.select(article.c.text_hash, article.c.paragraphs)
        .where(article.c.domain == domain, article.c.completeness != Completeness.SUMMARY_ONLY)
        .order_by(article.c.id.desc())
        .limit(most)
    )
    return tuple({row.text_hash: tuple(row.paragraphs) for row in rows}.values())


def drawn_since(conn: sa.Connection, since: datetime) -> Iterator[Drawn]:
    """Yield what was extracted from each page since a moment, pages without an article included."""
    rows = conn.execute(_articles(conn, since).execution_options(yield_per=_BATCH))
    for row in rows:
        yield _drawn(row)
    empty = sa.select(outcome.c.at, outcome.c.url).where(
        outcome.c.verb == Verb.EXTRACT, outcome.c.ending == Ending.EMPTY, outcome.c.at >= since
    )
    for row in conn.execute(empty.execution_options(yield_per=_BATCH)):
        yield Drawn(domain_of(row.url), row.at, row.url)


def _articles(conn: sa.Connection, since: datetime) -> sa.Select[Any]:
    return sa.select(
        article.c.domain, article.c.extracted_at, article.c.url, article.c.title, article.c.published,
        article.c.author, article.c.section, article.c.completeness, article.c.method,
        characters_of(conn.dialect, article.c.paragraphs).label("length"),
    ).where(article.c.extracted_at >= since, article.c.completeness != Completeness.SUMMARY_ONLY)  # fmt: skip


def _drawn(row: Any) -> Drawn:
    return Drawn(
        domain=row.domain,
        at=row.extracted_at,
        url=row.url,
        length=int(row.length),
        title=row.title,
        dated=row.published is not None,
        signed=bool(row.author),
        placed=bool(row.section),
        whole=row.completeness == Completeness.COMPLETE,
        method=row.method,
    )
