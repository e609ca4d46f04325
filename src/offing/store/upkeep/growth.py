"""How fast a database grows, by the rows that stand in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from offing.store.tables import article, candidate, entry, outcome, page, poll

WINDOW = timedelta(days=30)
FEWEST = 1000  # rows of the window; fewer say too little, since an empty database has a size, too
_TIMES = (entry.c.seen_at, page.c.fetched_at, article.c.extracted_at, candidate.c.created_at, outcome.c.at, poll.c.at)


@dataclass(frozen=True, slots=True)
class Growth:
    """Rows and bytes that came on an average day of the window."""

    rows_a_day: float
    bytes_a_day: float

    def days_until_full(self, free: int) -> int:
        """Return in how many days so many free bytes are used up."""
        return int(free / self.bytes_a_day)


def growth_of(conn: sa.Connection, size: int, now: datetime) -> Growth | None:
    """Return how fast a database has grown over the last 30 days, or since its first row if that is younger.

    Bytes are the database's size in proportion to the rows with a time: the rows of the window may be larger or smaller
    than the others. Rows that were deleted since are not counted.

    Args:
        conn: a transaction.
        size: the bytes of the database.
        now: aware UTC.

    Returns:
        None if there are too few rows, or less than a day of them.
    """
    since, total, recent, first = now - WINDOW, 0, 0, now
    for moment in _TIMES:
        late = sa.func.sum(sa.case(((moment >= since) & (moment <= now), 1), else_=0))
        row = conn.execute(sa.select(sa.func.count(), late, sa.func.min(moment))).one()
        total, recent = total + row[0], recent + int(row[1] or 0)
        first = min(first, row[2] or now)
    days = min(now - first, WINDOW) / timedelta(days=1)
    if recent < FEWEST or days < 1:
        return None
    return Growth(recent / days, size * recent / total / days)
