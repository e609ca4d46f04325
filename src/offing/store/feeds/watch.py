"""Which feeds are watched: finding one, pausing, resuming, removing; and feeds with the same entries.

Nothing here deletes: what a feed announced, and what was decided on it, stays.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from offing.errors import UnknownItem
from offing.model.sources.feed import FeedForm, FeedState
from offing.model.values.vocabulary import Verb
from offing.store.runs.work import make_due
from offing.store.tables import entry, feed, work
from offing.urls import domain_of, feed_key, lookalike_key

SHARED = 0.8  # share of the smaller one's entries from which two feeds announce the same
ENOUGH = 5  # entries in common; fewer may be chance


@dataclass(frozen=True, slots=True)
class FeedRecord:
    """What the database stores about a feed beside its status."""

    form: FeedForm | None
    etag: str | None
    last_modified: str | None
    failures: float
    since_full: datetime | None
    first_gone_at: datetime | None
    moved_since: datetime | None
    moved_times: int
    added_at: datetime
    added_by: str
    removed_at: datetime | None
    removed_by: str


@dataclass(frozen=True, slots=True)
class Twins:
    """Two feeds of one site that announce the same: their ids, and the share of the smaller one they have in common."""

    one: int
    other: int
    share: float


def find_feed(conn: sa.Connection, word: str) -> int:
    """Return the feed of an id or address, on the list or removed.

    Raises:
        UnknownItem: there is none; names the ones whose address looks similar.
    """
    if word.isascii() and word.isdigit():
        found = conn.execute(sa.select(feed.c.id).where(feed.c.id == int(word[:18]))).scalar_one_or_none()
        alike: list[str] = []
    else:
        found, alike = _by_address(conn, word)
    if found is None:
        hint = f"; did you mean {' or '.join(alike)}?" if alike else " (see `offing feeds list`)"
        raise UnknownItem(f"there is no feed {word!r}{hint}")
    return int(found)


def _by_address(conn: sa.Connection, url: str) -> tuple[int | None, list[str]]:
    try:
        exact, loose = feed_key(url), lookalike_key(url)
    except ValueError:
        return None, []
    rows = conn.execute(sa.select(feed.c.id, feed.c.url, feed.c.url_key)).all()
    alike = [row for row in rows if row.url_key == exact] or [row for row in rows if _alike(row.url) == loose]
    if len(alike) == 1:
        return alike[0].id, []
    return None, [f"{row.id} ({row.url})" for row in alike]


def _alike(url: str) -> str:
    try:
        return lookalike_key(url)
    except ValueError:
        return ""


def feed_record(conn: sa.Connection, feed_id: int) -> FeedRecord:
    """Return what is stored about a feed beside its status."""
    columns = (feed.c[name] for name in FeedRecord.__dataclass_fields__)
    values = dict(conn.execute(sa.select(*columns).where(feed.c.id == feed_id)).mappings().one())
    return FeedRecord(**values | {"form": FeedForm(values["form"]) if values["form"] else None})


def pause_feed(conn: sa.Connection, feed_id: int, now: datetime, by: str) -> bool:
    """Stop polling a feed until it is resumed; False if it is paused already."""
    is_watched = (feed.c.id == feed_id) & (feed.c.state != FeedState.PAUSED)
    why = {"cause": f"Paused by {by}.", "next_step": f"offing feeds resume {feed_id} goes on with it."}
    done = conn.execute(sa.update(feed).where(is_watched).values(state=FeedState.PAUSED, **why)).rowcount == 1
    if done:
        _withdraw(conn, feed_id, now, f"paused by {by}")
    return done


def resume_feed(conn: sa.Connection, feed_id: int, now: datetime) -> bool:
    """Put a paused or removed feed back on the list, due at once; False if it is neither."""
    key = conn.execute(sa.select(feed.c.url_key).where(feed.c.id == feed_id)).scalar_one()
    if bring_back(conn, key, now):
        return True
    return _restart(conn, (feed.c.id == feed_id) & (feed.c.state == FeedState.PAUSED), now)


def remove_feed(conn: sa.Connection, feed_id: int, now: datetime, by: str) -> bool:
    """Remove a feed from the list; what it announced stays. False if it is off already."""
    is_on = (feed.c.id == feed_id) & feed.c.removed_at.is_(None)
    why = {"cause": f"Taken off the list by {by}.", "next_step": f"offing feeds resume {feed_id} puts it back."}
    values = {"state": FeedState.PAUSED, "removed_at": now, "removed_by": by, **why}
    done = conn.execute(sa.update(feed).where(is_on).values(**values)).rowcount == 1
    if done:
        _withdraw(conn, feed_id, now, f"taken off the list by {by}")
    return done


def bring_back(conn: sa.Connection, key: str, now: datetime) -> bool:
    """Put a removed feed back on the list, by its `feed_key`; False if there is none."""
    return _restart(conn, (feed.c.url_key == key) & feed.c.removed_at.is_not(None), now)


def _restart(conn: sa.Connection, which: sa.ColumnElement[bool], now: datetime) -> bool:
    clean = {"state": FeedState.NEW, "cause": "", "next_step": "", "failures": 0.0, "first_gone_at": None}
    values = {**clean, "removed_at": None, "removed_by": ""}
    found = conn.execute(sa.update(feed).where(which).values(**values).returning(feed.c.id)).scalar_one_or_none()
    if found is None:
        return False
    make_due(conn, Verb.POLL, found, now)
    return True


def _withdraw(conn: sa.Connection, feed_id: int, now: datetime, reason: str) -> None:
    """Take a feed's work item away. A run that is polling it just now loses its claim, and writes nothing."""
    free = {"lease_run": None, "lease": None, "lease_until": None}
    here = (work.c.verb == Verb.POLL) & (work.c.item_id == feed_id)
    conn.execute(sa.update(work).where(here).values(done_at=now, reason=reason, quarantined_at=None, **free))


def twins(conn: sa.Connection, since: datetime) -> tuple[Twins, ...]:
    """Return feeds of one site, both on the list, that have announced the same entries since some time."""
    one, other = entry.alias("one"), entry.alias("other")
    pairs = conn.execute(
        sa.select(one.c.feed_id, other.c.feed_id, sa.func.count(one.c.url_key.distinct()))
        .join(other, (one.c.url_key == other.c.url_key) & (one.c.feed_id < other.c.feed_id))
        .where(one.c.seen_at >= since, other.c.seen_at >= since)
        .group_by(one.c.feed_id, other.c.feed_id)
        .having(sa.func.count(one.c.url_key.distinct()) >= ENOUGH)
        .order_by(one.c.feed_id, other.c.feed_id)
    )
    sizes = _sizes(conn, since)
    listed = conn.execute(sa.select(feed.c.id, feed.c.url).where(feed.c.removed_at.is_(None)))
    domains = {row.id: domain_of(row.url) for row in listed}
    found = [Twins(left, right, round(both / min(sizes[left], sizes[right]), 2)) for left, right, both in pairs]
    return tuple(
        pair
        for pair in found
        if pair.share >= SHARED and {pair.one, pair.other} <= set(domains) and domains[pair.one] == domains[pair.other]
    )


def _sizes(conn: sa.Connection, since: datetime) -> Counter[int]:
    """Return how many pages each feed has announced since some time."""
    counted = sa.select(entry.c.feed_id, sa.func.count(entry.c.url_key.distinct()))
    rows = conn.execute(counted.where(entry.c.seen_at >= since).group_by(entry.c.feed_id))
    return Counter({row[0]: row[1] for row in rows if row[0] is not None})
