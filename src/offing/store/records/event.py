"""The events of life lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.model.projects.project import Change, EventKey, LifeEvent
from offing.model.projects.update import Aside
from offing.model.values.vocabulary import EventKind, Status
from offing.store.database.batch import parts
from offing.store.tables import aside, event


def events_of(conn: sa.Connection, project_ids: Iterable[str]) -> dict[str, list[LifeEvent]]:
    """Return the life lines of some records, as saved."""
    lines: dict[str, list[LifeEvent]] = defaultdict(list)
    for some in parts(project_ids):
        for row in conn.execute(sa.select(event).where(event.c.project_id.in_(some))):
            lines[row.project_id].append(_event(row))
    return {project_id: sorted(line, key=lambda each: each.place) for project_id, line in lines.items()}


def brought_by(conn: sa.Connection, candidate_ids: Collection[int]) -> tuple[LifeEvent, ...]:
    """Return the events that come from some candidates, in any record."""
    some = parts(sorted(candidate_ids))
    chosen = (sa.select(event).where(event.c.candidate_id.in_(each)).order_by(event.c.id) for each in some)
    return tuple(_event(row) for each in chosen for row in conn.execute(each))


def save_lines(conn: sa.Connection, lines: Mapping[str, Iterable[LifeEvent]], members: Collection[int]) -> None:
    """Set the life lines of some records; existing events keep their ids.

    Args:
        conn: an open transaction that may write.
        lines: the events of each record.
        members: the candidates of all of them, whose events are moved here from any other record.
    """
    stored = [*(("", each) for each in brought_by(conn, members)), *_each(events_of(conn, lines))]
    stood = {_place(project_id, each): each.id for project_id, each in stored}
    kept = {
        _keep(conn, _row(project_id, each), stood.get(_place(project_id, each))) for project_id, each in _each(lines)
    }
    for some in parts({each.id for _, each in stored} - kept):
        conn.execute(sa.delete(event).where(event.c.id.in_(some)))


def asides(conn: sa.Connection, candidate_ids: Iterable[int]) -> tuple[Aside, ...]:
    """Return the accounts of some candidates that people set aside, in the order in which they did."""
    chosen = (sa.select(aside).where(aside.c.candidate_id.in_(some)) for some in parts(sorted(candidate_ids)))
    rows = (row for each in chosen for row in conn.execute(each.order_by(aside.c.id)))
    return tuple(Aside(_key(row), row.chosen, row.by, row.at) for row in rows)


def set_aside(conn: sa.Connection, keys: Iterable[EventKey], chosen: int, by: str, at: datetime) -> None:
    """Store that a person preferred one candidate's account over those of some events."""
    rows = [
        {"candidate_id": number, "kind": kind, "status": status, "chosen": chosen, "by": by, "at": at}
        for number, kind, status in keys
    ]
    if rows:
        conn.execute(sa.insert(aside), rows)


def take_in(conn: sa.Connection, keys: Iterable[EventKey], over: int | None = None) -> None:
    """Restore accounts that people set aside; with `over`, only those displaced by that candidate."""
    for number, kind, status in keys:
        same = (aside.c.candidate_id == number, aside.c.kind == kind, aside.c.status.is_not_distinct_from(status))
        by_it = () if over is None else (aside.c.chosen == over,)
        conn.execute(sa.delete(aside).where(*same, *by_it))


def _place(project_id: str, event: LifeEvent) -> tuple[object, ...]:
    """Return what an event keeps its id by: a candidate brings it along to another record, a person's stays.

    A release may have several of a kind.
    """
    if event.release:
        return project_id, event.key, event.url, event.quote, event.changes
    return "" if event.candidate_id else project_id, event.key


def _each(lines: Mapping[str, Iterable[LifeEvent]]) -> Iterable[tuple[str, LifeEvent]]:
    return ((project_id, event) for project_id, line in lines.items() for event in line)


def _keep(conn: sa.Connection, row: dict[str, Any], number: int | None) -> int:
    """Write an event, under its id if it has one; return its id."""
    if number is None:
        added = conn.execute(sa.insert(event).values(**row).returning(event.c.id))
        return int(added.scalar_one())
    conn.execute(sa.update(event).where(event.c.id == number).values(**row))
    return number


def _row(project_id: str, event: LifeEvent) -> dict[str, Any]:
    return {
        "project_id": project_id,
        "kind": event.kind,
        "status": event.status,
        "event_date": event.event_date,
        "day": event.day,
        "candidate_id": event.candidate_id or None,
        "url": event.url,
        "quote": event.quote,
        "release": event.release,
        "changes": {each.field: [list(each.before), list(each.after)] for each in event.changes} or None,
        "set_aside_by": event.set_aside_by,
        "set_aside_at": event.set_aside_at,
    }


def _key(row: Any) -> EventKey:
    return row.candidate_id, EventKind(row.kind), Status(row.status) if row.status else None


def _event(row: Any) -> LifeEvent:
    changes = (Change(field, tuple(before), tuple(after)) for field, (before, after) in (row.changes or {}).items())
    return LifeEvent(
        kind=EventKind(row.kind),
        status=Status(row.status) if row.status else None,
        day=row.day,
        candidate_id=row.candidate_id or 0,
        url=row.url,
        quote=row.quote,
        event_date=row.event_date,
        changes=tuple(sorted(changes, key=lambda each: each.field)),
        set_aside_by=row.set_aside_by,
        set_aside_at=row.set_aside_at,
        release=row.release,
        id=row.id,
    )
