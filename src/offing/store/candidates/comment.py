"""Reads and writes comments, and who is called by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.model.pairs.pairing import Ref
from offing.model.review.comment import Comment, Wording
from offing.store.database.upsert import insert, insert_new
from offing.store.tables import comment, comment_mention

MOST_MENTIONS = 200  # of a person, the newest


def insert_comment(conn: sa.Connection, new: Comment, token: str | None) -> int:
    """Store a comment and return its id; one with the same token of the same person is that one."""
    row = {"item": str(new.ref), "by": new.by, "at": new.at, "text": new.text, "token": token or None}
    made = insert_new(conn, comment, row)
    if made is not None:
        return made
    same = (comment.c.by == new.by) & (comment.c.token == token)
    return int(conn.execute(sa.select(comment.c.id).where(same)).scalar_one())


def insert_wording(conn: sa.Connection, of: Comment, wording: Wording) -> None:
    """Store what a comment says from now on; "" deletes it."""
    row = {"changes": of.id, "item": str(of.ref), "by": of.by, "at": wording.at, "text": wording.text}
    conn.execute(sa.insert(comment).values(row))


def comments_on(conn: sa.Connection, refs: Collection[Ref]) -> tuple[Comment, ...]:
    """Return all comments on some items, oldest first, deleted ones too."""
    return _comments(conn, comment.c.item.in_([str(each) for each in refs]))


def get_comment(conn: sa.Connection, comment_id: int) -> Comment | None:
    """Return one comment, by the id of its first wording."""
    return next(iter(_comments(conn, (comment.c.id == comment_id) | (comment.c.changes == comment_id))), None)


def call(conn: sa.Connection, comment_id: int, people: Collection[str]) -> None:
    """Store who is called by a comment; whoever is no longer called, and has not opened it, is not."""
    here = comment_mention.c.comment_id == comment_id
    gone = here & comment_mention.c.opened_at.is_(None) & comment_mention.c.person.not_in(list(people))
    conn.execute(sa.delete(comment_mention).where(gone))
    for person in people:
        row = {"comment_id": comment_id, "person": person}
        conn.execute(insert(conn, comment_mention).values(row).on_conflict_do_nothing())


def calls_to(conn: sa.Connection, person: str) -> tuple[tuple[Comment, datetime | None], ...]:
    """Return the comments by which a person is called, newest first, each with when they opened it."""
    chosen = sa.select(comment_mention).where(comment_mention.c.person == person)
    rows = conn.execute(chosen.order_by(comment_mention.c.comment_id.desc()).limit(MOST_MENTIONS)).all()
    ids = [row.comment_id for row in rows]
    found = {each.id: each for each in _comments(conn, comment.c.id.in_(ids) | comment.c.changes.in_(ids))}
    return tuple((found[row.comment_id], row.opened_at) for row in rows if row.comment_id in found)


def waiting_calls(conn: sa.Connection, person: str) -> tuple[Ref, ...]:
    """Return what the comments are about by which a person is called and that they have not opened."""
    mine = (comment_mention.c.person == person) & comment_mention.c.opened_at.is_(None)
    chosen = sa.select(comment.c.item).join(comment_mention, comment_mention.c.comment_id == comment.c.id)
    return tuple(Ref.parse(ref) for ref in conn.execute(chosen.where(mine)).scalars())


def open_calls(conn: sa.Connection, person: str, comment_ids: Iterable[int], now: datetime) -> int:
    """Record that a person opened comments; return how many waited."""
    mine = (comment_mention.c.person == person) & comment_mention.c.opened_at.is_(None)
    these = mine & comment_mention.c.comment_id.in_(list(comment_ids))
    return conn.execute(sa.update(comment_mention).where(these).values(opened_at=now)).rowcount


def _comments(conn: sa.Connection, where: sa.ColumnElement[bool]) -> tuple[Comment, ...]:
    wordings: dict[int, list[Any]] = defaultdict(list)
    for row in conn.execute(sa.select(comment).where(where).order_by(comment.c.id)):
        wordings[row.changes or row.id].append(row)
    return tuple(_comment(rows) for rows in wordings.values() if rows[0].changes is None)


def _comment(rows: list[Any]) -> Comment:
    first, last = rows[0], rows[-1]
    changed = last.at if len(rows) > 1 else None
    return Comment(
        id=first.id,
        ref=Ref.parse(first.item),
        by=first.by,
        at=first.at,
        text=last.text,
        edited_at=changed if last.text else None,
        deleted_at=None if last.text else changed,
        earlier=tuple(Wording(row.text, row.at) for row in rows[:-1]),
    )
