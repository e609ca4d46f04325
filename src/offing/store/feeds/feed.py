"""Feeds: adding, listing, and what a poll changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from textwrap import shorten
from typing import Any

import sqlalchemy as sa

from offing.model.sources.clock import believed
from offing.model.sources.feed import (
    Alarm,
    DueFeed,
    FeedAlarm,
    FeedKind,
    FeedSpec,
    FeedState,
    FeedStatus,
    FeedUpdate,
    PollOutcome,
)
from offing.model.sources.symptom import Symptom
from offing.model.values.vocabulary import SourceKind, Verb
from offing.store.database.upsert import insert_new, is_any
from offing.store.feeds.poll import poll_history
from offing.store.feeds.symptom import symptoms
from offing.store.feeds.watch import bring_back
from offing.store.runs.work import enqueue
from offing.store.tables import entry, feed, work
from offing.urls import domain_of, feed_key, host_of

LONGEST_REASON = 160  # characters; the full text is in the quarantine


def add_feeds(conn: sa.Connection, specs: Sequence[FeedSpec], now: datetime, by: str) -> int:
    """Activate feeds, due at once; active ones are left alone. Returns how many are new.

    A feed that had been removed comes back with its history.
    """
    added = 0
    for spec in specs:
        feed_id = insert_new(conn, feed, _row(spec, now, by))
        if feed_id is not None:
            enqueue(conn, Verb.POLL, feed_id, now, (host_of(spec.url), domain_of(spec.url)))
            added += 1
        added += bring_back(conn, feed_key(spec.url), now)
    return added


def _row(spec: FeedSpec, now: datetime, by: str) -> dict[str, Any]:
    return {
        "url": spec.url,
        "url_key": feed_key(spec.url),
        "title": spec.title,
        "groups": list(spec.groups),
        "country": spec.country,
        "language": spec.language,
        "publisher": spec.publisher,
        "timezone": spec.timezone,
        "unverified": spec.unverified,
        "interval_minutes": spec.interval_minutes,
        "kind": spec.kind,
        "links": spec.links,
        "dates": spec.dates,
        "state": FeedState.NEW,
        "added_at": now,
        "added_by": by,
    }


def _spec(row: Any) -> FeedSpec:
    return FeedSpec(
        url=row.url,
        title=row.title,
        groups=tuple(row.groups),
        country=row.country,
        language=row.language,
        publisher=SourceKind(row.publisher),
        timezone=row.timezone,
        unverified=row.unverified,
        interval_minutes=row.interval_minutes,
        kind=FeedKind(row.kind),
        links=row.links,
        dates=row.dates,
    )


def due_feed(conn: sa.Connection, feed_id: int, now: datetime) -> DueFeed:
    """Return a feed that is due, without what a fast clock wrote about it."""
    row = conn.execute(sa.select(feed).where(feed.c.id == feed_id)).one()
    return DueFeed(
        id=row.id,
        spec=_spec(row),
        state=FeedState(row.state),
        etag=row.etag,
        last_modified=row.last_modified,
        body_hash=row.body_hash,
        failures=row.failures,
        first_gone_at=believed(row.first_gone_at, now),
        since_full=believed(row.since_full, now),
        moved_to=row.moved_to,
        moved_since=believed(row.moved_since, now),
        moved_times=row.moved_times,
        alarm=FeedAlarm(row.alarm) if row.alarm else None,
        history=poll_history(conn, feed_id, now),
    )


def save_poll(conn: sa.Connection, feed_id: int, update: FeedUpdate, now: datetime) -> None:
    """Write what one poll changes about its feed."""
    values: dict[str, Any] = {
        "state": update.state,
        "outcome": update.outcome,
        "cause": update.cause,
        "next_step": update.next_step,
        "failures": update.failures,
        "etag": update.etag,
        "last_modified": update.last_modified,
        "body_hash": update.body_hash,
        "first_gone_at": update.first_gone_at,
        "last_poll_at": now,
        "moved_to": update.moved_to,
        "moved_since": update.moved_since,
        "moved_times": update.moved_times,
    }
    if update.form:
        values["form"] = update.form
    if update.read_in_full:
        values["since_full"] = now
    if update.title:
        values["title"] = sa.case((feed.c.title == "", update.title), else_=feed.c.title)
    if update.new_url:
        values |= _new_address(conn, feed_id, update.new_url)
    conn.execute(sa.update(feed).where(feed.c.id == feed_id).values(**values))


def _new_address(conn: sa.Connection, feed_id: int, url: str) -> dict[str, Any]:
    """Return the changes to a feed that has moved. Its address stays while another feed is watched at the new one."""
    if _known(conn, url, feed_id):
        cause = f"It has moved for good to {url}, which is watched already."
        return {"moved_to": url, "cause": cause, "next_step": "Take it off the list: the other one delivers the same."}
    here = (work.c.verb == Verb.POLL) & (work.c.item_id == feed_id)
    conn.execute(sa.update(work).where(here).values(host=host_of(url), domain=domain_of(url)))
    return {"url": url, "url_key": feed_key(url)}


def save_alarm(
    conn: sa.Connection, feed_id: int, alarm: Alarm | None, standing: FeedAlarm | None, now: datetime
) -> None:
    """Store what is odd about a feed, and since when; None clears it."""
    values: dict[str, Any] = {"alarm": None, "alarm_cause": "", "alarm_since": None}
    if alarm:
        values = {"alarm": alarm.kind, "alarm_cause": f"{alarm.cause} {alarm.next_step}"}
        if alarm.kind is not standing:
            values["alarm_since"] = now
    conn.execute(sa.update(feed).where(feed.c.id == feed_id).values(**values))


def _known(conn: sa.Connection, url: str, but: int) -> bool:
    return is_any(conn, sa.select(feed.c.id).where(feed.c.url_key == feed_key(url), feed.c.id != but))


def feeds_of(conn: sa.Connection, groups: Sequence[str]) -> frozenset[int]:
    """Return the feeds that belong to at least one of some groups."""
    rows = conn.execute(sa.select(feed.c.id, feed.c.groups))
    return frozenset(row.id for row in rows if set(groups) & set(row.groups))


def groups_not_polled(conn: sa.Connection, groups: Sequence[str]) -> tuple[str, ...]:
    """Return those groups none of whose feeds is polled: none is on the list, or all are paused or set aside."""
    turn = (work.c.verb == Verb.POLL) & (work.c.item_id == feed.c.id)
    its = work.c.done_at.is_(None) & work.c.quarantined_at.is_(None) & feed.c.removed_at.is_(None)
    rows = conn.execute(sa.select(feed.c.groups).join(work, turn).where(its))
    asked = {name for row in rows for name in row.groups}
    return tuple(group for group in dict.fromkeys(groups) if group not in asked)


def groups_in_use(conn: sa.Connection) -> frozenset[str]:
    """Return the groups of the feeds on the list."""
    rows = conn.execute(sa.select(feed.c.groups).where(feed.c.removed_at.is_(None)))
    return frozenset(name for row in rows for name in row.groups)


def list_feeds(conn: sa.Connection) -> tuple[FeedStatus, ...]:
    """Return all feeds on the list, by title; without removed ones."""
    return _statuses(conn, feed.c.removed_at.is_(None))


def feed_status(conn: sa.Connection, feed_id: int) -> FeedStatus:
    """Return one feed, on the list or off it."""
    return _statuses(conn, feed.c.id == feed_id)[0]


def _statuses(conn: sa.Connection, which: sa.ColumnElement[bool]) -> tuple[FeedStatus, ...]:
    counts = sa.select(entry.c.feed_id, sa.func.count().label("entries")).group_by(entry.c.feed_id).subquery()
    turn = sa.case((work.c.done_at.is_(None) & work.c.quarantined_at.is_(None), work.c.due_at)).label("due_at")
    aside = sa.case((work.c.quarantined_at.is_not(None), work.c.id)).label("aside")
    rows = conn.execute(
        sa.select(feed, counts.c.entries, turn, aside, work.c.reason.label("reason"))
        .outerjoin(counts, counts.c.feed_id == feed.c.id)
        .outerjoin(work, (work.c.item_id == feed.c.id) & (work.c.verb == Verb.POLL))
        .where(which)
        .order_by(feed.c.title, feed.c.id)
    )
    odd = _symptoms_by_feed(conn)
    return tuple(_status(row, odd.get(row.id, ())) for row in rows)


def _symptoms_by_feed(conn: sa.Connection) -> dict[int, tuple[Symptom, ...]]:
    found: dict[int, tuple[Symptom, ...]] = {}
    for each in symptoms(conn):
        if each.feed_id is not None:
            found[each.feed_id] = (*found.get(each.feed_id, ()), each)
    return found


def _state_fields(row: Any) -> dict[str, Any]:
    """Return state, cause and next step from the last poll, unless its work item was quarantined since."""
    if row.aside is None:
        return {"state": FeedState(row.state), "cause": row.cause, "next_step": row.next_step}
    why = shorten(row.reason.partition("\n")[0], LONGEST_REASON)
    return {
        "state": FeedState.QUARANTINED,
        "cause": f"Asking it failed in a way that offing does not know, so it is not asked any more: {why}",
        "next_step": f"offing quarantine show {row.aside} has more; offing quarantine retry {row.aside} asks it again.",
    }


def _status(row: Any, odd: tuple[Symptom, ...]) -> FeedStatus:
    return FeedStatus(
        id=row.id,
        spec=_spec(row),
        outcome=PollOutcome(row.outcome) if row.outcome else None,
        **_state_fields(row),
        last_poll_at=row.last_poll_at,
        next_poll_at=row.due_at,
        entries=row.entries or 0,
        alarm=FeedAlarm(row.alarm) if row.alarm else None,
        alarm_cause=row.alarm_cause,
        alarm_since=row.alarm_since,
        moved_to=row.moved_to,
        symptoms=odd,
    )
