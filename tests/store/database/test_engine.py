"""How a database is opened: its file, its transactions, its own words for days and small letters."""

from __future__ import annotations

import stat
import sys
import tempfile
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from factories.candidate import NOW, stored_row
from offing.errors import DatabaseError, MachineTrouble
from offing.store import tables
from offing.store.database.engine import Database, day_of, open_database
from offing.store.database.migrate import current_revision, head_revision, upgrade


@pytest.mark.parametrize("name", ["offing.db", "zz.db", "{folder}/offing.db", "~file.db"])
def test_a_file_is_made_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Whether it is named from the root or from here."""
    monkeypatch.chdir(tmp_path)
    opened = open_database(f"sqlite:///{name.format(folder=tmp_path)}")
    with opened.write() as conn:
        conn.exec_driver_sql("CREATE TABLE t (x)")
    opened.close()
    (file,) = tmp_path.glob("*.db")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_what_is_kept_in_memory_makes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """Neither an empty one nor one of that name."""
    monkeypatch.chdir(tmp_path)
    opened = open_database(url)
    with opened.write() as conn:
        assert conn.exec_driver_sql("SELECT lower('ÀB')").scalar_one() == "àb"
    opened.close()
    assert list(tmp_path.iterdir()) == []


def test_an_address_of_a_file_is_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite makes the file that it stands for, and no other is made."""
    monkeypatch.chdir(tmp_path)
    opened = open_database("sqlite:///file:here.db?uri=true")
    with opened.write() as conn:
        conn.exec_driver_sql("CREATE TABLE t (x)")
    opened.close()
    assert {each.name for each in tmp_path.iterdir()} == {"here.db"}


def test_who_reads_waits_for_no_writer(tmp_path: Path) -> None:
    """A second writer does, and is told so; what was written is seen once it is committed, by every thread."""
    one, two = (open_database(f"sqlite:///{tmp_path / 'a.db'}", busy=0.05) for _ in range(2))
    with one.write() as conn:
        conn.exec_driver_sql("CREATE TABLE t (x)")
    with one.write() as writing:
        writing.exec_driver_sql("INSERT INTO t VALUES (1)")
        with two.read() as reading:
            assert reading.exec_driver_sql("SELECT count(*) FROM t").scalar_one() == 0
        with pytest.raises(MachineTrouble, match="locked"), two.write():
            pass
    seen: list[int] = []

    def look() -> None:
        with one.read() as conn:
            seen.append(conn.exec_driver_sql("SELECT count(*) FROM t").scalar_one())

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [1]
    with pytest.raises(sa.exc.OperationalError), one.write() as conn:
        _broken(conn)
    look()
    assert seen == [1, 1]
    for each in (one, two):
        each.close()


def test_a_database_is_brought_up_to_date_beside_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who does so is known by a file beside it, which goes; nothing is left where others leave theirs."""
    (tmp_path / "file").touch()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file"))
    opened = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    upgrade(opened)
    assert current_revision(opened) == head_revision()
    opened.close()
    assert not list(tmp_path.glob("*.lock"))


def _broken(conn: sa.Connection) -> None:
    conn.exec_driver_sql("INSERT INTO t VALUES (2)")
    conn.exec_driver_sql("INSERT INTO nowhere VALUES (2)")


def test_a_database_says_what_it_is(tmp_path: Path) -> None:
    """Rows of other tables that it names have to be there; letters of all scripts have small ones."""
    opened = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    assert opened.is_sqlite
    driver = "pysqlite3.dbapi2" if sys.platform == "linux" else "sqlite3.dbapi2"
    assert opened.engine.dialect.loaded_dbapi.__name__ == driver
    with opened.read() as conn:
        names = ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        found = [conn.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]
        assert found == ["wal", 1, 2, 10_000]
        assert conn.exec_driver_sql("SELECT lower(NULL)").scalar() is None
        assert conn.exec_driver_sql("SELECT lower(7)").scalar() == 7
    opened.close()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://u:p@h/d", "mysql is not supported"),
        ("zzz://u:p@h/d", "zzz is not supported"),
        ("aaa://u:p@h/d", "aaa is not supported"),
        ("zzz://u:p@h/d@x", "has an @ too many"),
        ("mysql://u:p@h/d@x", "has an @ too many"),
        ("postgresql://u:p@h/d@x", "has an @ too many"),
        ("postgresql://u:@k3=v?p@h/d", "has an @ too many"),
        ("", "is not a database URL"),
        ("://x", "is not a database URL"),
    ],
)
def test_what_cannot_be_opened_is_said(url: str, said: str) -> None:
    """Without the password."""
    with pytest.raises(DatabaseError, match=said) as caught:
        open_database(url)
    assert all(part not in str(caught.value) for part in ("p@h", "k3"))


def test_days_are_those_of_utc(database: Database) -> None:
    """From the first moment of a day to the last."""
    midnight = NOW.replace(hour=0)
    with database.write() as conn:
        for number, at in enumerate((midnight - timedelta(seconds=1), midnight, midnight + timedelta(hours=23.99))):
            stored_row(conn, tables.work, verb="fetch", item_id=number, due_at=at)
        found = conn.execute(sa.select(day_of(conn, tables.work.c.due_at)).order_by(tables.work.c.id)).scalars()
        assert list(found) == ["2026-03-04", "2026-03-05", "2026-03-05"]
