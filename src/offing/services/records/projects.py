"""Project records as people work on them: shown whole, contradictions resolved, merged and split again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from offing.errors import UnknownItem, UsageError
from offing.model.operation.user import Permission
from offing.model.pairs.pairing import Bond, PairDecision, Ref, RefKind
from offing.model.projects.adopted import Adopted
from offing.model.projects.project import EventKey, LifeEvent, ProjectRecord
from offing.model.projects.record_change import RecordAction, RecordChange, in_force
from offing.model.projects.update import Contradiction
from offing.promote import Composed, compose, rivals
from offing.services.accounts.authors import check_author
from offing.services.matching.conversions import dollars
from offing.services.records.adopted import inherited
from offing.services.records.amending import Statement, amending, check_texts
from offing.services.records.compose import accepted, composed, corrections, follow, live, recompose
from offing.services.records.derived_again import candidates_changed
from offing.store.candidates.candidate import get_candidate
from offing.store.database.engine import Database
from offing.store.pairs.pairing import append_pair_decision, decisions_on, same_items
from offing.store.records.event import set_aside, take_in
from offing.store.records.known_project import get_known
from offing.store.records.membership import path_of, redirects
from offing.store.records.project import get_project, lock_numbers, redirect
from offing.store.records.record_change import append_change, changes_of
from offing.store.records.release import is_published


@dataclass(frozen=True, slots=True)
class NamedItem:
    """An item and its title."""

    ref: Ref
    title: str


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record with all that is related to it.

    `known` are projects of other bases that people declared the same, `linked` those that they declared part of a
    greater whole with it; `merged` are ids that lead here.
    """

    record: ProjectRecord
    contradictions: tuple[Contradiction, ...] = ()
    known: tuple[NamedItem, ...] = ()
    linked: tuple[NamedItem, ...] = ()
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Joining:
    """Two records, and what they are, or were, together. `gone` leads to `kept` while they are merged.

    In a preview of a split, both are as they would be by themselves.
    """

    gone: ProjectRecord
    kept: ProjectRecord
    both: Composed


def look(database: Database, project_id: str) -> RecordView:
    """Return a record with its contradictions, and its equivalents in other bases.

    Raises:
        UnknownItem: there is no such record.
    """
    with database.read() as conn:
        record = get_project(conn, project_id)
        if record is None:
            raise UnknownItem(f"there is no project {project_id}: `offing projects list` shows all")
        leads = redirects(conn)
        merged = tuple(each for each in sorted(leads) if project_id in path_of(leads[each], leads))
        if record.redirects_to or record.withdrawn is not None:
            return RecordView(record, merged=merged)
        found = composed(
            conn, record.candidate_ids, corrections(conn, project_id), inherited(conn, project_id)
        ).contradictions
        mine = Ref.project(project_id)
        same = same_items(conn, mine) - {mine}
        known = _named(conn, (each for each in same if each.kind is RefKind.KNOWN))
        return RecordView(record, found, known, _linked(conn, record), merged)


def choose(
    database: Database, project_id: str, event_id: int, statement: Statement, *, again: bool = False
) -> tuple[LifeEvent, tuple[LifeEvent, ...]]:
    """Choose one of several contradicting accounts and set the others aside; or with `again`, bring all of them back.

    Args:
        database: where the record is stored.
        project_id: id of the record.
        event_id: the number of the event, as `projects show` gives it.
        statement: who chooses, when and why.
        again: whether to undo the choice, so that all are shown side by side again.

    Returns:
        The event, and those that it contradicts.

    Raises:
        UnknownItem: there is no such record, or no such event in it.
        UsageError: nothing contradicts the event, or the person may not change records.
    """
    check_texts(statement)
    with database.write() as conn:
        check_author(conn, statement.by, Permission.AMEND)
        lock_numbers(conn)
        record = live(conn, project_id)
        plain = tuple(replace(each, set_aside_by=None, set_aside_at=None) for each in record.life_line)
        event = next((each for each in plain if each.id == event_id), None)
        if event is None:
            raise UnknownItem(f"project {record.id} has no event {event_id}: offing projects show {record.id}")
        against = rivals(event, compose(accepted(conn, record.candidate_ids), plain, dollars).clashes, plain)
        if not against:
            raise UsageError(f"nothing contradicts event {event_id} of project {record.id}")
        keys = [each.key for each in against]
        take_in(conn, (event.key,))
        take_in(conn, keys, None if again else event.candidate_id)
        if not again:
            set_aside(conn, keys, event.candidate_id, statement.by, statement.at)
        _note_choice(conn, record.id, (event.key, *keys), statement, again=again)
        # Merged records hold these accounts, too, and must be right once they are split.
        follow(conn, {each.candidate_id for each in (event, *against)}, statement.at)
        return event, against


def _note_choice(
    conn: sa.Connection, project_id: str, keys: Sequence[EventKey], statement: Statement, *, again: bool
) -> None:
    """Append who chose the first of some accounts over the others, or took that back."""
    held, *rest = map(list, keys)
    ids = tuple(dict.fromkeys(number for number, _, _ in keys if number))
    made = RecordChange(
        0, project_id, RecordAction.CHOICE, statement.by, statement.at, statement.reason, statement.source
    )
    about = [held, *rest] if again else rest
    append_change(conn, replace(made, before=about, after=None if again else held, candidate_ids=ids))


def joining(database: Database, gone: str, kept: str) -> Joining:
    """Return what two records would be if merged; nothing is changed.

    Raises:
        UnknownItem: there is no such record.
        UsageError: they cannot be merged; the message says why.
    """
    with database.read() as conn:
        return _joining(conn, gone, kept)


def merge(database: Database, gone: str, kept: str, statement: Statement) -> Joining:
    """Merge a record into another: its id leads there, its candidates count there. `part` undoes it.

    A merged record may be named: then both lead to where that leads, for as long as it does.

    Raises:
        UnknownItem: there is no such record.
        UsageError: they cannot be merged, or the person may not change records; the message says why.
        Conflict: one was changed meanwhile.
    """
    check_texts(statement)
    with amending(database, statement, keep=True) as conn:
        return merge_within(conn, gone, kept, statement)[0]


def merge_within(conn: sa.Connection, gone: str, kept: str, statement: Statement) -> tuple[Joining, RecordChange]:
    """`merge` in an open transaction that holds the lock on numbers; return the change as stored, too."""
    asked = RecordChange(
        0, gone, RecordAction.MERGE, statement.by, statement.at, statement.reason, statement.source, other=kept
    )
    found = _joining(conn, gone, kept)
    redirect(conn, found.gone, kept, statement.at)
    made = append_change(conn, asked)
    recompose(conn, (gone,), statement.at)
    append_pair_decision(
        conn,
        PairDecision(0, Ref.project(gone), Ref.project(kept), Bond.SAME, statement.by, statement.at, statement.reason),
    )
    candidates_changed(conn, (*found.gone.candidate_ids, *found.kept.candidate_ids), statement.at)
    return found, made


def parting(database: Database, gone: str) -> Joining:
    """Return what a split would give, each record as it would be then; nothing is changed.

    Raises:
        UnknownItem: there is no such record.
        UsageError: it is merged into none, or a published one would be left with nothing.
    """
    with database.read() as conn:
        found = _parting(conn, gone)
        mine, both = (corrections(conn, each.id) for each in (found.gone, found.kept))
        first, last = _inherited_apart(conn, found)
        alone = alone_of(conn, found.gone, found.gone.candidate_ids, mine, first)
        rest = alone_of(conn, found.kept, _rest(found), (each for each in both if each not in mine), last)
        return replace(found, gone=alone, kept=rest)


def part(database: Database, gone: str, statement: Statement) -> Joining:
    """Undo a merge: each record is again composed of its own candidates and of what was merged into it.

    A record without candidates is withdrawn.

    Raises:
        UnknownItem: there is no such record.
        UsageError: it is merged into none, a published one would be left with nothing, or the person may not change
            records.
        Conflict: one was changed meanwhile.
    """
    check_texts(statement)
    with amending(database, statement, keep=True) as conn:
        return part_within(conn, gone, statement)


def part_within(conn: sa.Connection, gone: str, statement: Statement) -> Joining:
    """`part` in an open transaction that holds the lock on numbers."""
    found = _parting(conn, gone)
    into = str(found.gone.redirects_to)
    redirect(conn, found.gone, None, statement.at)
    made = next(each for each in in_force(changes_of(conn, (gone,))) if (each.project_id, each.other) == (gone, into))
    undo = RecordChange(
        0, gone, RecordAction.UNDO, statement.by, statement.at, statement.reason, statement.source, undoes=made.id
    )
    append_change(conn, undo)
    recompose(conn, (gone, into), statement.at)
    merged = {Ref.project(gone), Ref.project(into)}
    for each in decisions_on(conn, (Ref.project(gone),)):
        if each.bond is Bond.SAME and {each.one, each.other} == merged:
            back = PairDecision(0, each.one, each.other, each.bond, statement.by, statement.at, undoes=each.id)
            append_pair_decision(conn, back)
    candidates_changed(conn, found.kept.candidate_ids, statement.at)
    return found


def _joining(conn: sa.Connection, gone: str, kept: str) -> Joining:
    one, other = get_project(conn, gone), live(conn, kept)
    if one is None:
        raise UnknownItem(f"there is no project {gone}: `offing projects list` shows all")
    if one.redirects_to:
        raise UsageError(f"project {gone} is merged into {one.redirects_to} already: offing projects unmerge {gone}")
    if one.withdrawn is not None:
        raise UsageError(f"project {gone} was withdrawn: {one.withdrawn}")
    if one.id == other.id:
        raise UsageError(f"project {gone} cannot be merged into itself")
    changes = (*corrections(conn, one.id), *corrections(conn, other.id))
    both = (*inherited(conn, one.id), *inherited(conn, other.id))
    return Joining(one, other, composed(conn, (*one.candidate_ids, *other.candidate_ids), changes, both))


def _parting(conn: sa.Connection, gone: str) -> Joining:
    one = get_project(conn, gone)
    if one is None:
        raise UnknownItem(f"there is no project {gone}: `offing projects list` shows all")
    if not one.redirects_to:
        raise UsageError(f"project {gone} is merged into none")
    kept = live(conn, one.redirects_to)
    found = Joining(one, kept, Composed(kept.facts, kept.life_line))
    first, last = _inherited_apart(conn, found)
    for record, members in ((one, (*one.candidate_ids, *first)), (kept, (*_rest(found), *last))):
        if not members and is_published(conn, record.id):
            raise UsageError(
                f"project {record.id} would be left with no candidate, and its id was published and is a promise; "
                f"{gone} stays part of {kept.id}; to take it out of the data: offing projects withdraw {kept.id}"
            )
    return found


def alone_of(
    conn: sa.Connection,
    record: ProjectRecord,
    members: Collection[int],
    changes: Iterable[RecordChange],
    adopted: Sequence[Adopted] = (),
) -> ProjectRecord:
    """Return a record as these candidates, corrections and adopted projects alone would make it.

    Without any it is unchanged, but would be withdrawn.
    """
    made = composed(conn, members, changes, adopted) if members or adopted else Composed(record.facts, ())
    ids = tuple(sorted(members))
    return replace(record, facts=made.facts, life_line=made.life_line, candidate_ids=ids, by_hand=made.by_hand)


def _rest(parting: Joining) -> set[int]:
    return set(parting.kept.candidate_ids) - set(parting.gone.candidate_ids)


def _inherited_apart(conn: sa.Connection, parting: Joining) -> tuple[Sequence[Adopted], Sequence[Adopted]]:
    """Return what each of two records inherits by itself."""
    mine = inherited(conn, parting.gone.id)
    return mine, [each for each in inherited(conn, parting.kept.id) if each not in mine]


def _linked(conn: sa.Connection, record: ProjectRecord) -> tuple[NamedItem, ...]:
    mine = {Ref.project(record.id), *(Ref.candidate(each) for each in record.candidate_ids)}
    bonds = (each for each in decisions_on(conn, mine) if each.bond is Bond.LINKED)
    return _named(conn, {side for each in bonds for side in (each.one, each.other)} - mine)


def _named(conn: sa.Connection, refs: Iterable[Ref]) -> tuple[NamedItem, ...]:
    return tuple(NamedItem(each, _title(conn, each)) for each in sorted(refs))


def _title(conn: sa.Connection, ref: Ref) -> str:
    """Return the title of an item; "" if it no longer exists."""
    if ref.kind is RefKind.PROJECT:
        record = get_project(conn, ref.key)
        return record.facts.title if record else ""
    if ref.kind is RefKind.KNOWN:
        known = get_known(conn, ref.key)
        return known.facts.title if known else ""
    candidate = get_candidate(conn, int(ref.key)) if ref.kind is RefKind.CANDIDATE else None
    return candidate.facts.title if candidate else ""
