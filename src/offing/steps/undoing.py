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
from offing.store.decision import last_standing_by, standing_with, token_of, undone_with
from offing.store.engine import Database


@dataclass(frozen=True, slots=True)
class LastDeed:
    """What a person did last and can take back, newest first: `decisions` of one deed, or a second `reading`."""

    decisions: tuple[Decision, ...] = ()
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """How one shown page asks to take something back, so that what is sent twice takes back one thing.

    `token` is the mark of its form; `reading` is the candidate of the second reading that it tells as done last.
    """

    token: str | None = None
    reading: int | None = None


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


def take_back(  # noqa: PLR0913 -- what a person asks for, and the rules beside it
    database: Database,
    by: str,
    now: datetime,
    scoring: ScoringRules | None = None,
    *,
    before: int | None = None,
    asked: Asking = Asking(),
) -> TakenBack:
    """Take back the last thing that a person did.

    Args:
        database: where it stands.
        by: the person.
        now: aware UTC.
        scoring: the rules by which candidates are scored anew, by default as they ship.
        before: the id of a decision that cannot be taken back: theirs from that one on are passed over.
        asked: the page that asks; sent once more it takes back nothing more, and is answered as before.

    Raises:
        UsageError: there is nothing to take back.
        NotTakenBack: somebody decided on it since, or a published record rests on it; says how to go on before it.
    """
    last = last_deed(database, by, before)
    again = _taken_by(database, by, asked)  # asked after `last`: of two that are sent at once, one sees the other's
    if again:
        return TakenBack(again)
    if last is None:
        raise UsageError(f"{by} has made no decision that still stands" + (" before that one" if before else ""))
    if last.reading:
        return _unread(database, last.reading, now)
    taken, left_out = _undone(database, last.decisions, (by, now, asked.token), scoring)
    if not taken:
        raise NotTakenBack(left_out[0], min(each.id for each in last.decisions))
    return TakenBack(tuple(sorted(taken)), tuple(left_out))


def _taken_by(database: Database, by: str, asked: Asking) -> tuple[int, ...]:
    """What the same page has taken back already."""
    with database.read() as conn:
        if asked.reading:
            read = readings.last_of(conn, asked.reading, by)
            if read and not read[1]:
                return (asked.reading,)
        return undone_with(conn, by, asked.token) if asked.token else ()


def _unread(database: Database, read: Reading, now: datetime) -> TakenBack:
    """Take a second reading back: the candidate waits for one again."""
    with database.write() as conn:
        if not readings.take_back(conn, read, now):
            raise UsageError("that was taken back already")
        note(conn, Activity(now, Deed.UNDO, read.by, f"second reading: {read.judgement}", read.candidate_id))
    return TakenBack((read.candidate_id,))


def _undone(
    database: Database,
    decisions: Iterable[Decision],
    who: tuple[str, datetime, str | None],
    scoring: ScoringRules | None,
) -> tuple[list[int], list[str]]:
    """The candidates whose decisions were taken back, and why others were not."""
    by, now, token = who
    wanted = sorted(decisions, key=lambda each: each.candidate_id)
    taken: list[int] = []
    left_out: list[str] = []
    for start in range(0, len(wanted), AT_ONCE):
        with database.write() as conn:
            for each in wanted[start : start + AT_ONCE]:
                verdict = Verdict(each.candidate_id, Judgement.UNDO, by, undoes=each.id, token=token)
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
