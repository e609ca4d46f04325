"""Backups: every row of either database comes back in either; what is damaged is refused before anything changes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from hypothesis import given
from hypothesis import strategies as st

from factories.candidate import stored_candidate
from offing.errors import BackupUnusable, RunLocked, UsageError
from offing.model.operation.activity import Activity, ActivityKind
from offing.services.matching.reindex import index_faults
from offing.services.monitoring.backup import PARTIAL, Backup, Restoring, Watch, back_up, restore, target_of
from offing.store.accounts.activity import note
from offing.store.backup.backup_file import opened
from offing.store.backup.shapes import Kind, Sum
from offing.store.backup.verify import verify
from offing.store.candidates.index import reindex
from offing.store.database import migrate
from offing.store.database.engine import Database, open_database
from offing.store.database.migrate import check_schema, create_at, current_revision, head_revision, upgrade
from offing.store.tables import feed, metadata, robots
from store.backup.filled import fill


def silent(_done: int, _total: int) -> None:
    """Show no progress."""


SILENT = Watch(silent, silent)
QUIET = Restoring(silent, silent)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Database]:
    """An SQLite database that does not exist yet."""
    (tmp_path / "other").mkdir()
    made = open_database(f"sqlite:///{tmp_path / 'other' / 'offing.db'}")
    yield made
    made.close()


def brought_back(database: Database, made: Backup) -> None:
    """Restore a backup into a database."""
    restore(database, made.file, verify(made.file, silent), target_of(database), QUIET)


def rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, as the code reads them."""
    with database.read() as conn:
        return {
            name: sorted((tuple(row) for row in conn.execute(sa.select(table))), key=repr)
            for name, table in metadata.tables.items()
        }


def test_every_row_comes_back_in_either_database(database: Database, other: Database, tmp_path: Path) -> None:
    """There and back: of either kind into SQLite, and from there into what was there before."""
    counts = fill(database)
    before = rows(database)
    made = back_up(database, tmp_path / "one.backup", SILENT)
    assert {name: each.rows for name, each in made.manifest.tables.items()} == counts
    assert set(counts.values()) == {3}
    brought_back(other, made)
    check_schema(other)
    assert rows(other) == before
    again = back_up(other, tmp_path / "two.backup", SILENT)
    assert again.manifest.tables == made.manifest.tables
    brought_back(database, again)
    check_schema(database)
    assert rows(database) == before


def test_what_is_restored_goes_on_counting_and_refuses_what_it_refused(database: Database, tmp_path: Path) -> None:
    """The next row has a number of its own; what is appended only stays so; foreign keys hold."""
    fill(database)
    brought_back(database, back_up(database, tmp_path / "b", SILENT))
    with database.write() as conn:
        note(conn, Activity(datetime.now(UTC), ActivityKind.EXPORT, "ana", "queue.csv"))
        assert conn.execute(sa.select(sa.func.max(metadata.tables["activity"].c.id))).scalar_one() == 4
    for statement in ("DELETE FROM activity", "UPDATE activity SET id = 9"):
        with pytest.raises(sa.exc.DBAPIError, match="appended only"), database.write() as conn:
            conn.execute(sa.text(statement))
    with pytest.raises(sa.exc.IntegrityError), database.write() as conn:
        conn.execute(sa.text("UPDATE page SET entry_id = 99"))


def test_a_backup_is_one_moment_while_others_write(database: Database, tmp_path: Path) -> None:
    """What is written after its first row is not in it, and its writer waits for nobody."""
    fill(database)
    wrote: list[int] = []

    def write(_done: int, _total: int) -> None:
        if not wrote:
            with database.write() as conn:
                conn.execute(sa.update(feed).values(title="later"))
                conn.execute(sa.delete(metadata.tables["robots"]))
            wrote.append(1)

    made = back_up(database, tmp_path / "b", Watch(write, silent))
    assert made.manifest.tables["robots"].rows == 3
    with opened(made.file) as archive:
        assert ("later",) not in archive.execute("SELECT title FROM feed").fetchall()
    assert wrote


def test_a_backup_is_private_and_takes_no_name_that_is_taken(sqlite_database: Database, tmp_path: Path) -> None:
    """Its owner alone reads it; another file is overwritten only on request; a folder gets a name with the time."""
    os.umask(0)
    folder = tmp_path / "backups"
    folder.mkdir()
    made = back_up(sqlite_database, folder, SILENT)
    assert made.file.parent == folder
    assert made.file.stat().st_mode & 0o777 == 0o600
    taken = folder / "taken"
    taken.write_text("mine")
    with pytest.raises(UsageError, match="--overwrite"):
        back_up(sqlite_database, taken, SILENT)
    assert taken.read_text() == "mine"
    assert back_up(sqlite_database, taken, SILENT, overwrite=True).size == taken.stat().st_size > 4
    assert sorted(folder.iterdir()) == sorted([made.file, taken])


def test_what_fails_leaves_no_file(sqlite_database: Database, tmp_path: Path) -> None:
    """A folder that is not there, or a fault in the middle: neither a backup nor half of one."""

    def break_off(_done: int, _total: int) -> None:
        raise RuntimeError("in the middle")

    with pytest.raises(UsageError, match="No such file"):
        back_up(sqlite_database, tmp_path / "none" / "b", SILENT)
    fill(sqlite_database)
    (tmp_path / "to").mkdir()
    for watch in (Watch(break_off, silent), Watch(silent, break_off)):
        with pytest.raises(RuntimeError, match="in the middle"):
            back_up(sqlite_database, tmp_path / "to" / "b", watch)
        assert not list((tmp_path / "to").iterdir())


def test_what_a_killed_backup_left_goes_with_a_later_one(sqlite_database: Database, tmp_path: Path) -> None:
    """After a day; a younger one may be somebody's at work."""
    (tmp_path / "to").mkdir()
    old, young = (tmp_path / "to" / f".b.{name}{PARTIAL}" for name in ("old", "young"))
    for each in (old, young):
        each.touch()
    os.utime(old, (0, 0))
    back_up(sqlite_database, tmp_path / "to" / "b", SILENT)
    assert not old.exists()
    assert young.exists()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> bytes:
    """The bytes of a good backup."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "offing.db").write_bytes(sqlite_template.read_bytes())
    opened_one = open_database(f"sqlite:///{folder / 'offing.db'}")
    fill(opened_one)
    found = back_up(opened_one, folder / "b", SILENT).file.read_bytes()
    opened_one.close()
    return found


@given(share=st.floats(0, 1, exclude_max=True), keep=st.booleans())
def test_whatever_is_cut_off_or_changed_is_refused_or_harmless(
    whole: bytes, tmp_path_factory: pytest.TempPathFactory, share: float, keep: bool
) -> None:
    """A truncated backup is refused; so is one with bytes changed, unless none of them belongs to a row."""
    file, at = tmp_path_factory.mktemp("hurt") / "b", int(share * len(whole))
    changed = bytes(each ^ 0x5A for each in whole[at : at + 64])
    file.write_bytes(whole[:at] + (changed + whole[at + 64 :] if keep else b""))
    if not keep:
        with pytest.raises(BackupUnusable):
            verify(file, silent)
        return
    with suppress(BackupUnusable):
        tables = verify(file, silent).tables
        (file.parent / "good").write_bytes(whole)
        assert tables == verify(file.parent / "good", silent).tables


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100, b"SQLite format 3\x00"])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    """An empty file, any other file, a database that is none."""
    (tmp_path / "b").write_bytes(content)
    with pytest.raises(BackupUnusable, match="cannot be restored"):
        verify(tmp_path / "b", silent)


def test_a_copy_of_a_database_is_no_backup(sqlite_template: Path) -> None:
    """Nobody knows whether it is whole."""
    with pytest.raises(BackupUnusable, match="was not written by"):
        verify(sqlite_template, silent)


def test_one_changed_value_is_noticed(database: Database, tmp_path: Path) -> None:
    """Though the pages are sound, its table is not as it was written."""
    fill(database)
    made = back_up(database, tmp_path / "b", SILENT)
    with opened(made.file, write=True) as archive:
        archive.execute("UPDATE feed SET title = 'another' WHERE id = 2")
    with pytest.raises(BackupUnusable, match="table feed is not as it was written"):
        verify(made.file, silent)


def test_a_newer_backup_names_the_version_to_install(database: Database, tmp_path: Path) -> None:
    """An older offing cannot know its tables."""
    made = back_up(database, tmp_path / "b", SILENT)
    with opened(made.file, write=True) as archive:
        archive.execute("UPDATE offing_backup SET revision = '29990101_0001', version = '9.1.0'")
    with pytest.raises(BackupUnusable, match=r"install offing 9\.1\.0 or newer"):
        verify(made.file, silent)


def test_an_older_backup_is_upgraded(database_url: str, other: Database, tmp_path: Path) -> None:
    """Of a schema of before, from either database; restored, it has the schema of today and its row."""
    old = open_database(database_url)
    with old.engine.connect() as conn:
        config = migrate._config()
        config.attributes["connection"] = conn
        command.upgrade(config, "20261125_0001")
        conn.execute(
            sa.text(
                "INSERT INTO feed (url, url_key, title, groups, kind, unverified, state, added_at) "
                "VALUES ('https://a.test/', 'a.test/', 'A', '[]', 'media', :no, 'new', '2026-01-01')"
            ),
            {"no": False},
        )
        conn.commit()
    made = back_up(old, tmp_path / "b", SILENT)
    assert made.manifest.revision == "20261125_0001"
    for target in (other, old):
        brought_back(target, made)
        assert current_revision(target) == head_revision()
        with target.read() as conn:
            assert conn.execute(sa.select(feed.c.title, feed.c.publisher)).one() == ("A", "media")
    old.close()


def test_an_upgrade_is_rolled_back_in_place(database_url: str, tmp_path: Path) -> None:
    """On either database, into the one that was upgraded: the schema and the rows of before, and it can go on."""
    old = open_database(database_url)
    create_at(old, "20261203_0026")
    with old.write() as conn:
        row = {"origin": "https://a.test", "content": "x", "until": datetime(2026, 1, 1, tzinfo=UTC)}
        conn.execute(sa.insert(robots).values(**row))
    before = back_up(old, tmp_path / "b", SILENT)
    upgrade(old)
    with old.write() as conn:
        conn.execute(sa.update(robots).values(content="since the upgrade"))
    how = Restoring(silent, silent, upgrade=False)
    assert not restore(old, before.file, verify(before.file, silent), target_of(old), how)
    assert current_revision(old) == "20261203_0026"
    assert back_up(old, tmp_path / "c", SILENT).manifest.tables == before.manifest.tables
    upgrade(old)
    check_schema(old)
    old.close()


def test_what_is_restored_is_searched_at_once(database: Database, other: Database, tmp_path: Path) -> None:
    """The index is made before the database has its place: a restore that was killed leaves none without it."""
    with database.write() as conn:
        reindex(conn, stored_candidate(conn), stored_candidate(conn))
        assert not index_faults(conn)
    made = back_up(database, tmp_path / "b", SILENT)
    seen: list[int] = []
    how = Restoring(silent, lambda done, total: seen.extend((done, total)))
    for target in (other, database):
        assert restore(target, made.file, made.manifest, target_of(target), how)
        with target.read() as conn:
            assert not index_faults(conn)
    assert seen == [0, 2, 0, 2]

    def break_off(_done: int, _total: int) -> None:
        raise RuntimeError("while it is indexed")

    with database.write() as conn:
        conn.execute(sa.update(feed).values(title="newer than the backup"))
    with pytest.raises(RuntimeError, match="while it is indexed"):
        restore(database, made.file, made.manifest, target_of(database), Restoring(silent, break_off))
    with database.read() as conn:
        assert set(conn.execute(sa.select(feed.c.title)).scalars()) == {"newer than the backup"}


def test_a_damaged_database_can_be_replaced(sqlite_database: Database, tmp_path: Path) -> None:
    """That is what a backup is for: no row of it can be counted, and its log is not taken for that of the new one."""
    fill(sqlite_database)
    before = rows(sqlite_database)
    made = back_up(sqlite_database, tmp_path / "b", SILENT)
    sqlite_database.close()
    file = Path(str(sqlite_database.engine.url.database))
    file.write_bytes(b"rubbish" * 1000)
    Path(f"{file}-wal").write_bytes(b"rubbish" * 1000)
    assert target_of(sqlite_database).rows is None
    brought_back(sqlite_database, made)
    assert rows(sqlite_database) == before


def test_a_database_that_others_have_open_is_not_replaced(database: Database, tmp_path: Path) -> None:
    """The service or the web app would go on with what is no longer there."""
    fill(database)
    made = back_up(database, tmp_path / "b", SILENT)
    service = open_database(database.engine.url.render_as_string(hide_password=False))
    with service.read() as conn:
        conn.execute(sa.select(feed.c.id)).all()
    with pytest.raises(RunLocked, match="stop the service"):
        brought_back(database, made)
    service.close()
    brought_back(database, made)


def test_a_failed_restore_leaves_the_database_as_it_was(database: Database, tmp_path: Path) -> None:
    """Broken off in the middle, nothing has changed, and nothing lies about."""
    fill(database, rows=2)
    made = back_up(database, tmp_path / "b", SILENT)
    with database.write() as conn:
        conn.execute(sa.update(feed).values(title="newer than the backup"))
    before, files = rows(database), sorted(tmp_path.iterdir())

    def break_off(_done: int, _total: int) -> None:
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        restore(database, made.file, made.manifest, target_of(database), Restoring(break_off, silent))
    assert rows(database) == before
    database.close()
    assert {each for each in tmp_path.iterdir() if ".lock" not in each.name} <= set(files)


def test_the_digest_tells_rows_apart_and_forgets_their_order() -> None:
    """Whatever order a database has them in; JSON by what it says, times by when they are."""
    kinds = (Kind.PLAIN, Kind.JSON, Kind.MOMENT)
    one = (1, '{"a": 1.0, "b": null}', "2026-01-01 00:00:00.000000")
    same = (1, '{"b":null,"a":1}', "2026-01-01")
    others = [(2, *one[1:]), (1, '{"a": 1}', one[2]), (*one[:2], None), (1, None, one[2]), (b"1", *one[1:])]

    def of(*found: tuple[object, ...]) -> str:
        total = Sum()
        for each in found:
            total.add(each, kinds)
        return total.digest

    assert of(one) == of(same)
    assert of(one, others[0]) == of(others[0], same)
    assert len({of(one), of(one, one), of(), *(of(each) for each in others)}) == 3 + len(others)
