"""An update beside what it updates, as a person is asked to confirm it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from offing.errors import OffingError, UnknownItem
from offing.model.candidate import CandidateState
from offing.model.known import KnownProject
from offing.model.pairing import Thing, ThingKind
from offing.model.project import LifeEvent
from offing.model.update import Update
from offing.model.vocabulary import EventKind
from offing.promote import Accepted, Known, Measure, compose, sizes_of, sums_of, update_of
from offing.steps.records import accepted, live, titled, told_events
from offing.steps.worth import dollars
from offing.store.candidate import get_candidate
from offing.store.engine import Database
from offing.store.known import get_known
from offing.store.membership import project_of

DECIDED = frozenset({CandidateState.ACCEPTED, CandidateState.DUPLICATE})


def proposed_update(database: Database, candidate_id: int, into: Thing | None = None) -> Update | None:
    """What a candidate would change of what it is an update of.

    Args:
        database: where they stand.
        candidate_id: of the candidate.
        into: something else that it may be an update of.

    Returns:
        The update; None for what is no update, is part of its record already, or is an update of what is gone.

    Raises:
        UnknownItem: there is no such candidate, or `into` is not there.
        UsageError: `into` was withdrawn.
    """
    with database.read() as conn:
        return update_within(conn, candidate_id, into)


def update_within(conn: sa.Connection, candidate_id: int, into: Thing | None = None) -> Update | None:
    """`proposed_update` in a transaction that is open already."""
    candidate = get_candidate(conn, candidate_id)
    if candidate is None:
        raise UnknownItem(f"there is no candidate {candidate_id}: `offing queue list` shows which there are")
    if into is None and candidate.update_of:
        try:
            return _beside(conn, candidate_id, Thing.parse(candidate.update_of))
        except OffingError:  # what matching found was withdrawn since, or went with its base
            return None
    return _beside(conn, candidate_id, into) if into else None


def known_project(database: Database, named: Thing) -> KnownProject:
    """A project of another base, as it was imported.

    Raises:
        UnknownItem: it is not there.
    """
    with database.read() as conn:
        found = get_known(conn, named.key) if named.kind is ThingKind.KNOWN else None
    if found is None:
        raise UnknownItem(f"there is no {named}: `offing projects known` gives those that were imported")
    return found


def _beside(conn: sa.Connection, candidate_id: int, named: Thing) -> Update | None:
    (told,) = accepted(conn, (candidate_id,))
    target = _promoted(conn, named)
    if target.kind is ThingKind.KNOWN:
        return _of_known(conn, target, told)
    if target.kind is ThingKind.PROJECT:
        record = live(conn, target.key)
        home = Thing(ThingKind.PROJECT, record.id)
        return None if candidate_id in record.candidate_ids else _of_parts(conn, home, record.candidate_ids, told)
    return _of_candidate(conn, target, told)


def _promoted(conn: sa.Connection, named: Thing) -> Thing:
    """The record that a candidate is part of, for a candidate; else the thing itself."""
    part_of = project_of(conn, int(named.key)) if named.kind is ThingKind.CANDIDATE and named.key.isdecimal() else None
    return Thing(ThingKind.PROJECT, part_of) if part_of else named


def _of_parts(conn: sa.Connection, target: Thing, members: tuple[int, ...], told: Accepted) -> Update:
    parts, line = accepted(conn, members), told_events(conn, members)
    before, after = titled(compose(parts, line, dollars)), compose((*parts, told), line, dollars)
    sums = tuple(each for part in parts for each in sums_of(part))
    sizes = tuple(each for part in parts for each in sizes_of(part))
    known = Known(target, before.facts, before.life_line, sums, sizes, before.contradictions)
    return update_of(known, told, after, dollars)


def _of_candidate(conn: sa.Connection, target: Thing, told: Accepted) -> Update:
    """Held against an earlier candidate, which may not be decided yet."""
    other = get_candidate(conn, int(target.key)) if target.key.isdecimal() else None
    if other is None:
        raise UnknownItem(f"there is no {target}, of which candidate {told.candidate.id} could be an update")
    update = _of_parts(conn, target, (other.id,), told)
    if other.state in DECIDED:
        return update
    waits = f"candidate {other.id} is {other.state}: this becomes part of its record once that is accepted"
    return replace(update, warnings=(*update.warnings, waits))


def _of_known(conn: sa.Connection, target: Thing, told: Accepted) -> Update:
    found = get_known(conn, target.key)
    if found is None:
        raise UnknownItem(f"there is no {target}, of which candidate {told.candidate.id} could be an update")
    day = date(found.year, 7, 1) if found.year else None
    sums = tuple(Measure(each, day) for each in found.facts.amounts)
    sizes = tuple(Measure(each, day) for each in found.facts.quantities)
    known = Known(target, found.facts, _line_of(found), sums, sizes)
    return update_of(known, told, compose((told,), (), dollars), dollars)


def _line_of(found: KnownProject) -> tuple[LifeEvent, ...]:
    """What another base says of a project's state, in the year of its commitment."""
    if found.year is None or found.facts.status is None:
        return ()
    day, url = date(found.year, 1, 1), f"{found.source}:{found.key}"
    return (LifeEvent(EventKind.STATUS, found.facts.status, day, 0, url, told=str(found.year)),)
