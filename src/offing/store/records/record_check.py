"""Invariants of records, their events, their merges, and of decisions on pairs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import sqlalchemy as sa

from offing.model.projects.record_change import RecordAction
from offing.model.review.candidate import CandidateState
from offing.model.values.vocabulary import EventKind
from offing.store.records.membership import home_of, redirects
from offing.store.records.record_change import splits_in_force
from offing.store.records.release import adopted_release, content_ids
from offing.store.tables import (
    candidate,
    decision,
    event,
    pair_decision,
    project,
    project_candidate,
    record_change,
    split_candidate,
)

_PART = (CandidateState.ACCEPTED, CandidateState.DUPLICATE)


def record_faults(conn: sa.Connection) -> Iterator[str]:
    """Yield a sentence for each violation among records; none if all is well."""
    merged = redirects(conn)
    yield from _circles(merged)
    if not list(_circles(merged)):
        yield from _members(conn, merged)
        yield from _events(conn, merged)
    yield from _statuses(conn)
    yield from _changes(conn, merged)
    yield from _pairs(conn)


def _circles(merged: Mapping[str, str]) -> Iterator[str]:
    for start in sorted(merged):
        seen, at = {start}, merged[start]
        while at in merged and at not in seen:
            seen.add(at)
            at = merged[at]
        if at == start:
            yield f"project {start} is merged into itself, through others"


def _members(conn: sa.Connection, merged: Mapping[str, str]) -> Iterator[str]:
    homes, adopted = _homes(conn, merged), _adopted(conn, merged)
    rows = conn.execute(sa.select(project.c.id, project.c.redirects_to, project.c.withdrawn).order_by(project.c.id))
    for row in rows:
        live = row.redirects_to is None and row.withdrawn is None
        if live and row.id not in homes.values() and row.id not in adopted:
            yield f"project {row.id} is made from no candidate"
    joined = sa.select(candidate.c.id, candidate.c.state).join_from(project_candidate, candidate)
    for number, state in conn.execute(joined.where(candidate.c.state.not_in(_PART)).order_by(candidate.c.id)):
        yield f"candidate {number} is part of project {homes[number]}, but {state}"


def _adopted(conn: sa.Connection, merged: Mapping[str, str]) -> set[str]:
    """Return the records that began in an adopted release, and those into which they were merged."""
    release = adopted_release(conn)
    return {home_of(each, merged) for each in content_ids(conn, release.number)} if release else set()


def _events(conn: sa.Connection, merged: Mapping[str, str]) -> Iterator[str]:
    homes = _homes(conn, merged)
    seen: Counter[tuple[object, ...]] = Counter()
    for row in conn.execute(sa.select(event).order_by(event.c.id)):
        if row.candidate_id and homes.get(row.candidate_id) != row.project_id:
            yield f"event {row.id} stands in project {row.project_id}, but candidate {row.candidate_id} does not"
        if (row.kind == EventKind.STATUS) != (row.status is not None):
            yield f"event {row.id} is a {row.kind} with status {row.status}"
        if (row.kind == EventKind.CHANGE) != bool(row.changes):
            yield f"event {row.id} is a {row.kind} with changes {row.changes}"
        if (row.set_aside_by is None) != (row.set_aside_at is None):
            yield f"event {row.id} is set aside by nobody, or at no time"
        if not row.release:
            seen[row.project_id, row.candidate_id, row.kind, row.status] += 1
    for (where, number, kind, status), count in seen.items():
        if count > 1:
            yield f"candidate {number} brings {count} events of {kind} {status or ''} to project {where}"


def _statuses(conn: sa.Connection) -> Iterator[str]:
    """Yield a sentence for each record whose status is not in its life line."""
    stated: dict[str, set[str]] = defaultdict(set)
    standing = sa.select(event.c.project_id, event.c.status).where(event.c.set_aside_by.is_(None))
    for row in conn.execute(standing.where(event.c.status.is_not(None))):
        stated[row.project_id].add(row.status)
    live = sa.select(project.c.id, project.c.facts).where(
        project.c.redirects_to.is_(None), project.c.withdrawn.is_(None)
    )
    for row in conn.execute(live.order_by(project.c.id)):
        status = row.facts.get("status")
        if status and status not in stated[row.id]:
            yield f"project {row.id} is {status}, which no event of its life line says"


def _changes(conn: sa.Connection, merged: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each merge or split that no change in force explains, and undos of others' changes."""
    rows = tuple(conn.execute(sa.select(record_change).order_by(record_change.c.id)))
    changes = {row.id: row for row in rows}
    undone = {row.undoes for row in rows}
    for row in rows:
        back = changes.get(row.undoes)
        if back is not None and (back.project_id, back.undoes) != (row.project_id, None):
            yield f"change {row.id} undoes a change of another record, or itself"
    standing = {row.id: row for row in rows if row.id not in undone}
    homes = {row.project_id: row.other for row in standing.values() if row.action == RecordAction.MERGE}
    for project_id in sorted({each for each in {*homes, *merged} if homes.get(each) != merged.get(each)}):
        yield f"project {project_id} leads to {merged.get(project_id)}, its changes say {homes.get(project_id)}"
    for row in conn.execute(sa.select(split_candidate).order_by(split_candidate.c.change_id)):
        split = standing.get(row.change_id)
        if split is None or row.candidate_id not in split.candidate_ids or split.other != row.project_id:
            yield f"candidate {row.candidate_id} was moved to {row.project_id} by no split that is in force"


def _pairs(conn: sa.Connection) -> Iterator[str]:
    """Yield a sentence for each undo that names no decision, or another undo."""
    undone = pair_decision.alias("undone")
    other = sa.or_(
        undone.c.one != pair_decision.c.one,
        undone.c.other != pair_decision.c.other,
        undone.c.bond != pair_decision.c.bond,
        undone.c.undoes.is_not(None),
        undone.c.id >= pair_decision.c.id,
    )
    joined = sa.select(pair_decision.c.id).join(undone, undone.c.id == pair_decision.c.undoes)
    for number in conn.execute(joined.where(other).order_by(pair_decision.c.id)).scalars():
        yield f"pair decision {number} undoes a different decision from the one it names"
    wrong = sa.select(decision.c.id).where(decision.c.into.is_not(None), decision.c.judgement != "accept")
    for number in conn.execute(wrong.order_by(decision.c.id)).scalars():
        yield f"decision {number} puts into a record what it does not accept"


def _homes(conn: sa.Connection, merged: Mapping[str, str]) -> dict[int, str]:
    """Return the record of each candidate that is part of one, after all merges."""
    rows, split = conn.execute(sa.select(project_candidate)), splits_in_force(conn)
    return {row.candidate_id: home_of(split.get(row.candidate_id, row.project_id), merged) for row in rows}
