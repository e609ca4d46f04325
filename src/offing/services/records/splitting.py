"""Splits: some candidates of a record leave into a record of their own, and may come back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

import sqlalchemy as sa

from offing.errors import UsageError
from offing.model.pairs.pairing import Bond, PairDecision, Ref
from offing.model.projects.project import ProjectRecord
from offing.model.projects.promotion import DEFAULT_PREFIX
from offing.model.projects.record_change import RecordAction, RecordChange
from offing.model.review.candidate import Candidate, CandidateState
from offing.promote.accepted_candidates import in_order
from offing.services.records.amending import Amended, Statement, amended, amending, check
from offing.services.records.compose import accepted, live, recompose, withdrawal_of
from offing.services.records.derived_again import candidates_changed
from offing.services.records.promote import begin
from offing.store.candidates.candidate import candidates
from offing.store.database.engine import Database
from offing.store.pairs.pairing import append_pair_decision, decisions_on, pair_decisions
from offing.store.records.membership import came_to, leading_to, redirects
from offing.store.records.project import begun_by, get_project
from offing.store.records.record_change import append_change, end_split, move_by_split
from offing.store.records.release import is_published


def split(
    database: Database, project_id: str, candidate_ids: Collection[int], statement: Statement, *, keep: bool
) -> Amended:
    """Split candidates off a record into a record of their own, with their duplicates; corrections stay where they are.

    An id that was begun for the first of them and stands for nothing is used again, so that none is lost.

    Raises:
        UnknownItem: there is no such record.
        UsageError: a candidate is not part of it, none would stay, or a duplicate would part from what it doubles.
    """
    check(statement)
    with amending(database, statement, keep=keep) as conn:
        record = live(conn, project_id)
        moving = _with_followers(conn, record, candidate_ids)
        were = set(came_to(conn, moving).values())
        first = in_order(accepted(conn, moving))[0].candidate.id
        given = _empty_of(conn, first) or begin(
            conn, _first_last(first, moving), statement.at, _prefix(record), links=False
        )
        bonds = _part(conn, record, given, moving, statement)
        draft = RecordChange(
            0,
            record.id,
            RecordAction.SPLIT,
            statement.by,
            statement.at,
            statement.reason,
            statement.source,
            before=bonds,
        )
        change = append_change(conn, replace(draft, candidate_ids=moving, other=given))
        move_by_split(conn, change)
        recompose(conn, {*were, record.id, given}, statement.at)
        candidates_changed(conn, record.candidate_ids, statement.at)
        return amended(conn, change, (record,))


def rejoin(conn: sa.Connection, change: RecordChange, statement: Statement) -> None:
    """Take a split back, in an open transaction: its candidates are where they were without it.

    Raises:
        UsageError: the record that it made was published, and would be left with nothing.
    """
    made = get_project(conn, str(change.other))
    assert made, "a split names the record that it made"
    if (
        made.withdrawn is None
        and not set(made.candidate_ids) - set(change.candidate_ids)
        and is_published(conn, made.id)
    ):
        way = f"merge it back instead: offing projects merge {made.id} {change.project_id}"
        raise UsageError(f"project {made.id} would be left with no candidate, and its id was published; {way}")
    end_split(conn, change.id)
    for each in pair_decisions(conn, change.before or ()):
        _take_back(conn, each, statement)
    recompose(conn, {change.project_id, made.id, *came_to(conn, change.candidate_ids).values()}, statement.at)
    candidates_changed(conn, change.candidate_ids, statement.at)


def _with_followers(conn: sa.Connection, record: ProjectRecord, wanted: Collection[int]) -> tuple[int, ...]:
    """Return the candidates to move, with those of the record that are duplicates of them or were merged into them."""
    for number in wanted:
        if number not in record.candidate_ids:
            ids = ", ".join(map(str, record.candidate_ids)) or "none"
            raise UsageError(f"candidate {number} is not part of project {record.id}, which has {ids}")
    moving, members = set(wanted), candidates(conn, record.candidate_ids)
    while new := {each.id for each in members if _leader(each) in moving} - moving:
        moving |= new
    for each in members:
        if each.id in moving and (leader := _leader(each)) in set(record.candidate_ids) - moving:
            raise UsageError(f"candidate {each.id} is a duplicate of {leader}: split off {leader}, or undo that first")
    if len(moving) == len(record.candidate_ids):
        raise UsageError(f"project {record.id} would be left with no candidate: a split leaves at least one")
    return tuple(sorted(moving))


def _leader(candidate: Candidate) -> int | None:
    """Return the candidate with which another one goes."""
    doubles = candidate.duplicate_of if candidate.state is CandidateState.DUPLICATE else None
    return candidate.merged_into or doubles


def _empty_of(conn: sa.Connection, candidate_id: int) -> str | None:
    """Return an id begun for a candidate that has none now, unless it leads elsewhere or a person withdrew it."""
    for each in begun_by(conn, candidate_id):
        record = get_project(conn, each)
        if record and not record.candidate_ids and not record.redirects_to and withdrawal_of(conn, each) is None:
            return each
    return None


def _first_last(first: int, moving: Iterable[int]) -> tuple[int, ...]:
    """Return candidates with the one for which the id is begun at the head."""
    return (first, *(each for each in moving if each != first))


def _prefix(record: ProjectRecord) -> str:
    """Return the prefix of a record's id; a new record of its candidates has the same."""
    return record.id.split("-", 1)[0] or DEFAULT_PREFIX


def _part(
    conn: sa.Connection, record: ProjectRecord, given: str, moving: Collection[int], statement: Statement
) -> list[int]:
    """Store that the two records differ, and take back what said that their candidates are one project.

    Returns:
        The ids of the decisions on pairs that this made.
    """
    leaving = {Ref.candidate(each) for each in moving}
    here = {Ref.project(each) for each in leading_to((record.id,), redirects(conn))}
    here |= {Ref.candidate(each) for each in set(record.candidate_ids) - set(moving)}
    mine, other = (Ref.project(each) for each in (given, record.id))
    made = [PairDecision(0, mine, other, Bond.DIFFERENT, statement.by, statement.at, statement.reason)]
    for each in decisions_on(conn, sorted(leaving)):
        sides = {each.one, each.other}
        if each.bond is Bond.SAME and sides & leaving and sides & here:
            made.append(replace(each, by=statement.by, at=statement.at, reason=statement.reason, undoes=each.id))
    return [append_pair_decision(conn, each).id for each in made]


def _take_back(conn: sa.Connection, made: PairDecision, statement: Statement) -> None:
    """Take back a decision on a pair that came with a split; one that undid another is said again."""
    if made.undoes is None and made not in decisions_on(conn, (made.one,)):
        return
    undoes = None if made.undoes else made.id
    append_pair_decision(
        conn, PairDecision(0, made.one, made.other, made.bond, statement.by, statement.at, statement.reason, undoes)
    )
