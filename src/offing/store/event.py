"""The events of life lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.model.project import Change, LifeEvent
from offing.model.vocabulary import EventKind, Status
from offing.store.tables import event

BATCH = 500


def events_of(conn: sa.Connection, project_ids: Iterable[str]) -> dict[str, list[LifeEvent]]:
    """The life lines of some records, as they were saved."""
    ids = list(project_ids)
    lines: dict[str, list[LifeEvent]] = defaultdict(list)
    for start in range(0, len(ids), BATCH):
        rows = sa.select(event).where(event.c.project_id.in_(ids[start : start + BATCH]))
        for row in conn.execute(rows):
            lines[row.project_id].append(_event(row))
    return {project_id: sorted(line, key=lambda each: each.place) for project_id, line in lines.items()}


def brought_by(conn: sa.Connection, candidate_ids: Collection[int]) -> tuple[LifeEvent, ...]:
    """The events that some candidates brought, whatever record they stand in."""
    ids = sorted(candidate_ids)
    parts = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
    chosen = (sa.select(event).where(event.c.candidate_id.in_(part)).order_by(event.c.id) for part in parts)
    return tuple(_event(row) for each in chosen for row in conn.execute(each))


def save_line(conn: sa.Connection, project_id: str, line: Iterable[LifeEvent], members: Collection[int]) -> None:
    """Let a record have exactly this life line; events that stood before keep their numbers.

    Args:
        conn: an open transaction that may write.
        project_id: the record.
        line: its events.
        members: the candidates of the record, whose events it takes over from wherever they stood.
    """
    stood = {each.key: each.id for each in brought_by(conn, members)}
    kept: set[int] = set()
    for told in line:
        row = _row(project_id, told)
        number = stood.get(told.key)
        if number is None:
            number = conn.execute(sa.insert(event).values(**row).returning(event.c.id)).scalar_one()
        else:
            conn.execute(sa.update(event).where(event.c.id == number).values(**row))
        kept.add(number)
    gone = [number for number in stood.values() if number not in kept]
    stays = sa.or_(event.c.project_id != project_id, event.c.id.in_(kept))
    conn.execute(sa.delete(event).where(sa.or_(event.c.id.in_(gone), ~stays)))


def set_aside(conn: sa.Connection, numbers: Collection[int], by: str | None, at: datetime | None) -> None:
    """Set events aside, or with None take them in again."""
    chosen = sa.update(event).where(event.c.id.in_(sorted(numbers)))
    conn.execute(chosen.values(set_aside_by=by, set_aside_at=at))


def _row(project_id: str, told: LifeEvent) -> dict[str, Any]:
    return {
        "project_id": project_id,
        "kind": told.kind,
        "status": told.status,
        "told": told.told,
        "day": told.day,
        "candidate_id": told.candidate_id,
        "url": told.url,
        "quote": told.quote,
        "changes": {each.field: [list(each.before), list(each.after)] for each in told.changes} or None,
        "set_aside_by": told.set_aside_by,
        "set_aside_at": told.set_aside_at,
    }


def _event(row: Any) -> LifeEvent:
    changes = (Change(field, tuple(before), tuple(after)) for field, (before, after) in (row.changes or {}).items())
    return LifeEvent(
        kind=EventKind(row.kind),
        status=Status(row.status) if row.status else None,
        day=row.day,
        candidate_id=row.candidate_id,
        url=row.url,
        quote=row.quote,
        told=row.told,
        changes=tuple(sorted(changes, key=lambda each: each.field)),
        set_aside_by=row.set_aside_by,
        set_aside_at=row.set_aside_at,
        id=row.id,
    )
