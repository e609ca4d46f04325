"""Records from the store: read after all merges, and made anew from their candidates."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from offing.errors import UnknownItem, UsageError
from offing.model.decision import edited_fields, effective_facts
from offing.model.project import LifeEvent, ProjectRecord
from offing.promote import Accepted, Composed, compose
from offing.propose.headline import headline, is_headline
from offing.steps.worth import dollars
from offing.store.candidate import candidates
from offing.store.decision import decisions_of
from offing.store.event import brought_by
from offing.store.project import get_project, home_of, redirects, save_project

EMPTY = "its last candidate was taken back"


def live(conn: sa.Connection, wanted: str) -> ProjectRecord:
    """The record that an id leads to, after all merges.

    Raises:
        UnknownItem: there is none.
        UsageError: it was withdrawn.
    """
    record = get_project(conn, home_of(wanted, redirects(conn)))
    if record is None:
        raise UnknownItem(f"there is no project {wanted}: `offing projects list` shows which there are")
    if record.withdrawn is not None:
        raise UsageError(f"project {record.id} was withdrawn: {record.withdrawn}")
    return record


def accepted(conn: sa.Connection, candidate_ids: Iterable[int]) -> tuple[Accepted, ...]:
    """Candidates with people's corrections; one whose story became another's is told by that one where it is there."""
    found = candidates(conn, candidate_ids)
    here = {each.id for each in found}
    made = decisions_of(conn, here)
    own = ((each, made.get(each.id, ())) for each in found if each.merged_into not in here)
    return tuple(Accepted(each, effective_facts(each.facts, d), frozenset(edited_fields(d))) for each, d in own)


def composed(conn: sa.Connection, candidate_ids: Collection[int], line: Iterable[LifeEvent] = ()) -> Composed:
    """What some candidates come to as one record.

    Args:
        conn: an open transaction.
        candidate_ids: of the candidates.
        line: events with what people chose of them; without any, those that are stored.
    """
    return titled(compose(accepted(conn, candidate_ids), line or brought_by(conn, candidate_ids), dollars))


def titled(made: Composed) -> Composed:
    """What was composed, with a title that tells how the project stands by now, unless somebody gave it one."""
    if not is_headline(made.facts.title):
        return made
    return replace(made, facts=replace(made.facts, title=headline(made.facts)))


def made_anew(conn: sa.Connection, read: ProjectRecord, candidate_ids: Collection[int], now: datetime) -> ProjectRecord:
    """Let a record be made of these candidates, and write it.

    Raises:
        Conflict: the record has changed since it was read.
    """
    made = composed(conn, candidate_ids)
    new = replace(
        read,
        facts=made.facts,
        life_line=made.life_line,
        candidate_ids=tuple(sorted(candidate_ids)),
        changed_at=now,
        version=read.version + 1,
    )
    save_project(conn, read, new)
    return new


def emptied(conn: sa.Connection, read: ProjectRecord, now: datetime) -> None:
    """Withdraw a record that is left with no candidate; it stays, so that its id is never given twice.

    Raises:
        Conflict: the record has changed since it was read.
    """
    save_project(conn, read, replace(read, life_line=(), candidate_ids=(), withdrawn=EMPTY, changed_at=now))
