"""Takes a decision back: its candidate leaves its record, and decisions on pairs made with it are undone."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from offing import __version__
from offing.model.operation.run import Stamp
from offing.model.pairs.pairing import PairDecision, Ref, RefKind
from offing.model.projects.project import ProjectRecord
from offing.model.projects.record_change import RecordAction, RecordChange
from offing.model.reading.rules import ScoringRules
from offing.model.review.candidate import Candidate, CandidateState
from offing.model.review.decision import Decision, decisions_in_force
from offing.services.records.adopted import inherited
from offing.services.records.compose import recompose
from offing.services.stories.affected_tellings import load
from offing.services.stories.settling import StoryDesk, settle
from offing.store.candidates.candidate import candidates
from offing.store.candidates.decision import decisions_of
from offing.store.pairs.pairing import append_pair_decision, decisions_on
from offing.store.records.membership import came_to, project_of, unlink
from offing.store.records.project import get_project, lock_numbers
from offing.store.records.record_change import append_change
from offing.store.records.release import is_published
from offing.store.stories.telling import tellings_of


def promised(conn: sa.Connection, candidate_id: int) -> str | None:
    """Return the published record that would be empty without a candidate, or None; a withdrawn one may be empty."""
    record = _record_of(conn, candidate_id)
    if (
        record is None
        or record.withdrawn is not None
        or set(record.candidate_ids) - _leaving(conn, record, candidate_id)
        or inherited(conn, record.id)
    ):
        return None
    return record.id if is_published(conn, record.id) else None


def unfold(conn: sa.Connection, undo: Decision) -> None:
    """Take the candidate of an undone decision out of its record, with members that are only its duplicates.

    They wait again. A record that is left empty stays as a withdrawn one, so that its id is never given to another.

    Raises:
        Conflict: the record was changed meanwhile.
    """
    lock_numbers(conn)
    record = _record_of(conn, undo.candidate_id)
    if record is None:
        return
    leaving = _leaving(conn, record, undo.candidate_id)
    left = came_to(conn, leaving)
    unlink(conn, leaving)
    for own in sorted(set(left.values())):
        gone = tuple(sorted(number for number, each in left.items() if each == own))
        departure = RecordChange(0, own, RecordAction.DEPARTURE, undo.by, undo.at, undo.reason, candidate_ids=gone)
        append_change(conn, departure)
    recompose(conn, set(left.values()), undo.at)


def retold(conn: sa.Connection, candidate: Candidate, now: datetime, scoring: ScoringRules) -> frozenset[int]:
    """Update a candidate that waits again from its articles, including those that came while it was decided.

    Args:
        conn: a transaction that holds the lock on stories, after the state was written.
        candidate: as it was before.
        now: aware UTC.
        scoring: the rules of its score.

    Returns:
        The candidates that changed; what depends on them is updated already.
    """
    tellings = load(conn, tellings_of(conn, (candidate.story_id,)))
    stamp = Stamp(now, f"stories {__version__} {scoring.version}".strip())
    return frozenset(settle(conn, tellings.values(), StoryDesk(scoring, stamp)).changed)


def take_back_bonds(conn: sa.Connection, undone: Decision, by: str, now: datetime) -> None:
    """Undo the decisions on pairs made with a decision: on its candidate, and on its record and the known project.

    Other decisions of a batch share person and time; the pair decisions made with them start from other candidates.
    """
    mine = Ref.candidate(undone.candidate_id)
    decisions = (each for each in decisions_on(conn, (mine,)) if each.one == mine)
    for each in (*decisions, *_ties(conn, undone)):
        if (each.by, each.at) == (undone.by, undone.at):
            append_pair_decision(conn, PairDecision(0, each.one, each.other, each.bond, by, now, undoes=each.id))


def _ties(conn: sa.Connection, undone: Decision) -> tuple[PairDecision, ...]:
    """Return the pair decisions that tie a record to the known project into which only this member was accepted."""
    record = _record_of(conn, undone.candidate_id)
    if record is None or undone.into is None or undone.into.kind is not RefKind.KNOWN:
        return ()
    others = decisions_of(conn, set(record.candidate_ids) - {undone.candidate_id})
    if any(each.into == undone.into for made in others.values() for each in decisions_in_force(made)):
        return ()
    mine = Ref.project(record.id)
    return tuple(each for each in decisions_on(conn, (mine,)) if {each.one, each.other} == {mine, undone.into})


def _record_of(conn: sa.Connection, candidate_id: int) -> ProjectRecord | None:
    part_of = project_of(conn, candidate_id)
    return get_project(conn, part_of) if part_of else None


def _leaving(conn: sa.Connection, record: ProjectRecord, candidate_id: int) -> set[int]:
    """Return the candidate, and the members that are duplicates of what leaves."""
    leaving = {candidate_id}
    doubles = [each for each in candidates(conn, record.candidate_ids) if each.state is CandidateState.DUPLICATE]
    while new := {each.id for each in doubles if each.duplicate_of in leaving} - leaving:
        leaving |= new
    return leaving
