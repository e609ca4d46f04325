"""Comments on candidates and projects: writing, changing, deleting them, and calling people by name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from offing.errors import UnknownItem, UsageError
from offing.model.pairs.pairing import Ref, RefKind
from offing.model.review.comment import CHANGEABLE, LONGEST_COMMENT, Comment, Wording, called
from offing.model.text.text import clean_text
from offing.store.accounts.user import list_users
from offing.store.candidates import comment as store
from offing.store.candidates.candidate import get_candidate
from offing.store.database.engine import Database
from offing.store.records.membership import made_of_any, path_of, redirects
from offing.store.records.project import get_project

MOST_NAMES = 8  # offered at once
_GAPS = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Call:
    """A comment by which a person is called, and when they opened it; None until then."""

    comment: Comment
    opened_at: datetime | None


def comments_on(
    database: Database, refs: Sequence[Ref], reader: str, blind: Collection[int] = ()
) -> tuple[Comment, ...]:
    """Return the comments on a candidate, or on a project under all its ids, oldest first.

    Args:
        database: where they are stored.
        refs: the ids under which it was talked about.
        reader: the person who reads, who always sees what they wrote themselves.
        blind: candidates that the reader is to judge a second time: what others say of these, and of records that come
            from them, might tell how they were decided.
    """
    with database.read() as conn:
        found = store.comments_on(conn, refs)
        hidden = _hidden(conn, {each.ref for each in found}, blind)
    return tuple(each for each in found if each.by == reader or each.ref not in hidden)


def refs_of_project(database: Database, project_id: str) -> tuple[Ref, ...]:
    """Return the project, then the records that were merged into it, under which it was talked about, too."""
    with database.read() as conn:
        leads = redirects(conn)
    merged = (each for each in sorted(leads) if project_id in path_of(leads[each], leads))
    return tuple(Ref.project(each) for each in (project_id, *merged))


def write(database: Database, comment: Comment, token: str = "") -> Comment:
    """Store a comment, and call whom it names; the same form sent twice is one comment.

    Args:
        database: where comments are stored.
        comment: the comment; its id is ignored.
        token: the mark of the form.

    Raises:
        UsageError: it is empty or too long.
        UnknownItem: what it is about does not exist.
    """
    text = _checked(comment.text)
    new = Comment(0, comment.ref, comment.by, comment.at, text)
    with database.write() as conn:
        _require(conn, comment.ref)
        number = store.insert_comment(conn, new, token)
        store.call(conn, number, _others(conn, text, comment.by))
    return Comment(number, comment.ref, comment.by, comment.at, text)


def change(database: Database, comment_id: int, by: str, text: str, now: datetime) -> Comment:
    """Replace the wording of a person's own comment; the earlier one is kept.

    Raises:
        UsageError: the text is empty or too long, the comment is another's, deleted or too old.
        UnknownItem: there is no such comment.
    """
    return _replace(database, comment_id, by, Wording(_checked(text), now))


def delete(database: Database, comment_id: int, by: str, now: datetime) -> Comment:
    """Delete a person's own comment; its wording is kept in the history.

    Raises:
        UsageError: it is another's, deleted or too old.
        UnknownItem: there is no such comment.
    """
    return _replace(database, comment_id, by, Wording("", now))


def people(database: Database) -> frozenset[str]:
    """Return the names of all who may be called: the accounts that are open."""
    with database.read() as conn:
        return _people(conn)


def names_like(database: Database, typed: str) -> tuple[str, ...]:
    """Return the names that a beginning completes, then those that hold it elsewhere."""
    part = typed.strip().casefold()
    found = sorted(name for name in people(database) if part in name)
    return tuple(sorted(found, key=lambda name: not name.startswith(part))[:MOST_NAMES])


def calls(database: Database, name: str, blind: Collection[int] = ()) -> tuple[Call, ...]:
    """Return the comments by which a person is called, those that wait first, then the newest first.

    Deleted ones are left out, and so are those that the person must not see before a second reading (`comments_on`).
    """
    with database.read() as conn:
        found = [Call(*each) for each in store.calls_to(conn, name)]
        hidden = _hidden(conn, {each.comment.ref for each in found}, blind)
    shown = (each for each in found if each.comment.deleted_at is None and each.comment.ref not in hidden)
    return tuple(sorted(shown, key=lambda each: each.opened_at is not None))


def count_waiting(database: Database, name: str, blind: Collection[int] = ()) -> int:
    """Return how many comments call a person that they have not opened."""
    with database.read() as conn:
        found = store.waiting_calls(conn, name)
        hidden = _hidden(conn, set(found), blind)
    return sum(each not in hidden for each in found)


def open_calls(database: Database, name: str, comment_ids: Iterable[int], now: datetime) -> int:
    """Record that a person opened the comments that call them; return how many of these waited."""
    with database.write() as conn:
        return store.open_calls(conn, name, comment_ids, now)


def get_comment(database: Database, comment_id: int) -> Comment:
    """Return a comment.

    Raises:
        UnknownItem: there is none.
    """
    with database.read() as conn:
        return _found(conn, comment_id)


def _replace(database: Database, comment_id: int, by: str, wording: Wording) -> Comment:
    with database.write() as conn:
        found = _found(conn, comment_id)
        if not found.changeable_by(by, wording.at):
            raise UsageError(_refusal(found, by))
        if wording.text != found.text:
            store.insert_wording(conn, found, wording)
            store.call(conn, found.id, _others(conn, wording.text, by))
        return _found(conn, comment_id)


def _refusal(found: Comment, by: str) -> str:
    if found.by != by:
        return f"this comment is {found.by}'s: only its author changes it"
    if found.deleted_at is not None:
        return "this comment was deleted before"
    hours = int(CHANGEABLE.total_seconds() // 3600)
    return f"a comment can be changed for {hours} hours, and this one is older: write another below it"


def _checked(text: str) -> str:
    cleaned = _GAPS.sub("\n\n", "\n".join(clean_text(line) for line in text.splitlines())).strip()
    if not cleaned:
        raise UsageError("a comment needs some words")
    if len(cleaned) > LONGEST_COMMENT:
        raise UsageError(f"a comment has at most {LONGEST_COMMENT:,} characters, this one has {len(cleaned):,}")
    return cleaned


def _require(conn: sa.Connection, ref: Ref) -> None:
    if ref.kind is RefKind.CANDIDATE:
        there = get_candidate(conn, int(ref.key)) is not None
    else:
        there = ref.kind is RefKind.PROJECT and get_project(conn, ref.key) is not None
    if not there:
        raise UnknownItem(f"there is no {ref.kind} {ref.key}")


def _found(conn: sa.Connection, comment_id: int) -> Comment:
    found = store.get_comment(conn, comment_id)
    if found is None or found.id != comment_id:
        raise UnknownItem(f"there is no comment {comment_id}")
    return found


def _people(conn: sa.Connection) -> frozenset[str]:
    return frozenset(each.name for each in list_users(conn) if not each.disabled)


def _others(conn: sa.Connection, text: str, by: str) -> tuple[str, ...]:
    return tuple(name for name in called(text, _people(conn)) if name != by)


def _hidden(conn: sa.Connection, refs: Collection[Ref], blind: Collection[int]) -> frozenset[Ref]:
    """Return those of some items that come from candidates to which a person is blind, wholly or in part."""
    records = {each.key for each in refs if each.kind is RefKind.PROJECT}
    mixed = made_of_any(conn, blind) & records if blind and records else frozenset[str]()
    hidden = {Ref.candidate(number) for number in blind}
    return frozenset(hidden | {Ref.project(key) for key in mixed})
