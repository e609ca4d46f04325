"""Changes of records in words: what a change gives, and the history of a record in one timeline."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.model.projects.curation import CURATED
from offing.model.projects.project import HandValue, ProjectFacts, ProjectRecord, grouped
from offing.model.projects.record_change import (
    LIST_FIELDS,
    UNDOABLE,
    RecordAction,
    RecordChange,
    in_force,
    value_of,
)
from offing.model.projects.release import Release
from offing.model.projects.update import Aside
from offing.model.review.decision import Decision, Judgement, decisions_in_force
from offing.review import corrected_words, done_words, form_values
from offing.services.records.amending import Amended, known
from offing.store.candidates.decision import decisions_of
from offing.store.database.engine import Database
from offing.store.records.event import asides
from offing.store.records.membership import leading_to, redirects
from offing.store.records.record_change import changes_of
from offing.store.records.release import releases_with

_DECISION, _CHOICE, _RELEASE, _ADOPTION = "decision", "choice", "release", "adoption"
_ORDER = {_DECISION: 0, _RELEASE: 2, _ADOPTION: 2}  # of one moment; changes of records stand between
_NOTHING = "nothing"
_FIGURES = frozenset({"amounts", "quantities"})


@dataclass(frozen=True, slots=True)
class Altered:
    """A field of a record that a change alters, with both values in words."""

    project_id: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Moment:
    """One point of a record's history: when, what, who, why, and on which source.

    `number` is that of a change; `stands` is false for one that was taken back, `undoable` true where it can be.
    """

    at: datetime
    what: str
    said: str
    by: str = ""
    reason: str = ""
    source: str = ""
    number: int | None = None
    candidate_ids: tuple[int, ...] = ()
    stands: bool = True
    undoable: bool = False


def altered(found: Amended) -> tuple[Altered, ...]:
    """Return what a change alters, record by record, field by field."""
    before = {each.id: each for each in found.before}
    return tuple(one for each in found.after for one in _between(before.get(each.id), each))


def history(database: Database, project_id: str) -> tuple[Moment, ...]:
    """Return the history of a record and of those that lead to it, oldest first.

    It has promotions and updates with the decisions behind them, choices between accounts, corrections, merges, splits,
    withdrawals, what was taken back, and the releases that it was in.

    Raises:
        UnknownItem: there is no such record.
    """
    with database.read() as conn:
        record = known(conn, project_id)
        return _timeline(conn, record)


@dataclass(frozen=True, slots=True)
class HandLine:
    """A value that a person set, in words, with who, when, why and the source."""

    field: str
    said: str
    hand: HandValue


def hand_lines(record: ProjectRecord) -> tuple[HandLine, ...]:
    """Return the values of a record that people set, in words."""
    return tuple(HandLine(each.field, _shown(each.field, each.value), each) for each in record.by_hand)


def said_of(change: RecordChange) -> str:
    """Return what a change did, in words."""
    return {
        RecordAction.PROMOTION: lambda: f"{_candidates(change)} added to {change.project_id}",
        RecordAction.DEPARTURE: lambda: (
            f"{_candidates(change)} removed from {change.project_id}: its decision was undone"
        ),
        RecordAction.CORRECTION: lambda: _corrected(change),
        RecordAction.MERGE: lambda: f"{change.project_id} merged into {change.other}",
        RecordAction.SPLIT: lambda: f"{_candidates(change)} of {change.project_id} split off into {change.other}",
        RecordAction.WITHDRAWAL: lambda: f"{change.project_id} withdrawn",
        RecordAction.CHOICE: lambda: _choice(change),
        RecordAction.UNDO: lambda: f"change {change.undoes} of {change.project_id} undone",
    }[change.action]()


def typed(field: str, plain: Any) -> str:
    """Return one plain value of a field as a person types it."""
    if plain is None:
        return _NOTHING
    value = value_of(field, plain)
    if field in CURATED:
        return {True: "yes", False: "no"}.get(value, str(value))
    values: dict[str, Any] = {field: (value,) if field in LIST_FIELDS else value}
    return form_values(replace(ProjectFacts(), **values))[field]


def _shown(field: str, plain: Any) -> str:
    """Return one plain value of a field for reading: sums and sizes with thousands separators, years without."""
    said = typed(field, plain)
    return grouped(said) if field in _FIGURES else said


def _timeline(conn: sa.Connection, record: ProjectRecord) -> tuple[Moment, ...]:
    changes = changes_of(conn, leading_to((record.id,), redirects(conn)))
    promoted = {number for each in changes for number in each.candidate_ids}
    made = decisions_of(conn, sorted(promoted | set(record.candidate_ids)))
    asides_here = asides(conn, record.candidate_ids)
    moments = [
        *_of_changes(changes, {(each.by, each.at) for each in asides_here}),
        *_of_decisions(made.values()),
        *_of_releases(releases_with(conn, record.id), record.id, changes),
    ]
    noted = {(each.by, each.at) for each in changes if each.action is RecordAction.CHOICE}
    moments += _of_choices(each for each in asides_here if (each.by, each.at) not in noted)
    return tuple(sorted(moments, key=lambda each: (each.at, _ORDER.get(each.what, 1), each.number or 0)))


def _of_changes(changes: Collection[RecordChange], choices: Collection[tuple[str, datetime]]) -> Iterator[Moment]:
    """Yield changes of records; a choice stands while accounts are set aside by it."""
    stand = {each.id for each in in_force(changes) if not _holds_one(each) or (each.by, each.at) in choices}
    for each in changes:
        is_undo = each.action is RecordAction.UNDO
        yield Moment(
            each.at,
            str(each.action),
            said_of(each),
            each.by,
            each.reason,
            each.source,
            each.id,
            each.candidate_ids,
            stands=is_undo or each.id in stand,
            undoable=each.id in stand and each.action in UNDOABLE,
        )


def _holds_one(change: RecordChange) -> bool:
    """Return whether a change lets one of several accounts hold."""
    return change.action is RecordAction.CHOICE and change.after is not None


def _of_decisions(made: Iterable[tuple[Decision, ...]]) -> Iterator[Moment]:
    for own in made:
        stand = {each.id for each in decisions_in_force(own)}
        for each in own:
            stands = each.id in stand or each.judgement is Judgement.UNDO
            said = f"candidate {each.candidate_id} {done_words(each)}{corrected_words(each)}"
            ids = (each.candidate_id,)
            yield Moment(each.at, _DECISION, said, each.by, each.reason, candidate_ids=ids, stands=stands)


def _of_choices(found: Iterable[Aside]) -> Iterator[Moment]:
    """Yield the choices between contradicting accounts that an earlier offing stored without a change of the record."""
    for each in found:
        number, kind, status = each.key
        over = f", in favour of candidate {each.chosen}" if each.chosen else ""
        said = f"account of candidate {number} set aside: {status or kind}{over}"
        yield Moment(each.at, _CHOICE, said, each.by, candidate_ids=(number, *filter(None, (each.chosen,))))


def _of_releases(found: Iterable[Release], project_id: str, changes: Collection[RecordChange]) -> Iterator[Moment]:
    for each in found:
        gone = _gone_at(changes, project_id, each.adopted.at if each.adopted else each.published_at)
        as_what = f"as {gone.action} in" if gone else "in"
        said = f"{project_id} {as_what} release {each.version}"
        yield Moment(each.published_at, _RELEASE, said, each.published_by)
        if each.adopted:
            said = f"{project_id} adopted from release {each.version}"
            yield Moment(each.adopted.at, _ADOPTION, said, each.adopted.by)


def _gone_at(changes: Collection[RecordChange], project_id: str, at: datetime) -> RecordChange | None:
    """Return the merge or withdrawal that was in force at a time."""
    ends = (RecordAction.MERGE, RecordAction.WITHDRAWAL)
    stood = in_force(each for each in changes if each.at <= at)
    return next((each for each in stood if each.action in ends and each.project_id == project_id), None)


def _candidates(change: RecordChange) -> str:
    ids = ", ".join(map(str, change.candidate_ids))
    return f"candidate {ids}" if len(change.candidate_ids) == 1 else f"candidates {ids}"


def _choice(change: RecordChange) -> str:
    others = ", ".join(map(_account, change.before))
    if change.after is None:
        return f"choice undone between {others}"
    return f"chosen: {_account(change.after)}; set aside: {others}"


def _account(key: list[Any]) -> str:
    number, kind, status = key
    return f"{status or kind} of candidate {number}" if number else f"{status or kind} set by hand"


def _corrected(change: RecordChange) -> str:
    before, after = (_shown(change.field, plain) for plain in (change.before, change.after))
    on = f", {change.on}" if change.on else ""
    if change.before is None and change.field in LIST_FIELDS:
        return f"{change.field}: {after} added"
    if change.after is None and change.field in LIST_FIELDS:
        return f"{change.field}: {before} removed"
    return f"{change.field}: {before} → {after}{on}"


def _between(before: ProjectRecord | None, after: ProjectRecord) -> Iterator[Altered]:
    ours, theirs = (_words(each) for each in (before, after))
    for name, value in theirs.items():
        if ours.get(name, "") != value:
            yield Altered(after.id, name, ours.get(name, ""), value)


def _words(record: ProjectRecord | None) -> dict[str, str]:
    """Return all that a change may alter of a record, in words."""
    if record is None:
        return {}
    line = "; ".join(
        f"{each.status or each.kind} {each.event_date or each.day or 'undated'}"
        for each in record.life_line
        if each.status
    )
    around = {
        "life_line": line,
        "candidates": ", ".join(map(str, record.candidate_ids)),
        "merged_into": record.redirects_to or "",
        "withdrawn": record.withdrawn or "",
    }
    stated = {name: getattr(record.curation, name) for name in sorted(CURATED)}
    curation = {name: "" if value is None else typed(name, value) for name, value in stated.items()}
    return {**form_values(record.facts), **curation, **around}
