"""Project records, their life lines, and the candidates that they were made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa

from offing.errors import Conflict
from offing.model.candidate import CandidateState
from offing.model.codec import from_plain, to_plain
from offing.model.project import LifeEvent, ProjectFacts, ProjectRecord
from offing.store.event import events_of, save_line
from offing.store.tables import candidate, project, project_candidate

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
    _link(conn, record.id, record.candidate_ids, record.created_at)
    save_line(conn, record.id, record.life_line, record.candidate_ids)


def save_project(conn: sa.Connection, read: ProjectRecord, new: ProjectRecord) -> None:
    """Write what a record became: `read` as it was read, `new` with other facts, events and candidates.

    Candidates that are new are linked to it; those of records that were merged into it stay linked to theirs, so that
    a merge can be taken back.

    Raises:
        Conflict: the record has changed since it was read.
    """
    change = sa.update(project).where(project.c.id == read.id, project.c.version == read.version)
    change = change.values(
        facts=to_plain(new.facts),
        changed_at=new.changed_at,
        withdrawn=new.withdrawn,
        version=read.version + 1,
    )
    if conn.execute(change).rowcount != 1:
        raise Conflict(f"project {read.id} was changed meanwhile: look at it again")
    linked = _linked(conn, new.candidate_ids)
    _link(conn, read.id, tuple(each for each in new.candidate_ids if each not in linked), new.changed_at)
    save_line(conn, read.id, new.life_line, new.candidate_ids)


def redirect(conn: sa.Connection, read: ProjectRecord, into: str | None, at: datetime) -> None:
    """Let a record lead to another, or with None stand for itself again. Its candidates stay linked to it.

    Raises:
        Conflict: the record has changed since it was read.
    """
    change = sa.update(project).where(project.c.id == read.id, project.c.version == read.version)
    change = change.values(redirects_to=into, changed_at=at, version=read.version + 1)
    if conn.execute(change).rowcount != 1:
        raise Conflict(f"project {read.id} was changed meanwhile: look at it again")


def unlink(conn: sa.Connection, candidate_ids: Iterable[int]) -> None:
    """Take candidates out of their records; the records have to be saved without them."""
    chosen = project_candidate.c.candidate_id.in_(sorted(candidate_ids))
    conn.execute(sa.delete(project_candidate).where(chosen))


def get_project(conn: sa.Connection, project_id: str) -> ProjectRecord | None:
    """One record as it stands under this id, also a merged or withdrawn one."""
    found = records(conn, sa.select(project).where(project.c.id == project_id))
    return found[0] if found else None


def projects(conn: sa.Connection, *, gone: bool = False) -> tuple[ProjectRecord, ...]:
    """All records by id; with `gone` also those that were merged or withdrawn."""
    chosen = sa.select(project).order_by(project.c.year, project.c.number)
    if not gone:
        chosen = chosen.where(project.c.redirects_to.is_(None), project.c.withdrawn.is_(None))
    return records(conn, chosen)


def project_page(conn: sa.Connection, after: str, size: int) -> tuple[ProjectRecord, ...]:
    """At most so many live records whose ids come after one, by id."""
    live = sa.select(project).where(project.c.redirects_to.is_(None), project.c.withdrawn.is_(None))
    return records(conn, live.where(project.c.id > after).order_by(project.c.id).limit(size))


def project_of(conn: sa.Connection, candidate_id: int) -> str | None:
    """The id of the record that a candidate is part of, after all merges."""
    chosen = sa.select(project_candidate.c.project_id).where(project_candidate.c.candidate_id == candidate_id)
    found = conn.execute(chosen).scalar_one_or_none()
    return found and home_of(found, redirects(conn))


def made_of_only(conn: sa.Connection, candidate_ids: Collection[int]) -> tuple[str, ...]:
    """The records that have no candidate but some of these."""
    ids = sorted(candidate_ids)
    other = project_candidate.alias("other")
    more = sa.exists().where(other.c.project_id == project_candidate.c.project_id, other.c.candidate_id.not_in(ids))
    chosen = sa.select(project_candidate.c.project_id).where(project_candidate.c.candidate_id.in_(ids), ~more)
    return tuple(conn.execute(chosen.distinct().order_by(project_candidate.c.project_id)).scalars()) if ids else ()


def redirects(conn: sa.Connection) -> dict[str, str]:
    """Which record each merged one was merged into."""
    chosen = sa.select(project.c.id, project.c.redirects_to).where(project.c.redirects_to.is_not(None))
    return {row.id: row.redirects_to for row in conn.execute(chosen)}


def withdrawn_among(conn: sa.Connection, ids: Iterable[str]) -> frozenset[str]:
    """Which of some records were withdrawn."""
    chosen = sa.select(project.c.id).where(project.c.withdrawn.is_not(None))
    found = (conn.execute(chosen.where(project.c.id.in_(part))).scalars() for part in _parts(sorted(set(ids))))
    return frozenset(each for some in found for each in some)


def home_of(project_id: str, merged: Mapping[str, str]) -> str:
    """The id to which another leads after all merges."""
    while project_id in merged:
        project_id = merged[project_id]
    return project_id


def unpromoted(conn: sa.Connection) -> tuple[int, ...]:
    """Accepted candidates and duplicates that are part of no record yet; accepted ones first, then by id."""
    promoted = sa.exists().where(project_candidate.c.candidate_id == candidate.c.id)
    states = (CandidateState.ACCEPTED, CandidateState.DUPLICATE)
    chosen = sa.select(candidate.c.id).where(candidate.c.state.in_(states), ~promoted)
    doubles = sa.case((candidate.c.state == CandidateState.DUPLICATE, 1), else_=0)
    return tuple(conn.execute(chosen.order_by(doubles, candidate.c.id)).scalars())


def _link(conn: sa.Connection, project_id: str, candidate_ids: tuple[int, ...], at: datetime) -> None:
    links = [{"project_id": project_id, "candidate_id": each, "promoted_at": at} for each in candidate_ids]
    if links:
        conn.execute(sa.insert(project_candidate), links)


def _linked(conn: sa.Connection, candidate_ids: tuple[int, ...]) -> set[int]:
    chosen = sa.select(project_candidate.c.candidate_id).where(project_candidate.c.candidate_id.in_(candidate_ids))
    return set(conn.execute(chosen).scalars())


def records(conn: sa.Connection, chosen: sa.Select[tuple[object, ...]]) -> tuple[ProjectRecord, ...]:
    """The records of some rows of `project`, each with its line and its candidates."""
    rows = list(conn.execute(chosen))
    ids = [row.id for row in rows]
    lines, members = events_of(conn, ids), _members(conn, ids)
    return tuple(_record(row, tuple(lines.get(row.id, ())), tuple(members[row.id])) for row in rows)


def _parts(ids: list[str]) -> Iterable[list[str]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _members(conn: sa.Connection, ids: list[str]) -> dict[str, list[int]]:
    """The candidates of each record with those of the records merged into it; a merged one keeps its own."""
    merged = redirects(conn)
    homes = {each: home_of(each, merged) for each in merged}
    wanted = set(ids)
    came = [each for each, home in homes.items() if home in wanted]
    members: dict[str, list[int]] = defaultdict(list)
    for part in _parts(list(dict.fromkeys((*ids, *came)))):
        rows = sa.select(project_candidate).where(project_candidate.c.project_id.in_(part))
        for row in conn.execute(rows):
            for each in {row.project_id, homes.get(row.project_id, row.project_id)}:
                members[each].append(row.candidate_id)
    return defaultdict(list, {each: sorted(found) for each, found in members.items()})


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
    )
