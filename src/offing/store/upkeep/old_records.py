"""Old records of the work itself, such as polls, second answers and robots.txt. Nothing else refers to them."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from offing.store.tables import outcome, poll, robots, second_answer, translation

_TIMED = {"polls": poll, "outcomes": outcome, "second answers": second_answer, "translations": translation}


def prune_records(conn: sa.Connection, before: datetime, limit: int = 5000) -> dict[str, int]:
    """Delete some of each kind from before a time, and expired robots.txt; return the counts."""
    counts = {"robots.txt": conn.execute(sa.delete(robots).where(robots.c.until < before)).rowcount}
    for name, table in _TIMED.items():
        some = sa.select(table.c.id).where(table.c.at < before).limit(limit)
        counts[name] = conn.execute(sa.delete(table).where(table.c.id.in_(some))).rowcount
    return counts


def count_records(conn: sa.Connection, before: datetime) -> dict[str, int]:
    """Return how many of each kind there are from before a time."""
    counted = sa.select(sa.func.count())
    asked = {name: counted.select_from(table).where(table.c.at < before) for name, table in _TIMED.items()}
    asked["robots.txt"] = counted.select_from(robots).where(robots.c.until < before)
    return {name: conn.execute(each).scalar_one() for name, each in asked.items()}
