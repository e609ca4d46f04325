"""Releases in the store."""

from datetime import timedelta

from factories.candidate import NOW
from offing.model.projects.release import Release
from offing.store.database.engine import Database
from offing.store.records.release import get_release, insert_release, release_before, releases


def test_releases_know_what_came_before(database: Database) -> None:
    """A release is read as written; the one before a version is the newest that was published earlier."""
    first, second = (Release(f"1.{n}", NOW + timedelta(days=n), {"off-2026-000001": str(n)}) for n in (0, 1))
    with database.write() as conn:
        assert release_before(conn, "1.0") is None
        insert_release(conn, first)
        insert_release(conn, second)
        assert get_release(conn, "1.0") == first
        assert get_release(conn, "2.0") is None
        assert release_before(conn, "2.0") == second
        assert release_before(conn, "1.1") == first
        assert release_before(conn, "1.0") is None
        assert releases(conn) == (first, second)


def test_a_version_is_given_once(database: Database) -> None:
    """A version that is there already stays as it is."""
    first = Release("1.0", NOW, {})
    with database.write() as conn:
        insert_release(conn, first)
        insert_release(conn, Release("1.0", NOW, {"off-2026-000001": "x"}))
        assert releases(conn) == (first,)
