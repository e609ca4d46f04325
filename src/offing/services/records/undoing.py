"""Merges records, and takes a correction, merge, split or withdrawal back, in any order, by an appended undo."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from offing.errors import UnknownItem, UsageError
from offing.model.projects.record_change import UNDOABLE, RecordAction, RecordChange, in_force
from offing.services.records.amending import Amended, Statement, amended, amending, check, known
from offing.services.records.compose import recompose
from offing.services.records.derived_again import candidates_changed
from offing.services.records.projects import merge_within, part_within
from offing.services.records.splitting import rejoin
from offing.store.database.engine import Database
from offing.store.records.project import records_of
from offing.store.records.record_change import append_change, changes_of


def undo_change(
    database: Database, project_id: str, statement: Statement, change_id: int | None = None, *, keep: bool
) -> Amended:
    """Take back a change of a record, by default the last one that is in force; whoever made it.

    Args:
        database: where it is stored.
        project_id: the record, by its own id; a split and a merge may be named by either side.
        statement: who, when and why.
        change_id: another change, by the number that its history gives.
        keep: whether to store it; else it is only tried.

    Raises:
        UnknownItem: there is no such record, or it has no such change.
        UsageError: there is nothing to take back, or a published id would be left with nothing.
    """
    check(statement)
    with amending(database, statement, keep=keep) as conn:
        known(conn, project_id)
        change = _wanted(conn, project_id, change_id)
        before = records_of(conn, {each for each in (change.project_id, change.other) if each})
        undo = RecordChange(
            0, change.project_id, RecordAction.UNDO, statement.by, statement.at, statement.reason, statement.source
        )
        if change.action is RecordAction.MERGE:
            part_within(conn, change.project_id, statement)
            undo = next(each for each in changes_of(conn, (change.project_id,)) if each.undoes == change.id)
        else:
            undo = append_change(conn, replace(undo, undoes=change.id))
            _reverse(conn, change, statement)
        return amended(conn, undo, before)


def merge_record(database: Database, gone: str, kept: str, statement: Statement, *, keep: bool) -> Amended:
    """Merge a record into another, as `merge` does, or only try it.

    Raises:
        UnknownItem: there is no such record.
        UsageError: they cannot be merged, or no reason is given.
    """
    check(statement)
    with amending(database, statement, keep=keep) as conn:
        before = records_of(conn, (gone, kept))
        _, made = merge_within(conn, gone, kept, statement)
        return amended(conn, made, before)


def _reverse(conn: sa.Connection, change: RecordChange, statement: Statement) -> None:
    if change.action is RecordAction.SPLIT:
        rejoin(conn, change, statement)
        return
    recompose(conn, (change.project_id,), statement.at)
    if change.action is RecordAction.WITHDRAWAL:
        (record,) = records_of(conn, (change.project_id,))
        candidates_changed(conn, record.candidate_ids, statement.at)


def _wanted(conn: sa.Connection, project_id: str, change_id: int | None) -> RecordChange:
    changes = changes_of(conn, (project_id,))
    standing = [each for each in in_force(changes) if each.action in UNDOABLE]
    if change_id is None and not standing:
        raise UsageError(f"nothing to undo: project {project_id} has no changes in force")
    wanted = next((each for each in reversed(standing) if change_id in {None, each.id}), None)
    if wanted is None:
        _explain(project_id, next((each for each in changes if each.id == change_id), None), change_id)
    assert wanted, "what cannot be taken back was explained"
    return wanted


def _explain(project_id: str, change: RecordChange | None, change_id: int | None) -> None:
    """Say why a change cannot be taken back.

    Raises:
        UnknownItem: the record has no such change.
        UsageError: it has already been undone, is a choice, or follows a decision on a candidate.
    """
    if change is None:
        how = f"offing projects history {project_id} gives their numbers"
        raise UnknownItem(f"project {project_id} has no change {change_id}: {how}")
    if change.action in {RecordAction.PROMOTION, RecordAction.DEPARTURE}:
        ids = ", ".join(f"offing undo {each}" for each in change.candidate_ids)
        raise UsageError(f"change {change_id} follows from a decision on a candidate: undo that ({ids})")
    if change.action is RecordAction.CHOICE:
        way = f"offing projects choose {project_id} EVENT --none"
        raise UsageError(f"change {change_id} is a choice between accounts; undo it with `{way}`")
    raise UsageError(f"change {change_id} of project {project_id} has already been undone")
