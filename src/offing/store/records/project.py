"""Project records, their life lines, and the candidates they were made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.errors import Conflict
from offing.model.projects.project import HandValue, LifeEvent, ProjectFacts, ProjectRecord
from offing.model.values.codec import from_plain, to_plain
from offing.store.database.batch import BATCH, each_once
from offing.store.database.dialect import by_characters, lock
from offing.store.records.event import events_of, save_lines
from offing.store.records.membership import link, members
from offing.store.tables import project

NUMBERING_KEY = 0x0FF1_4E  # an arbitrary number: one promotion at a time on PostgreSQL


def lock_numbers(conn: sa.Connection) -> None:
    """Lock out other promotions until the end of this transaction."""
    lock(conn, NUMBERING_KEY)


def next_number(conn: sa.Connection, year: int) -> int:
    """Return the first number of a year that no record ever had; requires `lock_numbers`."""
    highest = conn.execute(sa.select(sa.func.max(project.c.number)).where(project.c.year == year)).scalar_one()
    return int(highest or 0) + 1


def insert_project(conn: sa.Connection, record: ProjectRecord, year: int, number: int, *, links: bool = True) -> None:
    """Write a new record with its life line; the first of its candidates owns the id.

    With `links` its candidates are linked to it; without, a split moves them to it, and they stay linked elsewhere.
    """
    conn.execute(
        sa.insert(project).values(
            id=record.id,
            year=year,
            number=number,
            facts=to_plain(record.facts),
            created_at=record.created_at,
            changed_at=record.changed_at,
            version=record.version,
            begun_by=next(iter(record.candidate_ids), None),
            by_hand=_plain_hands(record),
        )
    )
    if links:
        link(conn, record.id, record.candidate_ids, record.created_at)
    save_lines(conn, {record.id: record.life_line}, record.candidate_ids)


def begun_by(conn: sa.Connection, candidate_id: int) -> tuple[str, ...]:
    """Return the ids assigned for a candidate, newest first."""
    chosen = sa.select(project.c.id).where(project.c.begun_by == candidate_id)
    return tuple(conn.execute(chosen.order_by(project.c.year.desc(), project.c.number.desc())).scalars())


def save_projects(conn: sa.Connection, changes: Sequence[tuple[ProjectRecord, ProjectRecord]]) -> None:
    """Write several changed records at once: an event that moves from one to another keeps its id.

    Args:
        conn: a transaction that may write.
        changes: each record as it was read, and with its new facts and events. Its candidates are not written.

    Raises:
        Conflict: a record has changed since it was read.
    """
    for read, new in changes:
        _save(conn, read, new)
    own = {each for read, new in changes for each in (*read.candidate_ids, *new.candidate_ids)}
    save_lines(conn, {new.id: new.life_line for _, new in changes}, own)


def _save(conn: sa.Connection, read: ProjectRecord, new: ProjectRecord) -> None:
    values = {"facts": to_plain(new.facts), "changed_at": new.changed_at, "withdrawn": new.withdrawn}
    _change(conn, read, {**values, "by_hand": _plain_hands(new)})


def redirect(conn: sa.Connection, read: ProjectRecord, into: str | None, at: datetime) -> None:
    """Redirect a record to another, or with None undo that. Its candidates stay linked to it.

    Raises:
        Conflict: the record has changed since it was read.
    """
    _change(conn, read, {"redirects_to": into, "changed_at": at})


def _change(conn: sa.Connection, read: ProjectRecord, values: Mapping[str, object]) -> None:
    change = sa.update(project).where(project.c.id == read.id, project.c.version == read.version)
    if conn.execute(change.values(**values, version=read.version + 1)).rowcount != 1:
        raise Conflict(f"project {read.id} was changed meanwhile: look at it again")


def get_project(conn: sa.Connection, project_id: str) -> ProjectRecord | None:
    """Return one record with this id, even if merged or withdrawn."""
    return next(iter(records(conn, sa.select(project).where(project.c.id == project_id))), None)


def projects(conn: sa.Connection, *, gone: bool = False) -> tuple[ProjectRecord, ...]:
    """Return all records by id; with `gone` also those that were merged or withdrawn."""
    chosen = sa.select(project).order_by(project.c.year, project.c.number)
    if not gone:
        chosen = chosen.where(project.c.redirects_to.is_(None), project.c.withdrawn.is_(None))
    return records(conn, chosen)


def project_page(conn: sa.Connection, after: str, size: int) -> tuple[ProjectRecord, ...]:
    """Return at most `size` live records after an id, by id."""
    live = sa.select(project).where(project.c.redirects_to.is_(None), project.c.withdrawn.is_(None))
    return records(conn, live.where(project.c.id > after).order_by(project.c.id).limit(size))


def withdrawn_among(conn: sa.Connection, ids: Iterable[str]) -> frozenset[str]:
    """Return which of some records were withdrawn."""
    chosen = sa.select(project.c.id).where(project.c.withdrawn.is_not(None))
    found = (conn.execute(chosen.where(project.c.id.in_(part))).scalars() for part in each_once(ids))
    return frozenset(each for some in found for each in some)


def records(conn: sa.Connection, chosen: sa.Select[tuple[object, ...]]) -> tuple[ProjectRecord, ...]:
    """Return the records of some rows of `project`, each with its line and its candidates."""
    rows = list(conn.execute(chosen))
    ids = [row.id for row in rows]
    lines, own = events_of(conn, ids), members(conn, ids)
    return tuple(_record(row, tuple(lines.get(row.id, ())), own[row.id]) for row in rows)


def record_ids(conn: sa.Connection) -> tuple[str, ...]:
    """Return the ids of all records, sorted; including merged and withdrawn ones."""
    return tuple(conn.execute(sa.select(project.c.id).order_by(project.c.id)).scalars())


def record_count(conn: sa.Connection) -> int:
    """Return how many records there are, merged and withdrawn ones included."""
    return int(conn.execute(sa.select(sa.func.count()).select_from(project)).scalar_one())


def ids_in_order(conn: sa.Connection) -> Iterator[str]:
    """Yield the ids of all records in the order of releases: by their characters. They are not read at once."""
    chosen = sa.select(project.c.id).order_by(by_characters(conn.dialect, project.c.id))
    yield from conn.execute(chosen.execution_options(yield_per=BATCH)).scalars()


def records_of(conn: sa.Connection, ids: Iterable[str]) -> tuple[ProjectRecord, ...]:
    """Return the records with some ids, by id; unknown ids are left out."""
    wanted = each_once(ids)
    return tuple(each for some in wanted for each in records(conn, sa.select(project).where(project.c.id.in_(some))))


def _record(
    row: sa.Row[tuple[object, ...]], life_line: tuple[LifeEvent, ...], candidate_ids: tuple[int, ...]
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
        by_hand=from_plain(row.by_hand or [], tuple[HandValue, ...]),
    )


def _plain_hands(record: ProjectRecord) -> Any:
    return to_plain(record.by_hand, tuple[HandValue, ...]) if record.by_hand else sa.null()
