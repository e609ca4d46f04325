"""Decides where an accepted candidate goes: into a record, into a record of its own, or behind another candidate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from offing.model.pairs.pairing import Bond, Ref, RefKind
from offing.model.projects.record_change import RecordAction, in_force
from offing.model.review.candidate import Candidate, CandidateState
from offing.model.review.decision import decisions_in_force
from offing.promote.accepted_candidates import in_order
from offing.services.records.compose import accepted, withdrawal_of
from offing.store.candidates.candidate import candidates, get_candidate
from offing.store.candidates.decision import decisions_of
from offing.store.pairs.pairing import decisions_on, same_items
from offing.store.records.membership import came_to, home_of, redirects, unpromoted
from offing.store.records.project import begun_by, get_project
from offing.store.records.record_change import changes_of


@dataclass(frozen=True, slots=True)
class Wait:
    """An accepted candidate that cannot be placed yet, and why.

    `behind` is the accepted candidate whose record it joins once that is made; None if a person has to act. `for_ever`
    marks candidates that lead to each other in a circle that none can begin.
    """

    reason: str
    behind: int | None = None
    for_ever: bool = False


@dataclass(frozen=True, slots=True)
class Into:
    """An accepted candidate that joins a record, named by the id that people gave: that record may lead to another.

    `again` marks a record that was begun for this candidate; `known` is the project of another base that both are.
    """

    project_id: str
    again: bool = False
    known: Ref | None = None


@dataclass(frozen=True, slots=True)
class Alone:
    """An accepted candidate that makes a record of its own; `known` is the project of another base that it is."""

    known: Ref | None = None


@dataclass(frozen=True, slots=True)
class _Beside:
    """The candidate that another one goes with, and why."""

    number: int | None
    how: str


Home = Into | Wait | Alone
PROMOTABLE = frozenset({CandidateState.ACCEPTED, CandidateState.DUPLICATE})


def home_for(conn: sa.Connection, candidate: Candidate) -> Home:
    """Return where an accepted candidate or a duplicate goes: to the end of the chain of duplicates and updates.

    Candidates that lead to each other in a circle are one project: the first of them in the order of their news makes
    the record, the others join it.
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
    """Yield a sentence for each accepted candidate or duplicate that no promotion can ever place."""
    for each in candidates(conn, unpromoted(conn)):
        home = home_for(conn, each)
        if isinstance(home, Wait) and home.for_ever:
            yield f"candidate {each.id} waits for ever: {home.reason}"


def _own(conn: sa.Connection, candidate: Candidate) -> Home | _Beside:
    """Return where an accepted candidate or a duplicate goes by its own decision."""
    if candidate.state is CandidateState.DUPLICATE:
        return _Beside(candidate.duplicate_of, "it doubles")
    made = decisions_in_force(decisions_of(conn, (candidate.id,)).get(candidate.id, ()))
    into = next((each.into for each in reversed(made) if each.into), None)
    if into is None:
        return _alone(conn, candidate.id)
    if into.kind is RefKind.CANDIDATE:
        return _Beside(int(into.key), "it is an update of")
    if into.kind is RefKind.KNOWN:
        return _of_known(conn, into) or _alone(conn, candidate.id, into)
    if not _is_live(conn, into.key):
        return Wait(f"it was accepted into project {into.key}, which is gone")
    return Into(into.key)


def _is_live(conn: sa.Connection, project_id: str) -> bool:
    """Return whether an id leads to a record that no person withdrew; one that was emptied stands again with this."""
    home = home_of(project_id, redirects(conn))
    return get_project(conn, home) is not None and withdrawal_of(conn, home) is None


def _stands_for(conn: sa.Connection, project_id: str) -> bool:
    """Return whether an id begun for a candidate is still for it: the split that made it was not taken back."""
    changes = changes_of(conn, (project_id,))
    made = [each for each in changes if each.action is RecordAction.SPLIT and each.other == project_id]
    return _is_live(conn, project_id) and (not made or any(each in made for each in in_force(changes)))


def _found(conn: sa.Connection, beside: _Beside) -> Into | Candidate | Wait:
    """Return the record that a candidate joined, or the candidate itself if it leads on."""
    named = f"candidate {beside.number}, which {beside.how},"
    if beside.number and (own := came_to(conn, (beside.number,)).get(beside.number)):
        return Into(own) if _is_live(conn, own) else Wait(f"{named} is in no record")
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
    return _alone(conn, first) if first == candidate.id else _behind(first)


def _behind(leader: int) -> Wait:
    return Wait(f"candidate {leader}, whose project it tells of, is to be promoted first", behind=leader)


def _alone(conn: sa.Connection, candidate_id: int, known: Ref | None = None) -> Into | Alone:
    """Return a record of its own: the one begun for it before its decision was taken back, also if that is empty now.

    So no id is lost to a correction. Not if people have decided since that it is another project.
    """
    mine = Ref.candidate(candidate_id)
    decisions = (each for each in decisions_on(conn, (mine,)) if each.bond is Bond.DIFFERENT)
    others = {side for each in decisions for side in (each.one, each.other)}
    for begun in begun_by(conn, candidate_id):
        if _stands_for(conn, begun) and Ref.project(begun) not in others:
            return Into(begun, again=True, known=known)
    return Alone(known)


def _of_known(conn: sa.Connection, known: Ref) -> Into | None:
    """Return the record that people declared to be the same as a project of another base, if there is one."""
    same = {side for each in decisions_on(conn, (known,)) if each.bond is Bond.SAME for side in (each.one, each.other)}
    for ref in (*sorted(same), *sorted(same_items(conn, known) - same)):
        own = ref.key if ref.kind is RefKind.PROJECT else None
        if ref.kind is RefKind.CANDIDATE:
            own = came_to(conn, (int(ref.key),)).get(int(ref.key))
        if own and _is_live(conn, own):
            return Into(own)
    return None
