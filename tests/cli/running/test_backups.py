"""offing db backup and restore: what they say, ask and refuse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from site_runner import Shell, ended, shell_in, site_in

from factories.candidate import stored_candidate
from offing.store.backup.backup_file import opened
from offing.store.database.engine import open_database
from offing.store.database.migrate import create_at, current_revision, head_revision


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_template: Path) -> Iterator[Shell]:
    """A shell in a new site, with a candidate in the queue."""
    with site_in(tmp_path, monkeypatch, sqlite_template) as found:
        database = open_database(f"sqlite:///{tmp_path / 'offing.db'}")
        with database.write() as conn:
            stored_candidate(conn)
        database.close()
        found.call("db", "reindex")
        yield found


def test_a_site_comes_back_in_another_folder(site: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line at the end of each command; candidates are found by their words; the data is consistent."""
    printed = site.call("db", "backup", "b")
    assert printed.startswith("backup written: b, ")
    assert "rows in 11 tables" in printed
    assert head_revision() in printed
    other = site.folder / "other"
    other.mkdir()
    monkeypatch.chdir(other)
    printed = site.call("db", "restore", "../b")
    assert printed.startswith("restored: ../b, ")
    assert "rows in 11 tables" in printed
    assert len(site.json("queue", "list", "--search", "huawei", "--json")) == 1
    assert "data: consistent" in site.call("db", "check")


def test_data_is_replaced_only_on_request_and_after_a_yes(site: Shell) -> None:
    """Without --replace it names it; then it asks; a no changes nothing, nor does silence."""
    site.call("db", "backup", "b")
    before = (site.folder / "offing.db").stat().st_ino
    assert "use `--replace`" in site.refused("db", "restore", "b")
    for answer in ("n\n", ""):
        done = ended(site.folder, "db", "restore", "b", "--replace", stdin=answer)
        assert done.returncode == 130
        assert "The database holds" in done.stderr
    assert (site.folder / "offing.db").stat().st_ino == before
    assert ended(site.folder, "db", "restore", "b", "--replace", stdin="y\n").returncode == 0
    assert (site.folder / "offing.db").stat().st_ino != before
    site.call("db", "restore", "b", "--replace", "--yes")


def test_what_cannot_be_used_is_one_line(site: Shell) -> None:
    """No backup, no such file, no site: exit code 2 and the remedy."""
    assert "name a backup" in site.refused("db", "restore", "none")
    assert "was not written by" in site.refused("db", "restore", "offing.db", "--replace")
    (site.folder / "offing.db").rename(site.folder / "away")
    assert "offing init" in site.refused("db", "backup", "b")
    assert not (site.folder / "b").exists()


def test_an_upgrade_leaves_a_way_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It backs up before it migrates, prints the command that brings it back, and makes none where nothing changes."""
    before = "20261203_0026"
    with shell_in(tmp_path, monkeypatch) as shell:
        database = open_database(f"sqlite:///{tmp_path / 'offing.db'}")
        create_at(database, before)
        database.close()
        printed = shell.call("db", "upgrade")
        (made,) = tmp_path.glob(f"offing-{before}-*.backup")
        command = f"offing db restore {made.name} --replace --no-upgrade"
        assert f"to roll back: {command}\n" in printed
        assert "backup written" not in shell.call("db", "upgrade")
        with opened(made) as archive:
            assert archive.execute("SELECT version_num FROM alembic_version").fetchone() == (before,)
        back = shell.call(*command.split()[1:], "--yes")
        assert f"left at revision {before}: now install the older offing, and run `offing db reindex`" in back
        assert current_revision(database) == before
        database.close()
        assert f"upgraded from revision {before}" in shell.call("db", "restore", made.name, "--replace", "--yes")


def test_init_upgrades_no_site_without_a_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An older database gets the same backup as by `db upgrade`; a new one, and one of today, none."""
    before = "20261203_0026"
    with shell_in(tmp_path, monkeypatch) as shell:
        database = open_database(f"sqlite:///{tmp_path / 'offing.db'}")
        create_at(database, before)
        database.close()
        assert "to roll back: offing db restore " in shell.call("init")
        (made,) = tmp_path.glob(f"offing-{before}-*.backup")
        assert "backup" not in shell.call("init")
        (tmp_path / "offing.db").unlink()
        assert "backup" not in shell.call("init")
        assert list(tmp_path.glob("*.backup")) == [made]


def test_without_a_backup_nothing_is_upgraded_but_on_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A backup that cannot be made stops the upgrade before it has changed anything."""
    with shell_in(tmp_path, monkeypatch) as shell:
        database = open_database(f"sqlite:///{tmp_path / 'offing.db'}")
        create_at(database, "20261125_0001")
        with database.write() as conn:
            conn.execute(sa.text("ALTER TABLE robots RENAME TO elsewhere"))
        assert shell.run("db", "upgrade").exit_code != 0
        assert current_revision(database) == "20261125_0001"
        with database.write() as conn:
            conn.execute(sa.text("ALTER TABLE elsewhere RENAME TO robots"))
        database.close()
        shell.call("db", "upgrade", "--no-backup")
        assert current_revision(database) == head_revision()
        assert not list(tmp_path.glob("*.backup"))
