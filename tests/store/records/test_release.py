"""Releases in the store."""

from datetime import timedelta

from factories.candidate import NOW
from offing.model.projects.release import Release, StoredProject, TableFigures, TableLayout, Yank
from offing.store.database.engine import Database
from offing.store.records.release import (
    changed_between,
    content,
    content_ids,
    documents,
    get_release,
    insert_release,
    is_published,
    last_release,
    put_content,
    put_documents,
    releases,
    size_of,
    yank_release,
)

LAYOUT = (TableLayout("projects", (("id", "string"), ("sources", "integer"))),)
FIRST, SECOND, THIRD = (f"off-2026-00000{number}" for number in (1, 2, 3))


def _release(number: int) -> Release:
    figures = {"projects": TableFigures(2, {"id": 2, "sources": 1})}
    return Release(f"1.{number}", NOW + timedelta(days=number), "dana", number + 1, 2, LAYOUT, figures)


def _said(project_id: str, words: str) -> StoredProject:
    return StoredProject(project_id, f"{words:0>64}", words.encode())


def test_releases_know_what_came_before(database: Database) -> None:
    """A release is read as written; the last is the one that was published last."""
    first, second = _release(0), _release(1)
    with database.write() as conn:
        assert last_release(conn) is None
        assert insert_release(conn, first)
        assert insert_release(conn, second)
        assert get_release(conn, "1.0") == first
        assert get_release(conn, "2.0") is None
        assert last_release(conn) == second
        assert releases(conn) == (first, second)


def test_a_version_is_given_once(database: Database) -> None:
    """A version that is there already stays as it is."""
    with database.write() as conn:
        assert insert_release(conn, _release(0))
        assert not insert_release(conn, Release("1.0", NOW, "eve"))
        assert releases(conn) == (_release(0),)


def test_what_stays_the_same_is_stored_once(database: Database) -> None:
    """Each release says what it said, whatever later ones say; what they repeat costs them nothing."""
    with database.write() as conn:
        for number, said in enumerate(
            ([_said(FIRST, "one"), _said(SECOND, "two")], [_said(SECOND, "other"), _said(THIRD, "three")], []), 1
        ):
            insert_release(conn, _release(number - 1))
            put_content(conn, number, said)
            put_documents(conn, number, [("b.txt", b"12"), ("a.txt", b"1")])
        assert list(content_ids(conn, 1)) == [FIRST, SECOND]
        assert list(content_ids(conn, 2)) == list(content_ids(conn, 3)) == [FIRST, SECOND, THIRD]
        assert content(conn, 1, [FIRST, SECOND, THIRD]) == {FIRST: _said(FIRST, "one"), SECOND: _said(SECOND, "two")}
        assert content(conn, 3, [SECOND]) == {SECOND: _said(SECOND, "other")}
        assert changed_between(conn, 1, 2) == changed_between(conn, 3, 1) == [SECOND, THIRD]
        assert changed_between(conn, 2, 3) == []
        assert [size_of(conn, number) for number in (1, 2, 3)] == [9, 13, 3]
        assert list(documents(conn, 2)) == [("a.txt", b"1"), ("b.txt", b"12")]
        assert [is_published(conn, each) for each in (THIRD, "off-2026-000009")] == [True, False]


def test_a_yanked_release_says_why(database: Database) -> None:
    """Who, when and why are kept; no other release is touched."""
    yank = Yank(NOW, "dana", "a sum is wrong")
    with database.write() as conn:
        insert_release(conn, _release(0))
        insert_release(conn, _release(1))
        yank_release(conn, "1.0", yank)
        assert [each.yanked for each in releases(conn)] == [yank, None]
