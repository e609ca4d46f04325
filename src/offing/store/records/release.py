"""Releases: which were published, and the digests of their contents."""

from __future__ import annotations

import sqlalchemy as sa

from offing.model.projects.release import Release
from offing.store.database.upsert import insert
from offing.store.tables import release


def get_release(conn: sa.Connection, version: str) -> Release | None:
    """Return the release of this version; None if it was never published."""
    row = conn.execute(sa.select(release).where(release.c.version == version)).first()
    return None if row is None else Release(row.version, row.published_at, row.digests)


def release_before(conn: sa.Connection, version: str) -> Release | None:
    """Return the release before this version, or the last of all if this one is not published yet."""
    chosen = sa.select(release).where(release.c.version != version)
    known = get_release(conn, version)
    if known is not None:
        chosen = chosen.where(release.c.published_at < known.published_at)
    row = conn.execute(chosen.order_by(release.c.published_at.desc()).limit(1)).one_or_none()
    return None if row is None else Release(row.version, row.published_at, row.digests)


def insert_release(conn: sa.Connection, new: Release) -> None:
    """Write a release; an existing one of the same version stays as it is."""
    row = {"version": new.version, "published_at": new.published_at, "digests": new.digests}
    conn.execute(insert(conn, release).values(**row).on_conflict_do_nothing())


def releases(conn: sa.Connection) -> tuple[Release, ...]:
    """Return all releases, oldest first."""
    rows = conn.execute(sa.select(release).order_by(release.c.published_at, release.c.version))
    return tuple(Release(row.version, row.published_at, row.digests) for row in rows)


def is_published(conn: sa.Connection, project_id: str) -> bool:
    """Return whether an id is in a release, where it may have been cited."""
    return any(project_id in each.digests for each in releases(conn))
