"""Backup and restore in earnest: beside a run at work, killed at any moment, on a disk without room."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from e2e.site import Site, gold, newsroom
from e2e.test_kill import counts, prepared
from offing.services.monitoring.backup import PARTIAL, Watch, back_up
from offing.store.backup.backup_file import TableSum
from offing.store.backup.swap import STAGED
from offing.store.database.engine import open_database
from offing.store.tables import robots

pytestmark = pytest.mark.slow

ARTICLES = 12
ROWS = 60_000
KILLS = 4
NOW = datetime(2026, 12, 1, tzinfo=UTC)


def content(url: str, folder: Path) -> dict[str, TableSum]:
    """The rows and digest of each table of a database."""

    def silent(_done: int, _total: int) -> None: ...

    database = open_database(url)
    file = back_up(database, folder / "content.backup", Watch(silent, silent), overwrite=True)
    database.close()
    return dict(file.manifest.tables)


def test_a_backup_of_a_site_at_work_is_a_site_that_goes_on(database_url: str, tmp_path: Path) -> None:
    """Each backup made during a run is consistent; restored elsewhere, the next run finishes what was open."""
    with newsroom(tmp_path, gold(ARTICLES)) as room:
        site = prepared(tmp_path / "site", database_url, room)
        process = site.start("run")
        assert site.wait_for("run started", 0), process.communicate(timeout=5)
        made = 0
        while process.poll() is None:
            site.call("db", "backup", f"{made}.backup")
            made += 1
        assert process.communicate()[1] is not None
        assert process.returncode == 0
        expected = counts(database_url)
        for number in sorted({0, made // 2, made - 1}):
            folder = tmp_path / f"restored-{number}"
            folder.mkdir()
            other = Site(folder, f"sqlite:///{folder / 'offing.db'}", room.hosts, delay="0")
            other.call("db", "restore", str(site.folder / f"{number}.backup"))
            other.call("db", "check")
            other.call("run")
            other.call("db", "check")
            found = counts(other.database)
            assert {**found, "unfinished runs": 0} == {**expected, "unfinished runs": 0}


@pytest.fixture
def full(database_url: str, tmp_path: Path) -> Site:
    """A site with many rows."""
    (tmp_path / "site").mkdir()
    site = Site(tmp_path / "site", database_url)
    site.call("init", "--feeds", "wires-global")
    database = open_database(database_url)
    rows = [{"origin": f"https://{n}.test", "content": "User-agent: *\n" * 20, "until": NOW} for n in range(ROWS)]
    with database.write() as conn:
        conn.execute(sa.insert(robots), rows)
    database.close()
    return site


def kill_at(site: Site, pattern: str, pause: float, *words: str) -> bool:
    """Start a command, and kill it a while after a file of its own appears; whether it was still at work."""
    process = site.start(*words)
    end = time.monotonic() + 60
    while process.poll() is None and not list(site.folder.glob(pattern)) and time.monotonic() < end:
        time.sleep(0.005)
    time.sleep(pause)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def test_a_killed_backup_leaves_no_file_of_its_name(full: Site, tmp_path: Path) -> None:
    """The one before stays as it was, and the next one is whole."""
    before, chance = content(full.database, tmp_path), random.Random(5)
    full.call("db", "backup", "b")
    kept, killed = (full.folder / "b").read_bytes(), 0
    for _ in range(KILLS):
        killed += kill_at(full, f".b.*{PARTIAL}", chance.uniform(0, 0.8), "db", "backup", "b", "--overwrite")
        assert (full.folder / "b").read_bytes() == kept or content(full.database, tmp_path) == before
    assert killed, "no kill came in time"
    full.call("db", "backup", "c")
    full.call("db", "check")


def test_a_killed_restore_leaves_the_site_as_it_was_or_restored(full: Site, tmp_path: Path) -> None:
    """Nothing in between, whenever it is killed; the next one takes its place."""
    command = ("db", "restore", "b", "--replace", "--yes")
    full.call("db", "backup", "b")
    began = time.monotonic()
    full.call(*command)
    whole = time.monotonic() - began
    restored = content(full.database, tmp_path)
    database = open_database(full.database)
    with database.write() as conn:
        conn.execute(sa.delete(robots).where(robots.c.origin > "https://5"))
        conn.execute(sa.update(robots).values(content="later"))
    database.close()
    before, killed = content(full.database, tmp_path), 0
    assert before != restored
    for number in range(KILLS):
        pattern, pause = (f".*{STAGED}", 0.0) if number == 0 else ("b", whole * number * 0.25)
        killed += kill_at(full, pattern, pause, *command)
        assert content(full.database, tmp_path) in (before, restored)
        full.call("db", "check")
    assert killed, "no kill came in time"
    full.call(*command)
    assert content(full.database, tmp_path) == restored
    for left in full.folder.glob(f".*{STAGED}*"):
        assert not (full.folder / "offing.db").samefile(left)


def limited(site: Site, blocks: int, *words: str) -> subprocess.CompletedProcess[str]:
    """A command whose files may have so many kilobytes at most."""
    command = f'ulimit -f {blocks}; exec "$0" -m offing "$@"'
    return subprocess.run(
        ["bash", "-c", command, sys.executable, *words],
        cwd=site.folder,
        env=site.env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_room_it_is_one_line_and_nothing_has_changed(full: Site, tmp_path: Path) -> None:
    """Exit code 4, the remedy, no file of the name, and the database as it was."""
    if shutil.which("bash") is None:
        pytest.skip("there is no bash here, which sets the limit")
    full.call("db", "backup", "b")
    before, there = content(full.database, tmp_path), sorted(full.folder.glob("[!.]*"))
    done = limited(full, 2000, "db", "backup", "c")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (4, "", 1), done.stderr
    assert PARTIAL in done.stderr
    if full.database.startswith("sqlite"):
        done = limited(full, 2000, "db", "restore", "b", "--replace", "--yes")
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (4, "", 1), done.stderr
        assert "make room" in done.stderr
    assert content(full.database, tmp_path) == before
    assert sorted(full.folder.glob("[!.]*")) == there
    assert not list(full.folder.glob(f".*{PARTIAL}"))
    full.call("db", "check")
