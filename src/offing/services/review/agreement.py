"""Second readings: another person judges some decided candidates again, blind; the agreement is measured.

Nobody is appointed: anyone who did not decide a drawn candidate may judge it within 14 days. Until then its decision is
hidden from them; their judgement is stored beside it and changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from offing.errors import Conflict, UnknownItem, UsageError
from offing.model.operation.activity import Activity, ActivityKind
from offing.model.projects.project import ProjectRecord
from offing.model.review.candidate import Candidate, CandidateState
from offing.model.review.decision import Verdict
from offing.model.review.second_reading import Agreement, SecondReading
from offing.model.values.numbers import HIGHEST_ID
from offing.review import History, Refusal, agreement, is_sampled, judge
from offing.services.accounts.read_twice import agreement_since, read_twice
from offing.services.review.decisions import QueueItem
from offing.store.accounts.activity import note
from offing.store.candidates import second_reading as store
from offing.store.candidates.candidate import candidates, get_candidate
from offing.store.database.engine import Database

WITHIN = timedelta(days=14)


def to_read(database: Database, by: str, now: datetime, share: float) -> tuple[int, ...]:
    """Return the candidates that a person may judge a second time, and whose decisions they must not see yet.

    Args:
        database: where decisions are stored.
        by: the person; call this only for those who may decide.
        now: aware UTC.
        share: the share of decided candidates that is drawn, 0–1.

    Returns:
        Ids of candidates, the one decided longest ago first.
    """
    with database.read() as conn:
        return tuple(_due(conn, by, now, share))


def is_to_read(database: Database, candidate_id: int, by: str, now: datetime, share: float) -> bool:
    """Return whether a person may judge a candidate a second time."""
    if candidate_id > HIGHEST_ID or not is_sampled(candidate_id, share):  # nineteen of twenty end here, without a query
        return False
    with database.read() as conn:
        return _is_due(conn, candidate_id, by, now, share)


def blinded(item: QueueItem) -> QueueItem:
    """Return a candidate as its first reader found it: open, with the machine's facts and without decisions."""
    candidate = replace(item.candidate, state=CandidateState.OPEN, defer_until=None, duplicate_of=None)
    return QueueItem(candidate, candidate.facts, revisions=item.revisions)


def without(record: ProjectRecord, blind: Collection[int]) -> ProjectRecord | None:
    """Return a record without what came from some candidates, for a person who is to judge these a second time.

    Returns:
        The record; None if it would not exist without them.
    """
    left = tuple(each for each in record.candidate_ids if each not in blind)
    if len(left) == len(record.candidate_ids):
        return record
    line = tuple(each for each in record.life_line if each.candidate_id not in blind)
    return replace(record, candidate_ids=left, life_line=line, by_hand=()) if left else None


def has_read(database: Database, candidate_id: int, by: str) -> bool:
    """Return whether a person has a second reading of a candidate that was not taken back."""
    with database.read() as conn:
        last = store.last_of(conn, candidate_id, by)
    return last is not None and last[1]


def read_again(database: Database, verdict: Verdict, now: datetime, share: float) -> SecondReading:
    """Store a second reading; the candidate and its decision stay as they are. Idempotent for the same reading.

    Raises:
        UnknownItem: this person has no such candidate to read.
        UsageError: the verdict is not valid; the message says why.
        Conflict: somebody else read it meanwhile.
    """
    if verdict.judgement not in store.FINAL:
        raise UsageError(f"a second reading ends with {', '.join(store.FINAL)}, not with {verdict.judgement}")
    try:
        with database.write() as conn:
            found = get_candidate(conn, verdict.candidate_id)
            if found and (again := _read_already(conn, found, verdict)):
                return again
            if found is None or not _is_due(conn, found.id, verdict.by, now, share):
                raise UnknownItem(
                    f"there is no candidate {verdict.candidate_id} for {verdict.by} to read a second time"
                )
            made = _judged(conn, found, verdict, now)
            store.append(conn, made)
            note(conn, Activity(now, ActivityKind.SECOND_READING, made.by, made.judgement, made.candidate_id))
            return made
    except sa.exc.IntegrityError:
        with database.read() as conn:  # it may be the same form, sent twice at once
            found = get_candidate(conn, verdict.candidate_id)
            if found and (again := _read_already(conn, found, verdict)):
                return again
        raise Conflict(
            f"candidate {verdict.candidate_id} has meanwhile been read a second time by somebody else"
        ) from None


def agreement_of(database: Database, since: datetime | None = None) -> Agreement:
    """Return how far second readings, since a time or ever, agree with the decisions that stand today."""
    with database.read() as conn:
        return agreement_since(conn, since)


def agreement_with(database: Database, name: str) -> Agreement:
    """Return how far one person and others agree, where one of them read second what the other had decided."""
    with database.read() as conn:
        read = read_twice(conn, store.list_readings(conn))
        return agreement(tuple(each for each in read if name in (each.first.by, each.second.by)))


def _due(conn: sa.Connection, by: str, now: datetime, share: float) -> Iterable[int]:
    if share <= 0:
        return ()
    return (each for each in store.read_once(conn, by, now - WITHIN) if is_sampled(each, share))


def _is_due(conn: sa.Connection, candidate_id: int, by: str, now: datetime, share: float) -> bool:
    return is_sampled(candidate_id, share) and bool(store.read_once(conn, by, now - WITHIN, candidate_id))


def _read_already(conn: sa.Connection, found: Candidate, verdict: Verdict) -> SecondReading | None:
    """Return the same person's earlier reading, if it still stands and is the same.

    Raises:
        UnknownItem: it is a different one, so there is nothing to read any more.
    """
    last = store.last_of(conn, found.id, verdict.by)
    if last is None or not last[1]:
        return None
    if _judged(conn, found, verdict, last[0].at) == last[0]:
        return last[0]
    raise UnknownItem(f"you read candidate {found.id} a second time already ({last[0].judgement}): undo that first")


def _judged(conn: sa.Connection, found: Candidate, verdict: Verdict, now: datetime) -> SecondReading:
    """Return the verdict, checked as if nobody had decided."""
    other = candidates(conn, () if verdict.duplicate_of is None else (verdict.duplicate_of,))
    draft = judge(replace(found, state=CandidateState.OPEN), verdict, now, History(other=other[0] if other else None))
    if isinstance(draft, Refusal):
        raise UsageError(draft.reason)
    made = draft.decision
    return SecondReading(found.id, made.judgement, made.by, now, made.reason, made.after, made.duplicate_of)
