"""Project records, their life lines, and the candidates that they were made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from offing.errors import Conflict
from offing.model.candidate import CandidateState
from offing.model.codec import from_plain, to_plain
from offing.model.project import ProjectFacts, ProjectRecord, StatusEvent
from offing.model.vocabulary import EventKind, Status
from offing.store.tables import candidate, event, project, project_candidate

NUMBERING_KEY = 0x0FF1_4E  # any number of our own: one promotion at a time on PostgreSQL
BATCH = 500


def lock_numbers(conn: sa.Connection) -> None:
    """Let no other promotion work until the end of this transaction; SQLite has one writer anyway."""
    if conn.dialect.name == "postgresql":
        conn.execute(sa.select(sa.func.pg_advisory_xact_lock(NUMBERING_KEY)))


def next_number(conn: sa.Connection, year: int) -> int:
    """The first number of a year that no record ever had; hold `lock_numbers`."""
    highest = conn.execute(sa.select(sa.func.max(project.c.number)).where(project.c.year == year)).scalar_one()
    return int(highest or 0) + 1


def insert_project(conn: sa.Connection, record: ProjectRecord, year: int, number: int) -> None:
    """Write a new record with its life line and its candidates."""
    conn.execute(
        sa.insert(project).values(
            id=record.id,
            year=year,
            number=number,
            facts=to_plain(record.facts),
            created_at=record.created_at,
            changed_at=record.changed_at,
            version=record.version,
        )
    )
    _append(conn, record.id, record.life_line, record.candidate_ids, record.created_at)


def fold_into(conn: sa.Connection, record: ProjectRecord, new: ProjectRecord) -> None:
    """Write what a record became: `record` as it was read, `new` with more facts, events and candidates.

    Raises:
        Conflict: the record has changed since it was read.
    """
    change = sa.update(project).where(project.c.id == record.id, project.c.version == record.version)
    change = change.values(facts=to_plain(new.facts), changed_at=new.changed_at, version=record.version + 1)
    if conn.execute(change).rowcount != 1:
        raise Conflict(f"project {record.id} was changed meanwhile: run `offing promote` again")
    events = tuple(told for told in new.life_line if told not in record.life_line)
    added = tuple(each for each in new.candidate_ids if each not in record.candidate_ids)
    _append(conn, record.id, events, added, new.changed_at)


def get_project(conn: sa.Connection, project_id: str) -> ProjectRecord | None:
    """One record as it stands under this id, also a merged or withdrawn one."""
    found = _records(conn, sa.select(project).where(project.c.id == project_id))
    return found[0] if found else None


def projects(conn: sa.Connection, *, gone: bool = False) -> tuple[ProjectRecord, ...]:
    """All records by id; with `gone` also those that were merged or withdrawn."""
    chosen = sa.select(project).order_by(project.c.year, project.c.number)
    if not gone:
        chosen = chosen.where(project.c.redirects_to.is_(None), project.c.withdrawn.is_(None))
    return _records(conn, chosen)


def project_of(conn: sa.Connection, candidate_id: int) -> str | None:
    """The id of the record that a candidate is part of."""
    chosen = sa.select(project_candidate.c.project_id).where(project_candidate.c.candidate_id == candidate_id)
    return conn.execute(chosen).scalar_one_or_none()


def unpromoted(conn: sa.Connection) -> tuple[int, ...]:
    """Accepted candidates and duplicates that are part of no record yet; accepted ones first, then by id."""
    promoted = sa.exists().where(project_candidate.c.candidate_id == candidate.c.id)
    states = (CandidateState.ACCEPTED, CandidateState.DUPLICATE)
    chosen = sa.select(candidate.c.id).where(candidate.c.state.in_(states), ~promoted)
    doubles = sa.case((candidate.c.state == CandidateState.DUPLICATE, 1), else_=0)
    return tuple(conn.execute(chosen.order_by(doubles, candidate.c.id)).scalars())


def _append(
    conn: sa.Connection, project_id: str, events: tuple[StatusEvent, ...], candidate_ids: tuple[int, ...], at: datetime
) -> None:
    rows = [
        {"project_id": project_id, "kind": EventKind.STATUS, **{n: getattr(told, n) for n in StatusEvent.__slots__}}
        for told in events
    ]
    if rows:
        conn.execute(sa.insert(event), rows)
    links = [{"project_id": project_id, "candidate_id": each, "promoted_at": at} for each in candidate_ids]
    if links:
        conn.execute(sa.insert(project_candidate), links)


def _records(conn: sa.Connection, chosen: sa.Select[tuple[object, ...]]) -> tuple[ProjectRecord, ...]:
    rows = list(conn.execute(chosen))
    ids = [row.id for row in rows]
    events, members = _events(conn, ids), _members(conn, ids)
    return tuple(_record(row, tuple(events[row.id]), tuple(members[row.id])) for row in rows)


def _parts(ids: list[str]) -> Iterable[list[str]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _events(conn: sa.Connection, ids: list[str]) -> dict[str, list[StatusEvent]]:
    lines: dict[str, list[StatusEvent]] = defaultdict(list)
    for part in _parts(ids):
        rows = sa.select(event).where(event.c.project_id.in_(part), event.c.kind == EventKind.STATUS)
        dated = rows.order_by(sa.nulls_first(event.c.day.asc()), event.c.id)
        for row in conn.execute(dated):
            told = StatusEvent(Status(row.status), row.day, row.candidate_id, row.url, row.quote)
            lines[row.project_id].append(told)
    return lines


def _members(conn: sa.Connection, ids: list[str]) -> dict[str, list[int]]:
    members: dict[str, list[int]] = defaultdict(list)
    for part in _parts(ids):
        rows = sa.select(project_candidate).where(project_candidate.c.project_id.in_(part))
        for row in conn.execute(rows.order_by(project_candidate.c.candidate_id)):
            members[row.project_id].append(row.candidate_id)
    return members


def _record(
    row: sa.Row[tuple[object, ...]], life_line: tuple[StatusEvent, ...], candidate_ids: tuple[int, ...]
) -> ProjectRecord:
    return ProjectRecord(
        id=row.id,
        facts=from_plain(row.facts, ProjectFacts),
        life_line=life_line,
        candidate_ids=candidate_ids,
        created_at=row.created_at,
        changed_at=row.changed_at,
        version=row.version,
        redirects_to=row.redirects_to,
        withdrawn=row.withdrawn,
    )
