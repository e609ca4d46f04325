"""Contents of pages that nothing cites: dropped by age or above a budget, while the article read from them stays."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.store.articles.page import drop_unused, keep_body
from offing.store.database.batch import BATCH, parts
from offing.store.tables import article, body, page, revision
from offing.store.upkeep.knots import Ages, Knot, prunable, still_free
from offing.store.upkeep.sizes import Size, packed_size

_EMPTY = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True, slots=True)
class Droppable:
    """Pages whose content may go, the knots that they are of, and the number and stored bytes of contents freed."""

    pages: Mapping[int, str]
    knots: tuple[Knot, ...]
    freed: Size


@dataclass(slots=True)
class _Choice:
    """Chosen pages by id, with their digests; a content is freed with the last page that has it."""

    pages: dict[int, str] = field(default_factory=dict)
    freed: Size = field(default_factory=Size)
    _seen: Counter[str] = field(default_factory=Counter)

    def take(self, row: Any) -> None:
        self.pages[row.id] = row.sha256
        self._seen[row.sha256] += 1
        if self._seen[row.sha256] == row.users:
            self.freed += Size(1, row.size)


def stored_bytes(conn: sa.Connection) -> int:
    """Return how many bytes the contents of all pages take, as stored."""
    total = sa.func.coalesce(sa.func.sum(packed_size(conn, body.c.packed)), 0)
    return int(conn.execute(sa.select(total)).scalar_one())


def droppable(
    conn: sa.Connection, before: datetime | None, excess: int, now: datetime, going: Iterable[Knot] = ()
) -> Droppable:
    """Return the pages of which nothing came whose content is too old or, oldest first, too much.

    Args:
        conn: a transaction.
        before: contents that were fetched before it go; None for none.
        excess: as many bytes have to be freed, whatever the age of the contents.
        now: the time.
        going: knots that go anyway, with their pages.
    """
    choice, entries = _Choice(), {entry_id for knot in going for entry_id in knot.entries}
    for some in parts(sorted(entries)):
        for row in conn.execute(_with_content(conn).where(page.c.entry_id.in_(some))):
            choice.take(row)
    limit = now if excess > choice.freed.bytes else before
    knots = prunable(conn, Ages.alike(limit)) if limit else ()
    of_entry = {entry_id: knot for knot in knots for entry_id in knot.entries if entry_id not in entries}
    chosen = dict[Knot, None]()
    for row in _oldest(conn, limit) if limit and of_entry else ():
        if choice.freed.bytes >= excess and (before is None or row.fetched_at >= before):
            break
        if row.entry_id in of_entry:
            choice.take(row)
            chosen[of_entry[row.entry_id]] = None
    return Droppable(choice.pages, tuple(chosen), choice.freed)


def entries_fetched_since(conn: sa.Connection, moment: datetime) -> set[int]:
    """Return the entries of which a page, or a later content of it, was fetched since a time."""
    later = sa.select(page.c.entry_id).join(article, article.c.page_id == page.c.id)
    asked = (
        sa.select(page.c.entry_id).where(page.c.fetched_at >= moment),
        later.join(revision, revision.c.article_id == article.c.id).where(revision.c.found_at >= moment),
    )
    return {found for each in asked for found in conn.execute(each).scalars()}


def _oldest(conn: sa.Connection, before: datetime) -> Iterator[Any]:
    """Yield pages with a content from before a time, the oldest first."""
    asked = _with_content(conn).where(page.c.fetched_at < before).order_by(page.c.fetched_at, page.c.id)
    with conn.execute(asked, execution_options={"yield_per": BATCH}) as rows:
        yield from rows


def _with_content(conn: sa.Connection) -> sa.Select[Any]:
    """Return pages that have a content, and how many pages and revisions have the same."""
    also, counted = page.alias("also"), sa.select(sa.func.count())
    users = (
        counted.where(also.c.sha256 == page.c.sha256).scalar_subquery()
        + counted.where(revision.c.sha256 == page.c.sha256).scalar_subquery()
    )
    return (
        sa.select(page.c.id, page.c.entry_id, page.c.sha256, page.c.fetched_at, users.label("users"))
        .add_columns(packed_size(conn, body.c.packed).label("size"))
        .join(body, body.c.sha256 == page.c.sha256)
        .where(page.c.sha256 != _EMPTY)
    )


def drop_contents(conn: sa.Connection, knots: Sequence[Knot], pages: Mapping[int, str]) -> int:
    """Drop the contents of some pages of some knots, unless these led to something meanwhile.

    A content that another page or a later text of an article has as well stays.

    Returns:
        How many contents were deleted.
    """
    entries = {entry_id for knot in still_free(conn, knots) for entry_id in knot.entries}
    found = {
        row.id: row.sha256
        for some in parts(sorted(entries))
        for row in conn.execute(sa.select(page.c.id, page.c.sha256).where(page.c.entry_id.in_(some)))
        if pages.get(row.id) == row.sha256
    }
    for some in parts(sorted(found)):
        conn.execute(sa.update(page).where(page.c.id.in_(some)).values(sha256=keep_body(conn, b"")))
    return sum(drop_unused(conn, some) for some in parts(sorted(set(found.values()))))
