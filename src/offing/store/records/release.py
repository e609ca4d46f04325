"""Releases: which were published, by whom, and what each said of every project.

What a release says of a project is stored once for as long as releases repeat it: a row holds from release `first` to
release `last`. So a release costs what it changed, and any release can be read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from offing.model.projects.release import Adoption, Release, Statistics, StoredProject, TableLayout, Yank
from offing.model.values.codec import from_plain, to_plain
from offing.store.database.batch import BATCH, parts
from offing.store.database.dialect import by_characters
from offing.store.database.upsert import insert, is_any
from offing.store.tables import release, release_content, release_document


def get_release(conn: sa.Connection, version: str) -> Release | None:
    """The release of this version; None if it was never published."""
    row = conn.execute(sa.select(release).where(release.c.version == version)).first()
    return None if row is None else _release(row)


def last_release(conn: sa.Connection) -> Release | None:
    """The newest release."""
    row = conn.execute(sa.select(release).order_by(release.c.number.desc()).limit(1)).first()
    return None if row is None else _release(row)


def adopted_release(conn: sa.Connection) -> Release | None:
    """The release of another site that this one adopted as the start of its records, if it did."""
    row = conn.execute(sa.select(release).where(release.c.adopted_at.is_not(None))).first()
    return None if row is None else _release(row)


def insert_release(conn: sa.Connection, new: Release) -> bool:
    """Write a release under the next number, ignoring `new.number`; return whether it was written.

    An existing one of the same version stays as it is.
    """
    highest = sa.select(sa.func.coalesce(sa.func.max(release.c.number), 0) + 1).scalar_subquery()
    row = {
        "version": new.version,
        "number": highest,
        "published_at": new.published_at,
        "published_by": new.published_by,
        "records": new.records,
        "layout": to_plain(new.layout, tuple[TableLayout, ...]),
        "statistics": to_plain(new.statistics, Statistics),
        "adopted_at": new.adopted.at if new.adopted else None,
        "adopted_by": new.adopted.by if new.adopted else "",
    }
    added = insert(conn, release).values(**row).on_conflict_do_nothing(index_elements=["version"])
    return conn.execute(added.returning(release.c.version)).first() is not None


def releases(conn: sa.Connection) -> tuple[Release, ...]:
    """All releases, oldest first."""
    return tuple(map(_release, conn.execute(sa.select(release).order_by(release.c.number))))


def releases_with(conn: sa.Connection, project_id: str) -> tuple[Release, ...]:
    """Return the releases that describe or retire a project, oldest first."""
    held = sa.exists().where(
        release_content.c.project_id == project_id,
        release_content.c.first <= release.c.number,
        sa.or_(release_content.c.last.is_(None), release_content.c.last >= release.c.number),
    )
    return tuple(map(_release, conn.execute(sa.select(release).where(held).order_by(release.c.number))))


def yank_release(conn: sa.Connection, version: str, yank: Yank) -> None:
    """Mark a release as one that should not be used."""
    change = sa.update(release).where(release.c.version == version)
    conn.execute(change.values(yanked_at=yank.at, yanked_by=yank.by, yanked_reason=yank.reason))


def is_published(conn: sa.Connection, project_id: str) -> bool:
    """Whether an id is in a release, where it may have been cited."""
    return is_any(conn, sa.select(release_content.c.first).where(release_content.c.project_id == project_id))


def put_content(conn: sa.Connection, number: int, contents: Iterable[StoredProject]) -> None:
    """Write what a release says of some projects, each of which the release before described otherwise or not at all.

    Args:
        conn: a transaction that may write.
        number: of the release, which is the newest.
        contents: the projects that changed.
    """
    for some in parts(contents):
        ids = [each.project_id for each in some]
        standing = (release_content.c.project_id.in_(ids)) & (release_content.c.last.is_(None))
        conn.execute(sa.update(release_content).where(standing).values(last=number - 1))
        rows = [
            {"project_id": each.project_id, "first": number, "digest": each.digest, "packed": each.packed}
            for each in some
        ]
        conn.execute(sa.insert(release_content), rows)


def content_ids(conn: sa.Connection, number: int) -> Iterator[str]:
    """Yield the ids of all projects that a release describes or retires, by their characters, not read at once."""
    chosen = sa.select(release_content.c.project_id).where(_holds(number))
    ordered = chosen.order_by(by_characters(conn.dialect, release_content.c.project_id))
    yield from conn.execute(ordered.execution_options(yield_per=BATCH)).scalars()


def content(conn: sa.Connection, number: int, ids: Iterable[str]) -> dict[str, StoredProject]:
    """What a release says of some projects, by id; those that it does not know are left out."""
    found: dict[str, StoredProject] = {}
    chosen = sa.select(release_content).where(_holds(number))
    for some in parts(ids):
        rows = conn.execute(chosen.where(release_content.c.project_id.in_(some)))
        found |= {row.project_id: StoredProject(row.project_id, row.digest, row.packed) for row in rows}
    return found


def changed_between(conn: sa.Connection, one: int, other: int) -> list[str]:
    """The ids of the projects of which two releases may say different things, sorted."""
    low, high = sorted((one, other))
    begun = sa.and_(release_content.c.first > low, release_content.c.first <= high)
    ended = sa.and_(release_content.c.last >= low, release_content.c.last < high)
    chosen = sa.select(release_content.c.project_id).where(sa.or_(begun, ended)).distinct()
    return sorted(conn.execute(chosen).scalars())


def put_documents(conn: sa.Connection, number: int, packed: Iterable[tuple[str, bytes]]) -> None:
    """Write the other files of a release, packed."""
    for name, content_of in packed:
        conn.execute(sa.insert(release_document).values(number=number, name=name, packed=content_of))


def documents(conn: sa.Connection, number: int) -> Iterator[tuple[str, bytes]]:
    """The other files of a release by name, packed, one at a time."""
    chosen = sa.select(release_document.c.name).where(release_document.c.number == number)
    for name in sorted(conn.execute(chosen).scalars()):
        one = sa.select(release_document.c.packed).where(release_document.c.number == number)
        yield name, conn.execute(one.where(release_document.c.name == name)).scalar_one()


def size_of(conn: sa.Connection, number: int) -> int:
    """How many bytes are stored for a release alone: its files, and what it says otherwise than the one before."""
    length = sa.func.coalesce(sa.func.sum(sa.func.length(release_content.c.packed)), 0)
    rows = conn.execute(sa.select(length).where(release_content.c.first == number)).scalar_one()
    files = sa.func.coalesce(sa.func.sum(sa.func.length(release_document.c.packed)), 0)
    return int(rows) + int(conn.execute(sa.select(files).where(release_document.c.number == number)).scalar_one())


def _holds(number: int) -> sa.ColumnElement[bool]:
    ended = sa.or_(release_content.c.last.is_(None), release_content.c.last >= number)
    return sa.and_(release_content.c.first <= number, ended)


def _release(row: sa.Row[tuple[object, ...]]) -> Release:
    yank = Yank(row.yanked_at, row.yanked_by, row.yanked_reason) if row.yanked_at else None
    adoption = Adoption(row.adopted_at, row.adopted_by) if row.adopted_at else None
    return Release(
        version=row.version,
        published_at=row.published_at,
        published_by=row.published_by,
        number=row.number,
        records=row.records,
        layout=from_plain(row.layout, tuple[TableLayout, ...]),
        statistics=from_plain(row.statistics, Statistics),
        yanked=yank,
        adopted=adoption,
    )
