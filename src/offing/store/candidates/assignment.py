"""Reads and writes assignments and their rules; one assignment of a candidate stands, those before it are history."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.model.review.assignment import Assignment, AssignmentRule, by_narrowness
from offing.model.review.candidate import CandidateState
from offing.model.review.queue import QueueFilter
from offing.store.candidates.facet import stored_facets
from offing.store.database.batch import parts
from offing.store.tables import assignment, assignment_rule, candidate

_STANDS = assignment.c.ended_at.is_(None)
_BY_HAND = assignment.c.rule_id.is_(None)
_WAITS = candidate.c.state.in_((CandidateState.OPEN, CandidateState.DEFERRED)) & candidate.c.merged_into.is_(None)


def assign(conn: sa.Connection, new: Iterable[Assignment]) -> int:
    """Assign waiting candidates, each ending the assignment it had; return how many changed.

    What stands so already, by hand or by the same rule, stays. Candidates that do not wait are left out.
    """
    wanted = {each.candidate_id: each for each in new}
    waiting, had = waiting_among(conn, wanted), standing_on(conn, wanted)
    changed = [each for number, each in sorted(wanted.items()) if number in waiting and _differs(each, had.get(number))]
    _end(conn, {each.candidate_id: each.at for each in changed if each.candidate_id in had})
    _insert(conn, changed)
    return len(changed)


def standing_on(conn: sa.Connection, candidate_ids: Iterable[int]) -> dict[int, Assignment]:
    """The standing assignments of some candidates, by candidate."""
    rows = (
        row
        for some in parts(candidate_ids)
        for row in conn.execute(sa.select(assignment).where(assignment.c.candidate_id.in_(some), _STANDS))
    )
    return {row.candidate_id: _assignment(row) for row in rows}


def assignments_of(conn: sa.Connection, candidate_id: int) -> tuple[Assignment, ...]:
    """All assignments that a candidate ever had, newest first."""
    chosen = sa.select(assignment).where(assignment.c.candidate_id == candidate_id)
    return tuple(map(_assignment, conn.execute(chosen.order_by(assignment.c.id.desc()))))


def latest(conn: sa.Connection, most: int) -> tuple[Assignment, ...]:
    """The newest assignments of all candidates, at most so many."""
    return tuple(map(_assignment, conn.execute(sa.select(assignment).order_by(assignment.c.id.desc()).limit(most))))


def waiting_by_person(conn: sa.Connection) -> dict[str, int]:
    """How many waiting candidates are assigned to each person."""
    counted = sa.select(assignment.c.person, sa.func.count())
    joined = counted.join(candidate, candidate.c.id == assignment.c.candidate_id)
    rows = conn.execute(joined.where(_STANDS, _WAITS, assignment.c.person != "").group_by(assignment.c.person))
    return {row[0]: row[1] for row in rows}


def assigned_to(person: str) -> sa.Select[tuple[int]]:
    """The candidates that are assigned to a person; none to an unknown one."""
    named = assignment.c.person == person if person else sa.false()
    return sa.select(assignment.c.candidate_id).where(_STANDS, named)


def assigned() -> sa.Select[tuple[int]]:
    """The candidates that are assigned to anybody at all."""
    return sa.select(assignment.c.candidate_id).where(_STANDS, assignment.c.person != "")


def add_rule(conn: sa.Connection, rule: AssignmentRule) -> int:
    """Store a rule, ignoring its `id`; return its id."""
    row = {"query": rule.filter.to_query(), "person": rule.person, "by": rule.by, "at": rule.at}
    return int(conn.execute(sa.insert(assignment_rule).values(row).returning(assignment_rule.c.id)).scalar_one())


def end_rule(conn: sa.Connection, rule_id: int, by: str, now: datetime) -> bool:
    """Take a rule back; False if none of this id stands."""
    this = (assignment_rule.c.id == rule_id) & assignment_rule.c.ended_at.is_(None)
    return conn.execute(assignment_rule.update().where(this).values(ended_at=now, ended_by=by)).rowcount == 1


def release(conn: sa.Connection, candidate_ids: Iterable[int], by: str, now: datetime) -> int:
    """End the assignments of some candidates that were made by hand; return how many there were.

    What the rules say of them then: `apply_rules`.
    """
    values, ended = {"ended_at": now, "ended_by": by}, 0
    for some in parts(candidate_ids):
        this = assignment.c.candidate_id.in_(some) & _STANDS & _BY_HAND
        ended += conn.execute(assignment.update().where(this).values(values)).rowcount
    return ended


def follow_merges(conn: sa.Connection, candidate_ids: Collection[int], now: datetime) -> None:
    """Let assignments by hand follow candidates that were merged into others.

    The one that stands for them takes over the newest such assignment, unless it has one of its own, or was given back
    to the rules since. The merged ones keep theirs, which count again when the merge is undone.
    """
    for target, moved in _of_merged(conn, candidate_ids).items():
        own = assignments_of(conn, target)
        had = next((each for each in own if each.ended_at is None), None)
        since = max((each.ended_at or each.at for each in own if not each.rule_id), default=None)
        if (had and had.by_hand) or (since and moved.at <= since) or not waiting_among(conn, [target]):
            continue
        _end(conn, {target: now} if had else {})
        _insert(conn, [replace(moved, candidate_id=target)])


def _of_merged(conn: sa.Connection, candidate_ids: Collection[int]) -> dict[int, Assignment]:
    """The newest assignment by hand among candidates that lead to others, by what they lead to."""
    found: dict[int, Assignment] = {}
    joined = sa.select(assignment, candidate.c.merged_into).join(candidate, candidate.c.id == assignment.c.candidate_id)
    led = joined.where(_STANDS, _BY_HAND, candidate.c.merged_into.is_not(None)).order_by(assignment.c.at)
    for some in parts(candidate_ids):
        for row in conn.execute(led.where(candidate.c.id.in_(some))):
            moved = _assignment(row)
            if row.merged_into not in found or found[row.merged_into].at < moved.at:
                found[row.merged_into] = moved
    return found


def rules(conn: sa.Connection) -> tuple[AssignmentRule, ...]:
    """The standing rules, in the order in which they are asked."""
    rows = conn.execute(sa.select(assignment_rule).where(assignment_rule.c.ended_at.is_(None)))
    return by_narrowness(
        tuple(AssignmentRule(row.id, QueueFilter.parse(row.query), row.person, row.by, row.at) for row in rows)
    )


def apply_rules(conn: sa.Connection, now: datetime, ids: Collection[int] | None = None) -> int:
    """Assign by the rules what nobody assigned by hand; return how many assignments changed.

    Args:
        conn: the transaction that changed rules, or the facets of candidates.
        now: aware UTC.
        ids: the candidates that changed; all that wait, where it is None.
    """
    standing = rules(conn)
    changed = 0
    for some in parts(waiting_among(conn, ids)):
        had = standing_on(conn, some)
        if standing or any(each.rule_id for each in had.values()):
            changed += _apply(conn, standing, {number: had.get(number) for number in some}, now)
    return changed


def _apply(
    conn: sa.Connection, standing: Sequence[AssignmentRule], had: Mapping[int, Assignment | None], now: datetime
) -> int:
    free = {number: each for number, each in had.items() if each is None or each.rule_id}
    values = stored_facets(conn, free)
    wanted = {number: next((rule for rule in standing if rule.fits(values[number])), None) for number in free}
    new = [Assignment(number, rule.person, "", now, rule.id) for number, rule in wanted.items() if rule]
    gone = [number for number, rule in wanted.items() if rule is None and free[number]]
    _end(conn, dict.fromkeys(gone, now))
    return len(gone) + assign(conn, new)


def waiting_among(conn: sa.Connection, ids: Collection[int] | None) -> list[int]:
    """Those of some candidates that wait for a decision; all that do, where none are named."""
    chosen = sa.select(candidate.c.id).where(_WAITS)
    if ids is None:
        return list(conn.execute(chosen.order_by(candidate.c.id)).scalars())
    some = (conn.execute(chosen.where(candidate.c.id.in_(part))).scalars() for part in parts(sorted(ids)))
    return [number for part in some for number in part]


def _differs(new: Assignment, had: Assignment | None) -> bool:
    return had is None or (new.person, new.rule_id) != (had.person, had.rule_id)


def _end(conn: sa.Connection, when: Mapping[int, datetime]) -> None:
    for some in parts(when):
        this = assignment.c.candidate_id.in_(some) & _STANDS
        conn.execute(assignment.update().where(this).values(ended_at=when[some[0]]))


def _insert(conn: sa.Connection, new: Sequence[Assignment]) -> None:
    names = ("candidate_id", "person", "by", "at", "rule_id")
    rows = [{name: getattr(each, name) for name in names} for each in new]
    if rows:
        conn.execute(sa.insert(assignment), rows)


def _assignment(row: Any) -> Assignment:
    return Assignment(**{name: getattr(row, name) for name in Assignment.__slots__})
