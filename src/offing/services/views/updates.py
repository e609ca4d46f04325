"""An update beside what it updates, shown to a person for confirmation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from offing.errors import OffingError, UnknownItem
from offing.model.pairs.pairing import Ref, RefKind
from offing.model.projects.known import KnownProject
from offing.model.projects.project import LifeEvent
from offing.model.projects.update import Update
from offing.model.review.candidate import CandidateState
from offing.model.values.vocabulary import EventKind
from offing.promote import Accepted, Measure, Target, compose, sizes_of, sums_of, update_of
from offing.services.matching.conversions import dollars
from offing.services.records.adopted import inherited
from offing.services.records.compose import accepted, corrections, events_of_candidates, live, titled
from offing.store.candidates.candidate import get_candidate
from offing.store.database.engine import Database
from offing.store.records.known_project import get_known
from offing.store.records.membership import project_of

DECIDED = frozenset({CandidateState.ACCEPTED, CandidateState.DUPLICATE})


def proposed_update(database: Database, candidate_id: int, into: Ref | None = None) -> Update | None:
    """Return what a candidate would change in the item that it is an update of.

    Args:
        database: where they are stored.
        candidate_id: of the candidate.
        into: another item that it may be an update of.

    Returns:
        The update; None if it is no update, is part of its record already, or its target is gone.

    Raises:
        UnknownItem: there is no such candidate, or no `into`.
        UsageError: `into` was withdrawn.
    """
    with database.read() as conn:
        return update_within(conn, candidate_id, into)


def update_within(conn: sa.Connection, candidate_id: int, into: Ref | None = None) -> Update | None:
    """`proposed_update` in an open transaction."""
    candidate = get_candidate(conn, candidate_id)
    if candidate is None:
        raise UnknownItem(f"there is no candidate {candidate_id}: `offing queue list` shows all")
    if into is None and candidate.update_of:
        try:
            return _beside(conn, candidate_id, Ref.parse(candidate.update_of))
        except OffingError:  # what matching found was withdrawn since, or dropped with its base
            return None
    return _beside(conn, candidate_id, into) if into else None


def known_project(database: Database, named: Ref) -> KnownProject:
    """Return a project of another base, as it was imported.

    Raises:
        UnknownItem: there is none.
    """
    with database.read() as conn:
        found = get_known(conn, named.key) if named.kind is RefKind.KNOWN else None
    if found is None:
        raise UnknownItem(f"there is no {named}: `offing projects known` gives those that were imported")
    return found


def _beside(conn: sa.Connection, candidate_id: int, named: Ref) -> Update | None:
    (joining,) = accepted(conn, (candidate_id,))
    target = _promoted(conn, named)
    if target.kind is RefKind.KNOWN:
        return _of_known(conn, target, joining)
    if target.kind is RefKind.PROJECT:
        record = live(conn, target.key)
        home = Ref.project(record.id)
        return None if candidate_id in record.candidate_ids else _of_parts(conn, home, record.candidate_ids, joining)
    return _of_candidate(conn, target, joining)


def _promoted(conn: sa.Connection, named: Ref) -> Ref:
    """Return the record that a candidate is part of; any other item unchanged."""
    part_of = project_of(conn, int(named.key)) if named.kind is RefKind.CANDIDATE and named.key.isdecimal() else None
    return Ref.project(part_of) if part_of else named


def _of_parts(conn: sa.Connection, target: Ref, members: tuple[int, ...], joining: Accepted) -> Update:
    parts, line = accepted(conn, members), events_of_candidates(conn, members)
    changes = corrections(conn, target.key) if target.kind is RefKind.PROJECT else ()
    adopted = inherited(conn, target.key) if target.kind is RefKind.PROJECT else ()
    before = titled(compose(parts, line, dollars, changes, adopted))
    after = compose((*parts, joining), line, dollars, changes, adopted)
    sums = tuple(each for part in parts for each in sums_of(part))
    sizes = tuple(each for part in parts for each in sizes_of(part))
    known = Target(target, before.facts, before.life_line, sums, sizes, before.contradictions)
    return update_of(known, joining, after, dollars)


def _of_candidate(conn: sa.Connection, target: Ref, joining: Accepted) -> Update:
    """Return the update of an earlier candidate, which may not be decided yet."""
    other = get_candidate(conn, int(target.key)) if target.key.isdecimal() else None
    if other is None:
        raise UnknownItem(f"there is no {target}, of which candidate {joining.candidate.id} could be an update")
    update = _of_parts(conn, target, (other.id,), joining)
    if other.state in DECIDED:
        return update
    waits = f"candidate {other.id} is {other.state}: this becomes part of its record once that is accepted"
    return replace(update, warnings=(*update.warnings, waits))


def _of_known(conn: sa.Connection, target: Ref, joining: Accepted) -> Update:
    found = get_known(conn, target.key)
    if found is None:
        raise UnknownItem(f"there is no {target}, of which candidate {joining.candidate.id} could be an update")
    day = date(found.year, 7, 1) if found.year else None
    sums = tuple(Measure(each, day) for each in found.facts.amounts)
    sizes = tuple(Measure(each, day) for each in found.facts.quantities)
    known = Target(target, found.facts, _line_of(found), sums, sizes)
    return update_of(known, joining, compose((joining,), (), dollars), dollars)


def _line_of(found: KnownProject) -> tuple[LifeEvent, ...]:
    """Return another base's status of a project as an event in the year of its commitment."""
    if found.year is None or found.facts.status is None:
        return ()
    day, url = date(found.year, 1, 1), f"{found.source}:{found.key}"
    return (LifeEvent(EventKind.STATUS, found.facts.status, day, 0, url, event_date=str(found.year)),)
