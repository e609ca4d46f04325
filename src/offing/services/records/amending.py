"""Shared by all changes of a record by a person: who, when and why, a preview of the result, one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from offing.errors import UnknownItem, UsageError
from offing.model.operation.user import Permission
from offing.model.projects.project import ProjectRecord
from offing.model.projects.record_change import RecordChange
from offing.services.accounts.authors import check_author
from offing.services.matching.match_rules import changing
from offing.store.database.engine import Database
from offing.store.records.project import get_project, lock_numbers, records_of

LONGEST = 2000  # characters of a reason or a source


@dataclass(frozen=True, slots=True)
class Statement:
    """Who changes a record, when and why, and the address or document on which they rely."""

    by: str
    at: datetime
    reason: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Amended:
    """A change of records, and the records that it touches before and after it."""

    change: RecordChange
    before: tuple[ProjectRecord, ...]
    after: tuple[ProjectRecord, ...]


@contextmanager
def amending(database: Database, statement: Statement, *, keep: bool) -> Iterator[sa.Connection]:
    """Open a transaction in which a person changes records; without `keep` all of it is rolled back at the end.

    So a preview shows what the change itself gives, and is refused for the same reasons.

    Raises:
        UsageError: the site has accounts, and this person may not change records.
    """
    with changing(database) as conn:
        check_author(conn, statement.by, Permission.AMEND)
        lock_numbers(conn)
        tried = conn.begin_nested()
        yield conn
        if keep:
            tried.commit()
        else:
            tried.rollback()


def check(statement: Statement) -> None:
    """Check that a change says why, in printable characters.

    Raises:
        UsageError: the reason is missing, or one of the texts is too long or has control characters.
    """
    if not statement.reason.strip():
        raise UsageError("say why: a change of a record needs a reason")
    check_texts(statement)


def check_texts(statement: Statement) -> None:
    """Check that reason and source, where they are given, are of printable characters.

    Raises:
        UsageError: one of them is too long or has control characters.
    """
    for name, text in (("reason", statement.reason), ("source", statement.source)):
        if len(text) > LONGEST:
            raise UsageError(f"the {name} is longer than {LONGEST} characters")
        if not text.isprintable():
            raise UsageError(f"the {name} cannot have line breaks or control characters")


def known(conn: sa.Connection, project_id: str) -> ProjectRecord:
    """Return a record by its own id, even if merged or withdrawn.

    Raises:
        UnknownItem: there is none.
    """
    found = get_project(conn, project_id)
    if found is None:
        raise UnknownItem(f"there is no project {project_id}: `offing projects list` shows all")
    return found


def amended(conn: sa.Connection, change: RecordChange, before: Iterable[ProjectRecord]) -> Amended:
    """Return a change that was made, with the records before and after it; one that it made has no before."""
    were = tuple(before)
    ids = {each.id for each in were} | ({change.other} if change.other else set())
    return Amended(change, were, records_of(conn, ids))
