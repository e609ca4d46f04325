"""Second readings: another person reads some decided candidates again, blind, and how far the two agree.

Nobody is appointed: whoever did not decide a drawn candidate may read it within 14 days. Until then its
decision is hidden from them; what they say is stored beside it and changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from offing.errors import Conflict, UnknownItem, UsageError
from offing.model.activity import Activity, Deed
from offing.model.candidate import Candidate, CandidateState
from offing.model.codec import from_plain, to_plain
from offing.model.decision import Decision, Verdict, effective_facts, standing
from offing.model.numbers import HIGHEST_ID
from offing.model.project import ProjectFacts, ProjectRecord
from offing.model.reading import Agreement, Reading, ReadTwice, Said
from offing.review import History, Refusal, agreement, is_drawn, judge
from offing.steps.review import QueueItem
from offing.store import reading as store
from offing.store.activity import note
from offing.store.candidate import candidates, get_candidate
from offing.store.decision import decisions_of
from offing.store.engine import Database

WITHIN = timedelta(days=14)


def to_read(database: Database, by: str, now: datetime, share: float) -> tuple[int, ...]:
    """What a person may read a second time, and whose decisions they must not see yet.

    Args:
        database: where decisions stand.
        by: the person; ask for those only who may decide.
        now: aware UTC.
        share: which part of decided candidates is drawn, 0–1.

    Returns:
        Ids of candidates, the one decided longest ago first.
    """
    with database.read() as conn:
        return tuple(_due(conn, by, now, share))


def is_to_read(database: Database, candidate_id: int, by: str, now: datetime, share: float) -> bool:
    """Whether a person may read a candidate a second time."""
    if candidate_id > HIGHEST_ID or not is_drawn(candidate_id, share):  # nineteen of twenty: nothing is asked
        return False
    with database.read() as conn:
        return _is_due(conn, candidate_id, by, now, share)


def blinded(item: QueueItem) -> QueueItem:
    """A candidate as its first reader found it: open, with the machine's facts, and nothing of what was decided."""
    candidate = replace(item.candidate, state=CandidateState.OPEN, defer_until=None, duplicate_of=None)
    return QueueItem(candidate, candidate.facts, revisions=item.revisions)


def without(record: ProjectRecord, blind: Collection[int]) -> ProjectRecord | None:
    """A record for a person who is to read some candidates a second time: without what these brought.

    Returns:
        The record; None where it would not be there without them.
    """
    left = tuple(each for each in record.candidate_ids if each not in blind)
    if len(left) == len(record.candidate_ids):
        return record
    line = tuple(each for each in record.life_line if each.candidate_id not in blind)
    return replace(record, candidate_ids=left, life_line=line) if left else None


def has_read(database: Database, candidate_id: int, by: str) -> bool:
    """Whether a person has read a candidate a second time, and that stands."""
    with database.read() as conn:
        last = store.last_of(conn, candidate_id, by)
    return last is not None and last[1]


def read_again(database: Database, verdict: Verdict, now: datetime, share: float) -> Reading:
    """Store what a second reader says; the candidate and its decision stay as they are. Said once more, it is one.

    Raises:
        UnknownItem: this person has no such candidate to read.
        UsageError: the verdict cannot stand; the message says why.
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
            note(conn, Activity(now, Deed.SECOND_READING, made.by, made.judgement, made.candidate_id))
            return made
    except sa.exc.IntegrityError:
        with database.read() as conn:  # it may be the same form, sent twice at once
            found = get_candidate(conn, verdict.candidate_id)
            if found and (again := _read_already(conn, found, verdict)):
                return again
        raise Conflict(f"candidate {verdict.candidate_id} was read a second time by somebody else meanwhile") from None


def agreement_of(database: Database, since: datetime | None = None) -> Agreement:
    """How far second readers agreed with the decision that stands today, since a time or ever."""
    with database.read() as conn:
        return agreement(tuple(_read_twice(conn, store.list_readings(conn, since))))


def _due(conn: sa.Connection, by: str, now: datetime, share: float) -> Iterable[int]:
    if share <= 0:
        return ()
    return (each for each in store.read_once(conn, by, now - WITHIN) if is_drawn(each, share))


def _is_due(conn: sa.Connection, candidate_id: int, by: str, now: datetime, share: float) -> bool:
    return is_drawn(candidate_id, share) and bool(store.read_once(conn, by, now - WITHIN, candidate_id))


def _read_already(conn: sa.Connection, found: Candidate, verdict: Verdict) -> Reading | None:
    """What the same person read of it before, where that stands and says the same.

    Raises:
        UnknownItem: it says something else, so that there is nothing to read any more.
    """
    last = store.last_of(conn, found.id, verdict.by)
    if last is None or not last[1]:
        return None
    if _judged(conn, found, verdict, last[0].at) == last[0]:
        return last[0]
    raise UnknownItem(f"you read candidate {found.id} a second time already ({last[0].judgement}): undo that first")


def _judged(conn: sa.Connection, found: Candidate, verdict: Verdict, now: datetime) -> Reading:
    """The verdict, checked as if nobody had decided."""
    other = candidates(conn, () if verdict.duplicate_of is None else (verdict.duplicate_of,))
    draft = judge(replace(found, state=CandidateState.OPEN), verdict, now, History(other=other[0] if other else None))
    if isinstance(draft, Refusal):
        raise UsageError(draft.reason)
    made = draft.decision
    return Reading(found.id, made.judgement, made.by, now, made.reason, made.after, made.duplicate_of)


def _read_twice(conn: sa.Connection, readings: tuple[Reading, ...]) -> Iterable[ReadTwice]:
    ids = [each.candidate_id for each in readings]
    made = decisions_of(conn, ids)
    found = {each.id: each for each in candidates(conn, ids)}
    for each in readings:
        decisions = tuple(one for one in made.get(each.candidate_id, ()) if one.by != each.by)
        first = _first(decisions)
        if first and each.candidate_id in found:
            facts = found[each.candidate_id].facts
            corrected = from_plain({**to_plain(facts), **each.after}, ProjectFacts)
            said = Said(first.by, first.judgement, effective_facts(facts, decisions))
            yield ReadTwice(each.candidate_id, said, Said(each.by, each.judgement, corrected))


def _first(decisions: tuple[Decision, ...]) -> Decision | None:
    stands = [each for each in standing(decisions) if each.judgement in store.FINAL]
    return stands[-1] if stands else None
