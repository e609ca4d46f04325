"""A person takes back what they did last: a decision, a whole batch or a second reading; again, what came before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from offing.errors import Conflict, NotTakenBack, UsageError
from offing.model.activity import Activity, Deed
from offing.model.decision import Decision, Judgement, Verdict
from offing.model.reading import Reading
from offing.model.rules import ScoringRules
from offing.steps.bulk import AT_ONCE, BATCH_MARK
from offing.steps.review import decide_within
from offing.store import reading as readings
from offing.store.activity import note
from offing.store.decision import last_standing_by, standing_with, token_of
from offing.store.engine import Database


@dataclass(frozen=True, slots=True)
class LastDeed:
    """What a person did last and can take back, newest first: `decisions` of one deed, or a second `reading`."""

    decisions: tuple[Decision, ...] = ()
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The candidates that stand as before a deed, and in sentences why others of a batch do not."""

    candidate_ids: tuple[int, ...]
    left_out: tuple[str, ...] = ()


def last_deed(database: Database, by: str, before: int | None = None) -> LastDeed | None:
    """The last thing that a person did and that still stands; None where there is none.

    Args:
        database: where it stands.
        by: the person.
        before: the id of a decision; theirs from that one on are passed over.
    """
    with database.read() as conn:
        made, read = last_standing_by(conn, by, before), readings.last_standing_by(conn, by)
        if read and (made is None or read.at >= made.at):
            return LastDeed(reading=read)
        if made is None:
            return None
        mark = token_of(conn, made.id)
        batch = standing_with(conn, mark) if mark.startswith(BATCH_MARK) else (made,)
        return LastDeed(tuple(sorted(batch, key=lambda each: -each.id)))


def take_back(
    database: Database, by: str, now: datetime, scoring: ScoringRules | None = None, before: int | None = None
) -> TakenBack:
    """Take back the last thing that a person did.

    Args:
        database: where it stands.
        by: the person.
        now: aware UTC.
        scoring: the rules by which candidates are scored anew, by default as they ship.
        before: the id of a decision that cannot be taken back: theirs from that one on are passed over.

    Raises:
        UsageError: there is nothing to take back.
        NotTakenBack: somebody decided on it since, or a published record rests on it; says how to go on before it.
    """
    last = last_deed(database, by, before)
    if last is None:
        raise UsageError(f"{by} has made no decision that still stands" + (" before that one" if before else ""))
    if last.reading:
        return _unread(database, last.reading, now)
    taken, left_out = _undone(database, last.decisions, by, now, scoring)
    if not taken:
        raise NotTakenBack(left_out[0], min(each.id for each in last.decisions))
    return TakenBack(tuple(sorted(taken)), tuple(left_out))


def _unread(database: Database, read: Reading, now: datetime) -> TakenBack:
    """Take a second reading back: the candidate waits for one again."""
    with database.write() as conn:
        if not readings.take_back(conn, read, now):
            raise UsageError("that was taken back already")
        note(conn, Activity(now, Deed.UNDO, read.by, f"second reading: {read.judgement}", read.candidate_id))
    return TakenBack((read.candidate_id,))


def _undone(
    database: Database, decisions: Iterable[Decision], by: str, now: datetime, scoring: ScoringRules | None
) -> tuple[list[int], list[str]]:
    """The candidates whose decisions were taken back, and why others were not."""
    wanted = sorted(decisions, key=lambda each: each.candidate_id)
    taken: list[int] = []
    left_out: list[str] = []
    for start in range(0, len(wanted), AT_ONCE):
        with database.write() as conn:
            for each in wanted[start : start + AT_ONCE]:
                verdict = Verdict(each.candidate_id, Judgement.UNDO, by, undoes=each.id)
                why = _attempt(conn, verdict, now, scoring)
                if why:
                    left_out.append(why)
                else:
                    taken.append(each.candidate_id)
    return taken, left_out


def _attempt(conn: sa.Connection, verdict: Verdict, now: datetime, scoring: ScoringRules | None) -> str:
    """Take one decision back; why it cannot be, where it cannot: then nothing of it was written."""
    try:
        decide_within(conn, verdict, now, None, scoring)
    except (Conflict, UsageError) as error:
        return str(error)
    return ""
