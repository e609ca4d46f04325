"""Reads what people say of a record's place among others: its parent, whether it is an umbrella, comments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from offing.model.projects.project import ProjectRecord
from offing.model.projects.record_change import Operation
from offing.review import BadEdit
from offing.services.records.compose import live
from offing.services.records.edit import Edit
from offing.store.records.membership import home_of, redirects
from offing.store.records.project import get_project

LONGEST = 2000  # characters of a comment
_PARENT, _COMMENT = "parent_id", "staff_comments"
_YES_NO = {"yes": True, "no": False, "true": True, "false": False, "": None}


def curated(conn: sa.Connection, record: ProjectRecord, edit: Edit) -> tuple[Any, Any]:
    """Return the value that a field of the curation has, and the one that it gets.

    Raises:
        BadEdit: the value cannot be read, or the parent is no live record or is part of this one.
        UnknownItem: there is no such parent.
        UsageError: the parent was withdrawn.
    """
    if edit.operation is not Operation.SET or edit.on:
        raise BadEdit(f"{edit.field} holds one value without a date: set it; an empty value empties it")
    text = edit.value.strip()
    if edit.field == _PARENT:
        after: Any = _parent(conn, record, text)
    elif edit.field == _COMMENT:
        after = _comment(text)
    else:
        after = _yes_or_no(edit.field, text)
    return getattr(record.curation, edit.field), after


def _parent(conn: sa.Connection, record: ProjectRecord, text: str) -> str | None:
    if not text:
        return None
    parent = live(conn, text)
    if record.id in _upwards(conn, parent):
        raise BadEdit(f"parent_id: {parent.id} is {record.id} itself or part of it")
    return parent.id


def _upwards(conn: sa.Connection, record: ProjectRecord | None) -> Iterator[str]:
    """Yield a record and what it is part of, each once: after merges a record may be part of itself."""
    seen: set[str] = set()
    while record is not None and record.id not in seen:
        seen.add(record.id)
        yield record.id
        above = record.curation.parent_id
        record = get_project(conn, home_of(above, redirects(conn))) if above else None


def _comment(text: str) -> str | None:
    if len(text) > LONGEST or not text.isprintable():
        raise BadEdit(f"staff_comments: one line of at most {LONGEST} characters")
    return text or None


def _yes_or_no(field: str, text: str) -> bool | None:
    if text.lower() not in _YES_NO:
        raise BadEdit(f"{field}: yes or no, or nothing to leave it open; not {text!r}")
    return _YES_NO[text.lower()]
