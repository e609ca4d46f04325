"""Saved filters, by owner and name."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from offing.model.review.queue import SavedFilter
from offing.store.database.upsert import insert
from offing.store.tables import saved_filter


def save_filter(conn: sa.Connection, owner: str, name: str, query: str, now: datetime) -> SavedFilter:
    """Save a filter; replaces one with the same owner and name."""
    new = {"query": query, "created_at": now}
    row = conn.execute(
        insert(conn, saved_filter)
        .values(owner=owner, name=name, **new)
        .on_conflict_do_update(index_elements=["owner", "name"], set_=new)
        .returning(saved_filter)
    ).one()
    return SavedFilter(row.id, row.owner, row.name, row.query, row.created_at)


def saved_filters(conn: sa.Connection, owner: str) -> tuple[SavedFilter, ...]:
    """The filters of one person, by name."""
    chosen = sa.select(saved_filter).where(saved_filter.c.owner == owner).order_by(saved_filter.c.name)
    return tuple(SavedFilter(row.id, row.owner, row.name, row.query, row.created_at) for row in conn.execute(chosen))


def drop_filter(conn: sa.Connection, owner: str, name: str) -> bool:
    """Delete a filter; False if this person has none of this name."""
    this = (saved_filter.c.owner == owner) & (saved_filter.c.name == name)
    return conn.execute(sa.delete(saved_filter).where(this)).rowcount == 1
