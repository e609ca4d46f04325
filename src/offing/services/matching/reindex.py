"""Rebuilds and checks the index (facets and words) by which candidates are found."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from offing.store.candidates.index import outdated, reindex
from offing.store.candidates.search import not_kept
from offing.store.database.engine import Database
from offing.store.stories.story import lock_stories
from offing.store.tables import candidate

BATCH = 500  # candidates in one transaction
_MOST = 5  # ids in a sentence


def reindex_all(database: Database) -> Iterator[tuple[int, int]]:
    """Rebuild the index entries of all candidates; it can be interrupted at any time and started again.

    Yields:
        How many candidates are done, after each transaction, and how many there are.
    """
    with database.read() as conn:
        ids = list(conn.execute(sa.select(candidate.c.id).order_by(candidate.c.id)).scalars())
    for start in range(0, len(ids), BATCH):
        with database.write() as conn:
            lock_stories(conn)  # so that nothing is indexed from a story that is just changing
            reindex(conn, *ids[start : start + BATCH])
        yield min(start + BATCH, len(ids)), len(ids)


def index_faults(conn: sa.Connection) -> tuple[str, ...]:
    """Return a sentence for each kind of index fault, with the candidates concerned; none if all is well."""
    ids = list(conn.execute(sa.select(candidate.c.id).order_by(candidate.c.id)).scalars())
    wrong = {
        "candidates not found by their words": not_kept(conn),
        "candidates filtered by other values than theirs": outdated(conn, ids),
    }
    return tuple(f"{what}: {_listed(found)}; run `offing db reindex`" for what, found in wrong.items() if found)


def _listed(ids: tuple[int, ...]) -> str:
    more = f" and {len(ids) - _MOST} more" if len(ids) > _MOST else ""
    return ", ".join(map(str, ids[:_MOST])) + more
