"""Taking a decision back: its candidate leaves its record, and what was said with it of pairs stands no more."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from offing import __version__
from offing.model.candidate import Candidate, CandidateState
from offing.model.decision import Decision, standing
from offing.model.pairing import PairDecision, Thing, ThingKind
from offing.model.project import ProjectRecord
from offing.model.rules import ScoringRules
from offing.model.run import Stamp
from offing.steps.records import recompose
from offing.steps.stories import StoryDesk, settle
from offing.steps.story_region import load
from offing.store.candidate import candidates
from offing.store.decision import decisions_of
from offing.store.membership import came_to, project_of, unlink
from offing.store.pairing import append_pair_decision, standing_on
from offing.store.project import get_project, lock_numbers
from offing.store.release import is_published
from offing.store.telling import tellings_of


def promised(conn: sa.Connection, candidate_id: int) -> str | None:
    """The published record that would be left with nothing without a candidate; None where none would."""
    record = _record_of(conn, candidate_id)
    if record is None or set(record.candidate_ids) - _leaving(conn, record, candidate_id):
        return None
    return record.id if is_published(conn, record.id) else None


def unfold(conn: sa.Connection, candidate_id: int, now: datetime) -> None:
    """Take a candidate out of its record, with those that are there only as its duplicates; they wait again.

    A record that is left with nothing stays as a withdrawn one, so that its id is never given twice.

    Raises:
        Conflict: the record was changed meanwhile.
    """
    lock_numbers(conn)
    record = _record_of(conn, candidate_id)
    if record is None:
        return
    leaving = _leaving(conn, record, candidate_id)
    left = set(came_to(conn, leaving).values())
    unlink(conn, leaving)
    recompose(conn, left, now)


def retold(conn: sa.Connection, candidate: Candidate, now: datetime, scoring: ScoringRules) -> frozenset[int]:
    """Let a candidate that waits again say what its articles say by now, also those that came while it was decided.

    Args:
        conn: a transaction that holds the lock on stories, after the state was written.
        candidate: as it was before.
        now: aware UTC.
        scoring: the rules of its score.

    Returns:
        The candidates that changed; what follows from that is done.
    """
    told = load(conn, tellings_of(conn, (candidate.story_id,)))
    stamp = Stamp(now, f"stories {__version__} {scoring.version}".strip())
    return frozenset(settle(conn, told.values(), StoryDesk(scoring, stamp)).changed)


def take_back_bonds(conn: sa.Connection, undone: Decision, by: str, now: datetime) -> None:
    """Take back what was said of pairs with a decision: by its candidate, and of its record and the known project.

    Other decisions of a batch have the same person and time; what was said with them begins with other candidates.
    """
    mine = Thing(ThingKind.CANDIDATE, str(undone.candidate_id))
    said = (each for each in standing_on(conn, (mine,)) if each.one == mine)
    for each in (*said, *_ties(conn, undone)):
        if (each.by, each.at) == (undone.by, undone.at):
            append_pair_decision(conn, PairDecision(0, each.one, each.other, each.bond, by, now, undoes=each.id))


def _ties(conn: sa.Connection, undone: Decision) -> tuple[PairDecision, ...]:
    """What ties the record of a candidate to the known project into which it alone of its members was accepted."""
    record = _record_of(conn, undone.candidate_id)
    if record is None or undone.into is None or undone.into.kind is not ThingKind.KNOWN:
        return ()
    others = decisions_of(conn, set(record.candidate_ids) - {undone.candidate_id})
    if any(each.into == undone.into for made in others.values() for each in standing(made)):
        return ()
    mine = Thing(ThingKind.PROJECT, record.id)
    return tuple(each for each in standing_on(conn, (mine,)) if {each.one, each.other} == {mine, undone.into})


def _record_of(conn: sa.Connection, candidate_id: int) -> ProjectRecord | None:
    part_of = project_of(conn, candidate_id)
    return get_project(conn, part_of) if part_of else None


def _leaving(conn: sa.Connection, record: ProjectRecord, candidate_id: int) -> set[int]:
    """The candidate, and the members that are duplicates of what leaves."""
    leaving = {candidate_id}
    doubles = [each for each in candidates(conn, record.candidate_ids) if each.state is CandidateState.DUPLICATE]
    while new := {each.id for each in doubles if each.duplicate_of in leaving} - leaving:
        leaving |= new
    return leaving
