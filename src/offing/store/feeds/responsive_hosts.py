"""Which hosts answered lately: they are probed when hardly any other answers."""

from __future__ import annotations

from urllib.parse import urlsplit

import sqlalchemy as sa

from offing.model.sources.feed import FeedState
from offing.store.tables import feed

MOST = 20


def healthy_origins(conn: sa.Connection) -> tuple[str, ...]:
    """Return scheme and host of the feeds that were healthy at the last poll, latest first, each host once.

    20 at most.
    """
    healthy = sa.select(feed.c.url).where(feed.c.state == FeedState.HEALTHY, feed.c.last_poll_at.is_not(None))
    rows = conn.execute(healthy.order_by(feed.c.last_poll_at.desc()).limit(10 * MOST)).scalars()
    parts = (urlsplit(url) for url in rows)
    return tuple(dict.fromkeys(f"{part.scheme}://{part.netloc}" for part in parts))[:MOST]
