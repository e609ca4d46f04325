"""Promotion meets the store: one transaction for each accepted candidate, harmless to repeat."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from offing.errors import UnknownItem, UsageError
from offing.model.candidate import Candidate, CandidateState
from offing.model.decision import edited_fields, effective_facts
from offing.model.project import ProjectRecord
from offing.promote import Accepted, Fold, KnownRecord, NewRecord, project_id, promote
from offing.store.candidate import get_candidate, hold
from offing.store.decision import decisions_of
from offing.store.engine import Database
from offing.store.project import (
    fold_into,
    get_project,
    insert_project,
    lock_numbers,
    next_number,
    project_of,
    unpromoted,
)

DEFAULT_PREFIX = "off"
PROMOTABLE = frozenset({CandidateState.ACCEPTED, CandidateState.DUPLICATE})


@dataclass(frozen=True, slots=True)
class Promoted:
    """A candidate that became part of a record. `new` tells whether the record was made from it."""

    candidate_id: int
    project_id: str
    new: bool


def promote_accepted(database: Database, now: datetime, prefix: str = DEFAULT_PREFIX) -> tuple[Promoted, ...]:
    """Promote all that is accepted and part of no record yet; duplicates follow the candidate that they double.

    A duplicate of a candidate that is part of no record waits. A second call has nothing left to do.

    Raises:
        UsageError: the prefix cannot start an id.
    """
    with database.read() as conn:
        due = unpromoted(conn)
    done = (_one(database, candidate_id, now, prefix) for candidate_id in due)
    return tuple(promoted for promoted in done if promoted)


def promote_only(
    database: Database, ids: Collection[int], now: datetime, prefix: str = DEFAULT_PREFIX, into: str | None = None
) -> tuple[Promoted, ...]:
    """Promote these accepted candidates, into one record where it is named; those already promoted are left out.

    Raises:
        UnknownItem: there is no such candidate or record.
        UsageError: one is not accepted, is part of another record, or the record is gone.
    """
    with database.read() as conn:
        target = _live(conn, into).id if into else None
        for candidate_id in ids:
            _check(conn, candidate_id, target)
    done = (_one(database, candidate_id, now, prefix, target) for candidate_id in ids)
    return tuple(promoted for promoted in done if promoted)


def _check(conn: sa.Connection, candidate_id: int, into: str | None) -> None:
    candidate = get_candidate(conn, candidate_id)
    if candidate is None:
        raise UnknownItem(f"there is no candidate {candidate_id}")
    part_of = project_of(conn, candidate_id)
    if part_of and into not in {None, part_of}:
        raise UsageError(f"candidate {candidate_id} is part of project {part_of} already")
    if candidate.state not in PROMOTABLE:
        raise UsageError(f"candidate {candidate_id} is {candidate.state}: offing decide {candidate_id} accept")
    if into is None and candidate.state is CandidateState.DUPLICATE and _record_of(conn, candidate) is None:
        raise UsageError(f"candidate {candidate_id} doubles candidate {candidate.duplicate_of}, which is in no record")


def _one(database: Database, candidate_id: int, now: datetime, prefix: str, into: str | None = None) -> Promoted | None:
    """Promote one candidate, unless that has been done meanwhile or it has to wait."""
    with database.write() as conn:
        lock_numbers(conn)
        hold(conn, candidate_id)  # nobody takes the decision back beside this transaction
        candidate = get_candidate(conn, candidate_id)
        if candidate is None or candidate.state not in PROMOTABLE or project_of(conn, candidate_id):
            return None
        record = _live(conn, into) if into else _record_of(conn, candidate)
        if candidate.state is not CandidateState.ACCEPTED and record is None:
            return None
        outcome = promote(_accepted(conn, candidate), _known(conn, record), now)
        return _save(conn, outcome, record, now, prefix)


def _accepted(conn: sa.Connection, candidate: Candidate) -> Accepted:
    decisions = decisions_of(conn, (candidate.id,)).get(candidate.id, ())
    return Accepted(candidate, effective_facts(candidate.facts, decisions), frozenset(edited_fields(decisions)))


def _known(conn: sa.Connection, record: ProjectRecord | None) -> KnownRecord | None:
    if record is None:
        return None
    made = decisions_of(conn, record.candidate_ids)
    return KnownRecord(record, frozenset(name for each in made.values() for name in edited_fields(each)))


def _save(
    conn: sa.Connection, outcome: NewRecord | Fold, read: ProjectRecord | None, now: datetime, prefix: str
) -> Promoted:
    if isinstance(outcome, Fold):
        assert read is not None
        fold_into(conn, read, outcome.record)
        return Promoted(outcome.candidate_id, read.id, new=False)
    number = next_number(conn, now.year)
    try:
        given = project_id(prefix, now.year, number)
    except ValueError as error:
        raise UsageError(str(error)) from error
    record = ProjectRecord(given, outcome.facts, outcome.life_line, (outcome.candidate_id,), now, now)
    insert_project(conn, record, now.year, number)
    return Promoted(outcome.candidate_id, given, new=True)


def _record_of(conn: sa.Connection, candidate: Candidate) -> ProjectRecord | None:
    """The live record of the candidate that this one doubles, through any chain of duplicates."""
    double: Candidate | None = candidate
    while double and double.duplicate_of:
        part_of = project_of(conn, double.duplicate_of)
        if part_of:
            record = _followed(conn, part_of)
            return record if record and record.withdrawn is None else None
        double = get_candidate(conn, double.duplicate_of)
    return None


def _followed(conn: sa.Connection, wanted: str) -> ProjectRecord | None:
    """The record that an id leads to, after all merges."""
    record = get_project(conn, wanted)
    while record and record.redirects_to:
        record = get_project(conn, record.redirects_to)
    return record


def _live(conn: sa.Connection, wanted: str) -> ProjectRecord:
    record = _followed(conn, wanted)
    if record is None:
        raise UnknownItem(f"there is no project {wanted}: `offing projects list` shows which there are")
    if record.withdrawn is not None:
        raise UsageError(f"project {record.id} was withdrawn: {record.withdrawn}")
    return record
