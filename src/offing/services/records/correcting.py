"""Corrections and withdrawals of records: appended with who, when, why and the source, over what candidates make."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from offing.errors import UsageError
from offing.model.projects.curation import CURATED
from offing.model.projects.project import ProjectFacts, ProjectRecord
from offing.model.projects.record_change import (
    LIST_FIELDS,
    Operation,
    RecordAction,
    RecordChange,
    plain_value,
)
from offing.promote import is_same, unquoted
from offing.review import BadEdit, form_values, parse_edit
from offing.services.records.amending import Amended, Statement, amended, amending, check
from offing.services.records.compose import live, recompose
from offing.services.records.curating import curated
from offing.services.records.derived_again import candidates_changed
from offing.services.records.edit import Edit
from offing.store.database.engine import Database
from offing.store.records.record_change import append_change

_STATUS = "status"


def correct(database: Database, project_id: str, edit: Edit, statement: Statement, *, keep: bool) -> Amended:
    """Correct one value of a record; every other value stays as it is.

    Args:
        database: where it is stored.
        project_id: its id, or one that leads to it.
        edit: the change.
        statement: who, when, why, and the source.
        keep: whether to store it; else it is only tried.

    Raises:
        UnknownItem: there is no such record.
        UsageError: the field or value cannot be read, the record has no such value, or has it already; or the record
            was withdrawn.
    """
    check(statement)
    with amending(database, statement, keep=keep) as conn:
        record = live(conn, project_id)
        change = append_change(conn, _drafted(conn, record, edit, statement))
        recompose(conn, (record.id,), statement.at)
        return amended(conn, change, (record,))


def withdraw(database: Database, project_id: str, statement: Statement, *, keep: bool) -> Amended:
    """Withdraw a record: its id stays as a tombstone with the reason; `undo_change` brings it back.

    Raises:
        UnknownItem: there is no such record.
        UsageError: it was withdrawn already, or no reason is given.
    """
    check(statement)
    with amending(database, statement, keep=keep) as conn:
        record = live(conn, project_id)
        draft = RecordChange(
            0, record.id, RecordAction.WITHDRAWAL, statement.by, statement.at, statement.reason, statement.source
        )
        change = append_change(conn, draft)
        recompose(conn, (record.id,), statement.at)
        candidates_changed(conn, record.candidate_ids, statement.at)
        return amended(conn, change, (record,))


def _drafted(conn: sa.Connection, record: ProjectRecord, edit: Edit, statement: Statement) -> RecordChange:
    """Return the correction that an edit asks for."""
    try:
        before, after = curated(conn, record, edit) if edit.field in CURATED else _values(record.facts, edit)
        on = _date(record.facts, edit)
    except BadEdit as error:
        raise UsageError(str(error)) from error
    if unquoted(before) == after and not on:
        raise UsageError(f"project {record.id} says that already: nothing to correct in {edit.field}")
    return RecordChange(
        0,
        record.id,
        RecordAction.CORRECTION,
        statement.by,
        statement.at,
        statement.reason.strip(),
        statement.source.strip(),
        field=edit.field,
        operation=edit.operation,
        before=plain_value(edit.field, before),
        after=plain_value(edit.field, after),
        on=on,
    )


def _values(facts: ProjectFacts, edit: Edit) -> tuple[Any, Any]:
    """Return the value that goes, and the one that comes instead, bare of the machine's words; None for neither."""
    read = parse_edit(edit.field, edit.value, facts, edit.parties)
    if (edit.field in LIST_FIELDS) == (edit.operation is Operation.SET):
        raise BadEdit(_wrong_operation(edit.field))
    if edit.field not in LIST_FIELDS:
        return getattr(facts, edit.field) or None, unquoted(read) or None
    if edit.operation is Operation.REMOVE:
        return _held(facts, edit, edit.value), None
    new = unquoted(_one(edit.field, read))
    if edit.operation is Operation.REPLACE:
        return _held(facts, edit, edit.old), new
    if any(is_same(edit.field, each, new) for each in getattr(facts, edit.field)):
        raise BadEdit(f"{edit.field} has {edit.value!r} already: replace it to change it")
    return None, new


def _wrong_operation(field: str) -> str:
    if field in LIST_FIELDS:
        return f"{field} holds several values: add, replace or remove one of them"
    return f"{field} holds one value: set it; an empty value empties it"


def _held(facts: ProjectFacts, edit: Edit, text: str) -> Any:
    """Return the value of a list that a text names.

    Raises:
        BadEdit: the list has no such value; the message gives those it has.
    """
    meant = _one(edit.field, parse_edit(edit.field, text, facts, edit.parties))
    values = getattr(facts, edit.field)
    found = [each for each in values if is_same(edit.field, each, meant)]
    if not found:
        raise BadEdit(f"{edit.field} has no {text!r}; it has: {form_values(facts)[edit.field] or 'nothing'}")
    return next((each for each in found if each == meant), found[0])


def _one(field: str, read: Any) -> Any:
    values: Iterable[Any] = tuple(read)
    match values:
        case (value,):
            return value
    raise BadEdit(f"{field}: one value at a time")


def _date(facts: ProjectFacts, edit: Edit) -> str:
    if not edit.on:
        return ""
    if edit.field != _STATUS or not edit.value.strip():
        raise BadEdit("only a status has a date of its own")
    try:
        read: Any = parse_edit("event_date", edit.on, facts)
    except BadEdit as error:
        raise BadEdit(f"the day of the status{str(error).removeprefix('event_date')}") from error
    return str(read.value)
