"""Many decisions at once: looked at first, made together, taken back together."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from offing.errors import Conflict, UsageError
from offing.model.candidate import Candidate
from offing.model.decision import Decision, Judgement, Verdict, effective_facts
from offing.model.project import ProjectFacts
from offing.review import History, Refusal, judge
from offing.steps.review import decide_within, undo
from offing.store.candidate import candidates
from offing.store.decision import decisions_of, last_standing_by, standing_with, token_of
from offing.store.engine import Database

BATCH_MARK = "batch-"  # how the token of a batch begins; all decisions of it carry the same one
LARGEST_BATCH = 500


@dataclass(frozen=True, slots=True)
class Planned:
    """One candidate of a batch before anything is done: what it is, and why it would be left out, if it would."""

    candidate_id: int
    version: int
    facts: ProjectFacts
    title: str
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What a batch did: the decisions, and in sentences why some candidates were left out."""

    token: str
    decisions: tuple[Decision, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LastDeed:
    """What a person did last and can take back: one decision, or a batch with how many of it still stand."""

    decision: Decision
    batch: str = ""
    count: int = 1


def new_batch() -> str:
    """A mark for a batch that nobody has used."""
    return BATCH_MARK + secrets.token_hex(8)


def plan(
    database: Database, ids: Iterable[int], verdict: Verdict, now: datetime, blind: Collection[int] = ()
) -> tuple[Planned, ...]:
    """What a verdict would do to some candidates; nothing is changed.

    Args:
        database: where they stand.
        ids: of the candidates, in the order in which they are shown.
        verdict: what is asked for all of them; its candidate does not matter.
        now: aware UTC.
        blind: candidates whose decision the person must not see, since they are to read them a second time.

    Raises:
        UsageError: more than `LARGEST_BATCH`.
    """
    wanted = list(dict.fromkeys(ids))
    if len(wanted) > LARGEST_BATCH:
        raise UsageError(f"{len(wanted)} candidates are too many at once: narrow the filter to {LARGEST_BATCH}")
    with database.read() as conn:
        found, made = candidates(conn, wanted), decisions_of(conn, wanted)
    planned = []
    for each in found:
        own = () if each.id in blind else made.get(each.id, ())
        title = each.facts.title or next((told.title for told in each.articles), "")
        obstacle = _second(each.id) if each.id in blind else _obstacle(each, own, verdict, now)
        planned.append(Planned(each.id, each.version, effective_facts(each.facts, own), title, obstacle))
    return tuple(planned)


def _obstacle(found: Candidate, own: tuple[Decision, ...], verdict: Verdict, now: datetime) -> str:
    draft = judge(found, replace(verdict, candidate_id=found.id), now, History(own))
    return draft.reason if isinstance(draft, Refusal) else ""


def _second(candidate_id: int) -> str:
    return f"candidate {candidate_id} waits for your second reading: read it by itself"


def decide_all(
    database: Database, seen: Iterable[tuple[int, int]], verdict: Verdict, now: datetime, blind: Collection[int] = ()
) -> Done:
    """Make a batch of decisions in one transaction; what changed since it was looked at is left out and said.

    Args:
        database: where they stand.
        seen: id and version of each candidate as it was shown.
        verdict: what is asked for all; its token is the batch's, and the same batch twice is one.
        now: aware UTC.
        blind: candidates that the person is to read a second time; they are left out.
    """
    made: list[Decision] = []
    asked = dict(seen)
    left_out = [_second(number) for number in sorted(asked.keys() & set(blind))]
    token = verdict.token or new_batch()
    with database.write() as conn:
        for number, version in sorted((number, version) for number, version in asked.items() if number not in blind):
            try:
                made.append(decide_within(conn, replace(verdict, candidate_id=number, token=token), now, version))
            except (Conflict, UsageError) as error:  # nothing of this one was written
                left_out.append(str(error))
    return Done(token, tuple(made), tuple(left_out))


def last_deed(database: Database, by: str) -> LastDeed | None:
    """The last thing that a person did and that still stands; None where there is none."""
    with database.read() as conn:
        last = last_standing_by(conn, by)
        mark = token_of(conn, last.id) if last else ""
        if last is None or not mark.startswith(BATCH_MARK):
            return LastDeed(last) if last else None
        return LastDeed(last, mark, len(standing_with(conn, mark)))


def take_back(database: Database, by: str, now: datetime) -> Done:
    """Take back the last thing that a person did: a decision, or a whole batch.

    Returns:
        The undoing decisions; what of a batch could not be taken back is said.

    Raises:
        UsageError: there is nothing to take back, or it cannot be.
    """
    last = last_deed(database, by)
    if last is None or not last.batch:
        return Done("", (undo(database, by, now),), ())
    with database.read() as conn:
        wanted = standing_with(conn, last.batch)
    undone: list[Decision] = []
    left_out: list[str] = []
    with database.write() as conn:
        for each in sorted(wanted, key=lambda each: each.candidate_id):
            try:
                verdict = Verdict(each.candidate_id, Judgement.UNDO, by, undoes=each.id)
                undone.append(decide_within(conn, verdict, now, None))
            except UsageError as error:
                left_out.append(str(error))
    if not undone:
        raise UsageError(left_out[0] if left_out else "that was taken back already")
    return Done(last.batch, tuple(undone), tuple(left_out))
