"""When hosts may be asked again, and their robots.txt; both persist across restarts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from offing.store.database.upsert import put
from offing.store.tables import pace, robots

LONGEST = 300  # characters stored of a host or origin; names have 253 at most


@dataclass(frozen=True, slots=True)
class StoredRobots:
    """robots.txt of an origin as last seen."""

    status: int | None
    content: str


def rest(conn: sa.Connection, key: str, until: datetime, reason: str = "") -> None:
    """Let a host (or `domain:` and a domain) rest until a time; a longer rest in force is kept."""
    key = key[:LONGEST]
    known = conn.execute(sa.select(pace.c.next_at).where(pace.c.key == key)).scalar_one_or_none()
    if known is None or known < until:
        put(conn, pace, {"key": key, "next_at": until, "reason": reason})


def resting(conn: sa.Connection, key: str, now: datetime) -> datetime | None:
    """Return until when a host rests; None if it may be asked."""
    asked = sa.select(pace.c.next_at).where(pace.c.key == key[:LONGEST], pace.c.next_at > now)
    found: datetime | None = conn.execute(asked).scalar_one_or_none()
    return found


def known_robots(conn: sa.Connection, origin: str, now: datetime) -> StoredRobots | None:
    """robots.txt of an origin if it is still fresh."""
    its = robots.c.origin == origin[:LONGEST]
    row = conn.execute(sa.select(robots).where(its, robots.c.until > now)).one_or_none()
    return StoredRobots(row.status, row.content) if row else None


def keep_robots(conn: sa.Connection, origin: str, found: StoredRobots, until: datetime) -> None:
    """Store robots.txt of an origin until a time."""
    row = {"origin": origin[:LONGEST], "status": found.status, "content": found.content, "until": until}
    put(conn, robots, row)
