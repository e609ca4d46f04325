"""Undoes a person's last action, and on repetition earlier ones: a decision, a whole batch or a second reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from offing.errors import Conflict, NotTakenBack, UsageError
from offing.model.operation.activity import Activity, ActivityKind
from offing.model.reading.rules import ScoringRules
from offing.model.review.decision import Decision, Judgement, Verdict
from offing.model.review.second_reading import SecondReading
from offing.services.review.bulk import AT_ONCE, BATCH_MARK
from offing.services.review.decisions import decide_within
from offing.store.accounts.activity import note
from offing.store.candidates import second_reading as readings
from offing.store.candidates.decision import last_standing_by, standing_with, token_of, undone_with
from offing.store.database.engine import Database


@dataclass(frozen=True, slots=True)
class LastAction:
    """A person's last action that can be undone: `decisions` made together, newest first, or a second `reading`."""

    decisions: tuple[Decision, ...] = ()
    reading: SecondReading | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """Identifies the page that requests an undo, so that a request sent twice undoes one action.

    `token` is the token of its form; `reading` is the candidate of the second reading that the page shows as last
    action.
    """

    token: str | None = None
    reading: int | None = None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The candidates that are as before an action, and sentences on why others of a batch are not."""

    candidate_ids: tuple[int, ...]
    left_out: tuple[str, ...] = ()


def last_action(database: Database, by: str, before: int | None = None) -> LastAction | None:
    """Return a person's last standing action, or None.

    Args:
        database: where it is stored.
        by: the person.
        before: the id of a decision; it and the person's later ones are skipped.
    """
    with database.read() as conn:
        made, read = last_standing_by(conn, by, before), readings.last_standing_by(conn, by)
        if read and (made is None or read.at >= made.at):
            return LastAction(reading=read)
        if made is None:
            return None
        mark = token_of(conn, made.id)
        batch = standing_with(conn, mark) if mark.startswith(BATCH_MARK) else (made,)
        return LastAction(tuple(sorted(batch, key=lambda each: -each.id)))


def take_back(  # noqa: PLR0913 -- what a person asks for, and the rules beside it
    database: Database,
    by: str,
    now: datetime,
    scoring: ScoringRules | None = None,
    *,
    before: int | None = None,
    asked: Asking = Asking(),
) -> TakenBack:
    """Undo a person's last action.

    Args:
        database: where it is stored.
        by: the person.
        now: aware UTC.
        scoring: the rules for rescoring candidates, by default those that ship.
        before: the id of a decision that cannot be undone: it and the person's later ones are skipped.
        asked: the page that asks; a repeated request undoes nothing more, and gets the same answer.

    Raises:
        UsageError: there is nothing to undo.
        NotTakenBack: somebody decided on it since, or a published record rests on it; carries the id to continue
            before.
    """
    last = last_action(database, by, before)
    again = _taken_by(database, by, asked)  # read after `last`: of two simultaneous requests, one sees the other's
    if again:
        return TakenBack(again)
    if last is None:
        raise UsageError(f"{by} has no decision to undo" + (" before that one" if before else ""))
    if last.reading:
        return _unread(database, last.reading, now)
    taken, left_out = _undone(database, last.decisions, (by, now, asked.token), scoring)
    if not taken:
        raise NotTakenBack(left_out[0], min(each.id for each in last.decisions))
    return TakenBack(tuple(sorted(taken)), tuple(left_out))


def _taken_by(database: Database, by: str, asked: Asking) -> tuple[int, ...]:
    """Return the candidates that the same page has undone already."""
    with database.read() as conn:
        if asked.reading:
            read = readings.last_of(conn, asked.reading, by)
            if read and not read[1]:
                return (asked.reading,)
        return undone_with(conn, by, asked.token) if asked.token else ()


def _unread(database: Database, read: SecondReading, now: datetime) -> TakenBack:
    """Undo a second reading: the candidate waits for one again."""
    with database.write() as conn:
        if not readings.take_back(conn, read, now):
            raise UsageError("that has already been undone")
        note(conn, Activity(now, ActivityKind.UNDO, read.by, f"second reading: {read.judgement}", read.candidate_id))
    return TakenBack((read.candidate_id,))


def _undone(
    database: Database,
    decisions: Iterable[Decision],
    who: tuple[str, datetime, str | None],
    scoring: ScoringRules | None,
) -> tuple[list[int], list[str]]:
    """Return the candidates whose decisions were undone, and sentences on why others were not."""
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
    """Undo one decision; return "", or why it cannot be undone: then nothing of it was written."""
    try:
        decide_within(conn, verdict, now, None, scoring)
    except (Conflict, UsageError) as error:
        return str(error)
    return ""
