"""Changes of records: appended with who, when and why; and which candidates the splits in force moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

import sqlalchemy as sa

from offing.model.projects.record_change import Operation, RecordAction, RecordChange
from offing.store.database.batch import each_once, parts
from offing.store.tables import record_change, split_candidate

_COLUMNS = tuple(each.name for each in fields(RecordChange) if each.name != "id")


def append_change(conn: sa.Connection, change: RecordChange) -> RecordChange:
    """Append a change; return it with its id."""
    row = {name: getattr(change, name) for name in _COLUMNS}
    row["candidate_ids"] = list(change.candidate_ids) or None
    for name in ("before", "after"):
        row[name] = sa.null() if row[name] is None else row[name]
    added = conn.execute(sa.insert(record_change).values(**row).returning(record_change.c.id))
    return replace(change, id=added.scalar_one())


def changes_of(conn: sa.Connection, project_ids: Iterable[str]) -> tuple[RecordChange, ...]:
    """Return all changes that name some records, as changed, merged into, or made by a split; oldest first."""
    found: dict[int, RecordChange] = {}
    for some in each_once(project_ids):
        named = record_change.c.project_id.in_(some) | record_change.c.other.in_(some)
        found |= {row.id: _change(row) for row in conn.execute(sa.select(record_change).where(named))}
    return tuple(found[number] for number in sorted(found))


def composing_changes(conn: sa.Connection, project_ids: Iterable[str]) -> tuple[RecordChange, ...]:
    """Return the corrections and withdrawals of some records, with what takes them back; oldest first."""
    actions = (RecordAction.CORRECTION, RecordAction.WITHDRAWAL, RecordAction.UNDO)
    chosen = sa.select(record_change).where(record_change.c.action.in_(actions))
    rows = (conn.execute(chosen.where(record_change.c.project_id.in_(some))) for some in each_once(project_ids))
    return tuple(sorted((_change(row) for some in rows for row in some), key=lambda change: change.id))


def splits_in_force(conn: sa.Connection) -> dict[int, str]:
    """Return the record that the newest split in force moved each candidate to, where one did."""
    chosen = sa.select(split_candidate).order_by(split_candidate.c.change_id)
    return {row.candidate_id: row.project_id for row in conn.execute(chosen)}


def split_origins(conn: sa.Connection, project_ids: Iterable[str]) -> dict[str, str]:
    """Return the records that some were split off, by the record that the newest split in force made of each."""
    found: dict[str, str] = {}
    chosen = sa.select(record_change.c.other, record_change.c.project_id).order_by(record_change.c.id)
    standing = chosen.where(record_change.c.id.in_(sa.select(split_candidate.c.change_id)))
    for some in each_once(project_ids):
        found |= {row.other: row.project_id for row in conn.execute(standing.where(record_change.c.other.in_(some)))}
    return found


def move_by_split(conn: sa.Connection, split: RecordChange) -> None:
    """Let a stored split move its candidates to the record that it made."""
    rows = [{"change_id": split.id, "candidate_id": each, "project_id": split.other} for each in split.candidate_ids]
    conn.execute(sa.insert(split_candidate), rows)


def end_split(conn: sa.Connection, change_id: int) -> None:
    """Let a split move nothing any more: its candidates are where they were without it."""
    conn.execute(sa.delete(split_candidate).where(split_candidate.c.change_id == change_id))


def leave_splits(conn: sa.Connection, candidate_ids: Iterable[int]) -> None:
    """Let no split move some candidates any more, because they left their records."""
    for some in parts(sorted(candidate_ids)):
        conn.execute(sa.delete(split_candidate).where(split_candidate.c.candidate_id.in_(some)))


def _change(row: Any) -> RecordChange:
    values = {name: getattr(row, name) for name in ("id", *_COLUMNS)}
    values["action"] = RecordAction(row.action)
    values["operation"] = Operation(row.operation) if row.operation else None
    values["candidate_ids"] = tuple(row.candidate_ids or ())
    return RecordChange(**values)
