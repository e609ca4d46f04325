"""Where an accepted candidate goes: into a record, to the front of a record of its own, or behind another one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from offing.model.candidate import Candidate, CandidateState
from offing.model.decision import standing
from offing.model.pairing import Thing, ThingKind
from offing.model.project import ProjectRecord
from offing.promote.accepted import in_order
from offing.steps.records import accepted
from offing.store.candidate import candidates, get_candidate
from offing.store.decision import decisions_of
from offing.store.pairing import same_things
from offing.store.project import get_project, home_of, project_of, redirects, unpromoted


@dataclass(frozen=True, slots=True)
class Wait:
    """An accepted candidate that has no place yet, and why.

    `behind` is the accepted candidate whose record it comes into once that is made; None where that takes a person.
    `for_ever` marks those that lead to each other without any that could begin.
    """

    reason: str
    behind: int | None = None
    for_ever: bool = False


@dataclass(frozen=True, slots=True)
class Alone:
    """An accepted candidate that makes a record of its own; `known` is the project of another base that it is."""

    known: Thing | None = None


@dataclass(frozen=True, slots=True)
class _Beside:
    """The candidate that another one goes with, and why."""

    number: int | None
    how: str


Home = ProjectRecord | Wait | Alone
PROMOTABLE = frozenset({CandidateState.ACCEPTED, CandidateState.DUPLICATE})


def home_for(conn: sa.Connection, candidate: Candidate) -> Home:
    """Where an accepted candidate or a duplicate goes: to the end of what it doubles or is an update of.

    Those that lead to each other in a circle are one project: the first of them in the order of their news makes the
    record, the others come into it.
    """
    passed, end = {candidate.id: candidate}, _own(conn, candidate)
    while isinstance(end, _Beside):
        if end.number in passed:
            return _in_circle(conn, candidate, list(passed.values()), end.number)
        found = _found(conn, end)
        if not isinstance(found, Candidate):
            return found
        passed[found.id] = found
        onward = end.how if found.state not in PROMOTABLE else None
        end = _Beside(found.merged_into, onward) if onward else _own(conn, found)
    last = next(reversed(passed))
    return _behind(last) if isinstance(end, Alone) and last != candidate.id else end


def waiting_for_each_other(conn: sa.Connection) -> Iterator[str]:
    """A sentence for each accepted candidate or duplicate that no promotion will ever give a place."""
    for each in candidates(conn, unpromoted(conn)):
        home = home_for(conn, each)
        if isinstance(home, Wait) and home.for_ever:
            yield f"candidate {each.id} waits for ever: {home.reason}"


def _own(conn: sa.Connection, candidate: Candidate) -> Home | _Beside:
    """Where an accepted candidate or a duplicate goes by what was decided of it."""
    if candidate.state is CandidateState.DUPLICATE:
        return _Beside(candidate.duplicate_of, "it doubles")
    made = standing(decisions_of(conn, (candidate.id,)).get(candidate.id, ()))
    into = next((each.into for each in reversed(made) if each.into), None)
    if into is None:
        return Alone()
    if into.kind is ThingKind.CANDIDATE:
        return _Beside(int(into.key), "it is an update of")
    if into.kind is ThingKind.KNOWN:
        return _of_known(conn, into)
    record = get_project(conn, home_of(into.key, redirects(conn)))
    if record is None or record.withdrawn is not None:
        return Wait(f"it was accepted into project {into.key}, which is gone")
    return record


def _found(conn: sa.Connection, beside: _Beside) -> ProjectRecord | Candidate | Wait:
    """The record that a candidate is part of, or the candidate itself where it leads on."""
    named = f"candidate {beside.number}, which {beside.how},"
    if beside.number and (part_of := project_of(conn, beside.number)):
        record = get_project(conn, part_of)
        return record if record and record.withdrawn is None else Wait(f"{named} is in no record")
    found = get_candidate(conn, beside.number) if beside.number else None
    if found is None or not (found.state in PROMOTABLE or found.merged_into):
        return Wait(f"{named} is {found.state if found else 'gone'} and in no record")
    return found


def _in_circle(conn: sa.Connection, candidate: Candidate, passed: list[Candidate], start: int | None) -> Home:
    circle = passed[[each.id for each in passed].index(start or 0) :]
    eligible = [each.id for each in circle if each.state is CandidateState.ACCEPTED]
    if not eligible:
        named = ", ".join(str(each) for each in sorted(each.id for each in circle))
        return Wait(f"candidates {named} lead to each other, and none of them is accepted", for_ever=True)
    first = in_order(accepted(conn, eligible))[0].candidate.id
    return Alone() if first == candidate.id else _behind(first)


def _behind(leader: int) -> Wait:
    return Wait(f"candidate {leader}, whose project it tells of, is to be promoted first", behind=leader)


def _of_known(conn: sa.Connection, known: Thing) -> ProjectRecord | Alone:
    """The record that people said to be a project of another base, or a new one that will be."""
    for thing in sorted(same_things(conn, known)):
        part_of = thing.key if thing.kind is ThingKind.PROJECT else None
        if thing.kind is ThingKind.CANDIDATE:
            part_of = project_of(conn, int(thing.key))
        record = get_project(conn, home_of(part_of, redirects(conn))) if part_of else None
        if record and record.withdrawn is None:
            return record
    return Alone(known)
