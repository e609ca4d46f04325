"""How many rows would go, and about how many bytes they take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from offing.store.database.batch import parts
from offing.store.database.dialect import of_dialect
from offing.store.tables import article, candidate, entry, mention, page, story
from offing.store.upkeep.knots import Knot


@dataclass(frozen=True, slots=True)
class Size:
    """A number of rows, and the bytes of their values: without indexes and the database's own overhead."""

    rows: int = 0
    bytes: int = 0

    def __add__(self, other: Size) -> Size:
        """Return the size of both."""
        return Size(self.rows + other.rows, self.bytes + other.bytes)


def size_of_rows(conn: sa.Connection, table: sa.Table, condition: sa.ColumnElement[bool]) -> Size:
    """Return the size of the rows of a table that meet a condition."""
    width = sum((_width(conn.dialect, column) for column in table.c), sa.literal(0))
    asked = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(width), 0)).select_from(table).where(condition)
    rows, found = conn.execute(asked).one()
    return Size(rows, int(found))


def packed_size(conn: sa.Connection, column: sa.Column[bytes]) -> sa.ColumnElement[int]:
    """Return the length of a binary column, which neither database reads for it."""
    return of_dialect(conn.dialect, sqlite=sa.func.length, postgresql=sa.func.octet_length)(column)


def _width(dialect: sa.Dialect, column: sa.Column[Any]) -> sa.ColumnElement[int]:
    as_bytes = of_dialect(
        dialect,
        sqlite=sa.func.length(sa.cast(column, sa.LargeBinary())),
        postgresql=sa.func.octet_length(sa.cast(column, sa.Text())),
    )
    return sa.func.coalesce(as_bytes, 0)


def size_of_knots(conn: sa.Connection, knots: Sequence[Knot]) -> dict[str, Size]:
    """Return what pruning some knots would delete, by noun; without the contents of their pages."""
    entries = [entry_id for knot in knots for entry_id in knot.entries]
    stories = [story_id for knot in knots for story_id in knot.stories]
    pages = _ids(conn, page.c.id, page.c.entry_id, entries)
    articles = _ids(conn, article.c.id, article.c.page_id, pages)
    return {
        "entries": _of(conn, entry.c.id, entries) + _of(conn, entry.c.same_as, entries),
        "pages": _of(conn, page.c.id, pages),
        "articles": _of(conn, article.c.id, articles),
        "mentions": _of(conn, mention.c.article_id, articles),
        "stories": _of(conn, story.c.id, stories),
        "candidates below the cut": _of(conn, candidate.c.story_id, stories),
    }


def _ids(conn: sa.Connection, column: sa.Column[int], where: sa.Column[int], keys: Iterable[int]) -> list[int]:
    return [found for some in parts(keys) for found in conn.execute(sa.select(column).where(where.in_(some))).scalars()]


def _of(conn: sa.Connection, where: sa.Column[int], keys: Iterable[int]) -> Size:
    return sum((size_of_rows(conn, where.table, where.in_(some)) for some in parts(keys)), Size())
