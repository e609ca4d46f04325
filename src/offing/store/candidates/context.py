"""Context: the summits, plans and initiatives that articles report."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.model.operation.run import Stamp
from offing.model.reading.context import Context, ContextKind, StoredContext
from offing.store.tables import article, candidate, context, story_article


def save_context(conn: sa.Connection, article_id: int, found: Context | None, stamp: Stamp) -> None:
    """Replace the stored context of an article; None deletes it."""
    conn.execute(sa.delete(context).where(context.c.article_id == article_id))
    if found is None:
        return
    row = {
        "article_id": article_id,
        "kind": found.kind,
        "regions": list(found.regions),
        "countries": list(found.countries),
        "start": found.start,
        "end": found.end,
        "quote": found.quote,
        "found_at": stamp.at,
        "produced_by": stamp.by,
    }
    conn.execute(sa.insert(context).values(**row))


def list_contexts(
    conn: sa.Connection,
    *,
    since: datetime | None = None,
    region: str | None = None,
    country: str | None = None,
    regions_of_country: Collection[str] = (),
) -> tuple[StoredContext, ...]:
    """The articles of context, newest first.

    Args:
        conn: the database.
        since: only what was published from then on; if no date is known, read from then on.
        region: only of this region.
        country: only what names this country, or concerns a region that it belongs to.
        regions_of_country: the regions that `country` belongs to.
    """
    at = sa.func.coalesce(article.c.published, article.c.extracted_at)
    chosen = [at >= since] if since else []
    if region is not None:
        chosen.append(_has(context.c.regions, region))
    if country is not None:
        concerned = (_has(context.c.regions, each) for each in regions_of_country)
        chosen.append(sa.or_(_has(context.c.countries, country), *concerned))
    columns = (article.c.title, article.c.url, article.c.outlet, article.c.language, article.c.published)
    asked = (
        sa.select(context, *columns, _candidate().label("candidate_id"))
        .join(article, article.c.id == context.c.article_id)
        .where(*chosen)
        .order_by(at.desc(), context.c.id.desc())
    )
    return tuple(map(_stored, conn.execute(asked)))


def _has(column: sa.Column[Any], value: str) -> sa.ColumnElement[bool]:
    """Whether a list contains a value; both databases write it in double quotes."""
    return sa.cast(column, sa.Text()).contains(f'"{value}"', autoescape=True)


def _candidate() -> sa.ScalarSelect[int]:
    """The candidate below the cut that the article's best proposal made or joined."""
    return (
        sa.select(candidate.c.id)
        .join(story_article, story_article.c.story_id == candidate.c.story_id)
        .where(story_article.c.article_id == context.c.article_id, story_article.c.ordinal == 0)
        .scalar_subquery()
    )


def _stored(row: Any) -> StoredContext:
    found = Context(ContextKind(row.kind), tuple(row.regions), tuple(row.countries), row.start, row.end, row.quote)
    article = (row.title, row.url, row.outlet, row.language, row.published)
    return StoredContext(row.article_id, found, *article, candidate_id=row.candidate_id)
