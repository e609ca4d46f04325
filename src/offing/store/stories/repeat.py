"""Repeats: tellings attached to the one that they repeat, and the outlets that repeat it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa

from offing.model.review.story import Repeated
from offing.store.database.batch import each_once
from offing.store.database.upsert import insert
from offing.store.tables import article, evidence, repeat_outlet, story_article, story_key

_NEAREST = 24  # tellings that say the same: more than are needed to detect a repeat


def same_content(conn: sa.Connection, keys: Collection[str], at: datetime, within: timedelta) -> tuple[int, ...]:
    """Return the ids of tellings that are no repeats and say the same as one of these keys, nearest in time.

    Args:
        conn: a connection.
        keys: those of the whole content of a telling.
        at: when it was reported.
        within: how far before or after that the others may lie.
    """
    table = story_key.c
    found: list[tuple[timedelta, int]] = []
    for border, order in ((table.at <= at, table.at.desc()), (table.at > at, table.at)):
        chosen = sa.select(table.telling_id, table.at).where(table.key.in_(sorted(keys)), border)
        chosen = chosen.where(table.at.between(at - within, at + within))
        rows = conn.execute(chosen.order_by(order, table.telling_id).limit(_NEAREST))
        found += [(abs(row.at - at), row.telling_id) for row in rows]
    return tuple(number for _, number in sorted(found)[:_NEAREST])


def note_repeat(conn: sa.Connection, telling_id: int, outlet: str, at: datetime) -> bool:
    """Record that an outlet repeats a telling; return whether it is the first time."""
    own = (repeat_outlet.c.telling_id == telling_id) & (repeat_outlet.c.outlet == outlet)
    known = conn.execute(sa.select(repeat_outlet.c.first_at, repeat_outlet.c.last_at).where(own)).one_or_none()
    if known is None:
        row = {"telling_id": telling_id, "outlet": outlet, "first_at": at, "last_at": at}
        conn.execute(sa.insert(repeat_outlet).values(**row))
        return True
    if not known.first_at <= at <= known.last_at:
        times = {"first_at": min(at, known.first_at), "last_at": max(at, known.last_at)}
        conn.execute(sa.update(repeat_outlet).where(own).values(**times))
    return False


def repeats_of(conn: sa.Connection, telling_ids: Iterable[int]) -> dict[int, tuple[Repeated, ...]]:
    """Return who repeats some tellings, by their ids; tellings without repeats are left out."""
    found: dict[int, list[Repeated]] = defaultdict(list)
    for part in each_once(telling_ids):
        rows = conn.execute(sa.select(repeat_outlet).where(repeat_outlet.c.telling_id.in_(part)))
        for row in rows:
            found[row.telling_id].append(Repeated(row.telling_id, row.outlet, row.first_at, row.last_at))
    return {number: tuple(made) for number, made in found.items()}


def owners_of(conn: sa.Connection, story_id: int, outlet: str, limit: int) -> tuple[int, ...]:
    """Return the ids of some of the tellings of a story that an outlet reported or repeated."""
    leading = (story_article.c.story_id == story_id) & story_article.c.repeats.is_(None)
    own = sa.select(story_article.c.id).join(article, article.c.id == story_article.c.article_id)
    repeats = sa.select(story_article.c.id).join(repeat_outlet, repeat_outlet.c.telling_id == story_article.c.id)
    asked = (own.where(leading, _outlet() == outlet), repeats.where(leading, repeat_outlet.c.outlet == outlet))
    found = {number: None for each in asked for number in conn.execute(each.limit(limit)).scalars()}
    return tuple(found)


def move_repeats(conn: sa.Connection, telling_id: int, story_id: int, candidate_id: int) -> None:
    """Move the repeats of a telling to its current story; their quotes go with them."""
    own = story_article.c.repeats == telling_id
    rows = conn.execute(sa.select(story_article.c.id, story_article.c.stood_in).where(own)).all()
    moved = sa.update(story_article).where(story_article.c.id == sa.bindparam("number"))
    values = [{"number": row.id, "stood_in": _stood_in(row.stood_in, story_id)} for row in rows]
    if not values:
        return
    conn.execute(moved.values(stood_in=sa.bindparam("stood_in")), values)
    conn.execute(sa.update(story_article).where(own).values(story_id=story_id))
    quotes = evidence.c.telling_id.in_(sa.select(story_article.c.id).where(own))
    conn.execute(sa.update(evidence).where(quotes).values(candidate_id=candidate_id))


def _stood_in(before: list[int] | None, story_id: int) -> list[int]:
    return [*(number for number in before or () if number != story_id), story_id] if before else [story_id]


def repeating(conn: sa.Connection, telling_ids: Iterable[int]) -> dict[int, int]:
    """Return those of some tellings that repeat another, with its id."""
    chosen = sa.select(story_article.c.id, story_article.c.repeats).where(story_article.c.repeats.is_not(None))
    rows = (row for part in each_once(telling_ids) for row in conn.execute(chosen.where(story_article.c.id.in_(part))))
    return {row.id: row.repeats for row in rows}


def repeats_in(conn: sa.Connection, story_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Return the articles that only repeat others in some stories, by story; stories without any are left out."""
    chosen = sa.select(story_article.c.story_id, story_article.c.article_id).where(story_article.c.repeats.is_not(None))
    found: dict[int, set[int]] = defaultdict(set)
    for part in each_once(story_ids):
        for row in conn.execute(chosen.where(story_article.c.story_id.in_(part))):
            found[row.story_id].add(row.article_id)
    return {story_id: frozenset(articles) for story_id, articles in found.items()}


def first_repeats(conn: sa.Connection, telling_ids: Iterable[int]) -> dict[int, int]:
    """Return the first repeat of each of some tellings, by the id of the telling."""
    chosen = sa.select(story_article.c.repeats, sa.func.min(story_article.c.id).label("first"))
    grouped = chosen.group_by(story_article.c.repeats)
    rows = (
        row for part in each_once(telling_ids) for row in conn.execute(grouped.where(story_article.c.repeats.in_(part)))
    )
    return {row.repeats: row.first for row in rows}


def let_lead(conn: sa.Connection, heirs: Iterable[int]) -> None:
    """Make tellings stand on their own, no longer as repeats."""
    for part in each_once(heirs):
        conn.execute(sa.update(story_article).where(story_article.c.id.in_(part)).values(repeats=None))


def hand_over(conn: sa.Connection, telling_id: int, heir: int) -> None:
    """Reattach the repeats of a telling to another."""
    conn.execute(sa.update(story_article).where(story_article.c.repeats == telling_id).values(repeats=heir))


def count_repeats(conn: sa.Connection, telling_ids: Iterable[int]) -> None:
    """Recompute which outlets repeat some tellings."""
    columns = (sa.func.min(story_article.c.at), sa.func.max(story_article.c.at))
    chosen = sa.select(story_article.c.repeats, _outlet(), *columns).join_from(story_article, article)
    for part in each_once(telling_ids):
        conn.execute(sa.delete(repeat_outlet).where(repeat_outlet.c.telling_id.in_(part)))
        rows = chosen.where(story_article.c.repeats.in_(part)).group_by(story_article.c.repeats, _outlet())
        names = ["telling_id", "outlet", "first_at", "last_at"]
        conn.execute(insert(conn, repeat_outlet).from_select(names, rows))


def _outlet() -> sa.ColumnElement[str]:
    """Return the outlet of an article, as named in tellings."""
    # Not a bound parameter: PostgreSQL groups only by expressions it recognises as identical.
    nothing: sa.ColumnElement[str] = sa.literal_column("''")
    return sa.func.coalesce(sa.func.nullif(article.c.outlet, nothing), article.c.domain)
