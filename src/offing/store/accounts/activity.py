"""Reads and writes the activity log; decisions and changes of records are read from their own tables."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from offing.model.operation.activity import Activity, ActivityKind
from offing.model.projects.record_change import RecordAction
from offing.model.review.decision import Judgement
from offing.store.tables import activity, decision, record_change


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """A filter for activity; None and empty match everything."""

    since: datetime | None = None
    by: str | None = None
    actions: frozenset[ActivityKind] = frozenset()
    limit: int = 200


def note(conn: sa.Connection, done: Activity) -> None:
    """Record an action."""
    conn.execute(activity.insert().values({name: getattr(done, name) for name in Activity.__slots__}))


def list_activity(conn: sa.Connection, wanted: ActivityFilter) -> tuple[Activity, ...]:
    """Who did what, newest first, decisions included."""
    logs = (_noted(conn, wanted), _decided(conn, wanted), _changed(conn, wanted))
    found = heapq.merge(*logs, key=lambda done: done.at, reverse=True)
    return tuple(list(found)[: wanted.limit])


def _noted(conn: sa.Connection, wanted: ActivityFilter) -> Iterable[Activity]:
    query = sa.select(activity).order_by(activity.c.at.desc(), activity.c.id.desc())
    if wanted.actions:
        query = query.where(activity.c.action.in_(wanted.actions))
    for row in conn.execute(_narrowed(query, activity, wanted)):
        yield Activity(row.at, ActivityKind(row.action), row.by, row.about, row.candidate_id, row.address)


def _decided(conn: sa.Connection, wanted: ActivityFilter) -> Iterable[Activity]:
    actions = wanted.actions or frozenset({ActivityKind.DECISION, ActivityKind.UNDO})
    undo = decision.c.judgement == Judgement.UNDO
    asked = [undo] * (ActivityKind.UNDO in actions) + [~undo] * (ActivityKind.DECISION in actions)
    query = sa.select(decision).where(sa.or_(sa.false(), *asked)).order_by(decision.c.at.desc(), decision.c.id.desc())
    for row in conn.execute(_narrowed(query, decision, wanted)):
        action = ActivityKind.UNDO if row.judgement == Judgement.UNDO else ActivityKind.DECISION
        said = row.reason if action is ActivityKind.UNDO else ": ".join(filter(None, (row.judgement, row.reason)))
        yield Activity(row.at, action, row.by, said, row.candidate_id)


def _changed(conn: sa.Connection, wanted: ActivityFilter) -> Iterable[Activity]:
    """Yield changes of records, but for departures, which follow decisions that are there already."""
    if wanted.actions and ActivityKind.RECORD_CHANGED not in wanted.actions:
        return
    query = sa.select(record_change).where(record_change.c.action != RecordAction.DEPARTURE)
    ordered = query.order_by(record_change.c.at.desc(), record_change.c.id.desc())
    for row in conn.execute(_narrowed(ordered, record_change, wanted)):
        about = " ".join(filter(None, (row.action, row.project_id, row.other, row.field)))
        candidate_id = row.candidate_ids[0] if row.action == RecordAction.PROMOTION else None
        yield Activity(
            row.at, ActivityKind.RECORD_CHANGED, row.by, ": ".join(filter(None, (about, row.reason))), candidate_id
        )


def _narrowed(
    query: sa.Select[tuple[object, ...]], table: sa.Table, wanted: ActivityFilter
) -> sa.Select[tuple[object, ...]]:
    if wanted.since is not None:
        query = query.where(table.c.at >= wanted.since)
    if wanted.by is not None:
        query = query.where(table.c.by == wanted.by)
    return query.limit(wanted.limit)
