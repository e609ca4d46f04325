"""Old records of the work itself: polls, outcomes, second answers, robots.txt. Nothing else refers to them."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from offing.store.tables import outcome, poll, robots, second_answer


def prune_records(conn: sa.Connection, before: datetime, limit: int = 5000) -> dict[str, int]:
    """Delete some polls, outcomes and second answers from before a time, and expired robots.txt; return the counts."""
    counts = {"robots.txt": conn.execute(sa.delete(robots).where(robots.c.until < before)).rowcount}
    for name, table in (("polls", poll), ("outcomes", outcome), ("second answers", second_answer)):
        some = sa.select(table.c.id).where(table.c.at < before).limit(limit)
        counts[name] = conn.execute(sa.delete(table).where(table.c.id.in_(some))).rowcount
    return counts


def count_records(conn: sa.Connection, before: datetime) -> dict[str, int]:
    """Return how many polls, outcomes, second answers and robots.txt there are from before a time."""
    asked = {
        "polls": sa.select(sa.func.count()).select_from(poll).where(poll.c.at < before),
        "outcomes": sa.select(sa.func.count()).select_from(outcome).where(outcome.c.at < before),
        "second answers": sa.select(sa.func.count()).select_from(second_answer).where(second_answer.c.at < before),
        "robots.txt": sa.select(sa.func.count()).select_from(robots).where(robots.c.until < before),
    }
    return {name: conn.execute(each).scalar_one() for name, each in asked.items()}
