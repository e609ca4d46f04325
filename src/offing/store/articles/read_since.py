"""Which articles were extracted since a time."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from offing.store.tables import article


def read_since(conn: sa.Connection, since: datetime, limit: int | None = None) -> tuple[int, ...]:
    """Return the ids of the articles that were extracted since a time, newest first.

    Args:
        conn: a transaction.
        since: aware.
        limit: the newest so many at most.
    """
    chosen = sa.select(article.c.id).where(article.c.extracted_at >= since, article.c.withheld_at.is_(None))
    return tuple(conn.execute(chosen.order_by(article.c.id.desc()).limit(limit)).scalars())
