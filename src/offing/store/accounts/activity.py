"""Reads and writes the activity log; decisions, changes of records and assignments are read from their own tables."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.model.operation.activity import Activity, ActivityKind
from offing.model.projects.record_change import RecordAction
from offing.model.review.decision import Judgement
from offing.model.review.queue_filter import QueueFilter
from offing.store.tables import activity, assignment, assignment_rule, decision, record_change


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
    logs = (_noted(conn, wanted), _decided(conn, wanted), _changed(conn, wanted), *_assigned(conn, wanted))
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
        about = row.reason if action is ActivityKind.UNDO else ": ".join(filter(None, (row.judgement, row.reason)))
        yield Activity(row.at, action, row.by, about, row.candidate_id)


def _changed(conn: sa.Connection, wanted: ActivityFilter) -> Iterable[Activity]:
    """Yield changes of records, but for departures, which follow decisions that are there already."""
    if wanted.actions and ActivityKind.RECORD_CHANGED not in wanted.actions:
        return
    query = sa.select(record_change).where(record_change.c.action != RecordAction.DEPARTURE)
    ordered = query.order_by(record_change.c.at.desc(), record_change.c.id.desc())
    for row in conn.execute(_narrowed(ordered, record_change, wanted)):
        said = " side by side again" if row.action == RecordAction.CHOICE and row.after is None else ""
        about = " ".join(filter(None, (row.action, row.project_id, row.other, row.field))) + said
        candidate_id = row.candidate_ids[0] if row.action == RecordAction.PROMOTION else None
        yield Activity(
            row.at, ActivityKind.RECORD_CHANGED, row.by, ": ".join(filter(None, (about, row.reason))), candidate_id
        )


def _assigned(conn: sa.Connection, wanted: ActivityFilter) -> Iterator[Iterable[Activity]]:
    """Yield the log of assignments by hand, of those given back to the rules, and of rules made and taken back.

    What one person assigned at once is one line for each person whom it went to. What rules assign is in no log.
    """
    if wanted.actions and ActivityKind.ASSIGNMENT not in wanted.actions:
        return
    by_hand = assignment.c.rule_id.is_(None)
    yield _batches(conn, wanted, _Made(assignment.c.at, assignment.c.by, "to {person}"), by_hand)
    ended = _Made(assignment.c.ended_at, assignment.c.ended_by, "from {person} back to the rules")
    yield _batches(conn, wanted, ended, assignment.c.ended_by != "")
    yield _rules(conn, wanted, _Made(assignment_rule.c.at, assignment_rule.c.by, "rule {id}, {values}, to {person}"))
    taken_back = "rule {id}, {values}, to {person}: removed"
    yield _rules(conn, wanted, _Made(assignment_rule.c.ended_at, assignment_rule.c.ended_by, taken_back))


@dataclass(frozen=True, slots=True)
class _Made:
    """When something about assignments was done, by whom, and in which words the log says so."""

    at: sa.Column[Any]
    by: sa.Column[Any]
    about: str

    def conditions(self, wanted: ActivityFilter) -> list[sa.ColumnElement[bool]]:
        since = [] if wanted.since is None else [self.at >= wanted.since]
        return [self.at.is_not(None), *since, *([] if wanted.by is None else [self.by == wanted.by])]


def _batches(
    conn: sa.Connection, wanted: ActivityFilter, made: _Made, which: sa.ColumnElement[bool]
) -> Iterator[Activity]:
    group = (made.at, made.by, assignment.c.person)
    chosen = sa.select(*group, sa.func.count(), sa.func.min(assignment.c.candidate_id))
    grouped = chosen.where(which, *made.conditions(wanted)).group_by(*group).order_by(made.at.desc())
    for at, by, person, many, first in conn.execute(grouped.limit(wanted.limit)):
        about = made.about.format(person=person or "nobody")
        if many == 1:
            yield Activity(at, ActivityKind.ASSIGNMENT, by, about, first)
        else:
            yield Activity(at, ActivityKind.ASSIGNMENT, by, f"{about}: {many} candidates")


def _rules(conn: sa.Connection, wanted: ActivityFilter, made: _Made) -> Iterator[Activity]:
    columns = (assignment_rule.c.id, assignment_rule.c.query, assignment_rule.c.person)
    asked = sa.select(made.at, made.by, *columns).where(*made.conditions(wanted)).order_by(made.at.desc())
    for at, by, rule_id, query, person in conn.execute(asked.limit(wanted.limit)):
        values = ", ".join(value for chosen in QueueFilter.parse(query).facets.values() for value in chosen)
        about = made.about.format(id=rule_id, values=values, person=person)
        yield Activity(at, ActivityKind.ASSIGNMENT, by, about)


def _narrowed(
    query: sa.Select[tuple[object, ...]], table: sa.Table, wanted: ActivityFilter
) -> sa.Select[tuple[object, ...]]:
    if wanted.since is not None:
        query = query.where(table.c.at >= wanted.since)
    if wanted.by is not None:
        query = query.where(table.c.by == wanted.by)
    return query.limit(wanted.limit)
