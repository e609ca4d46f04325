"""Trouble of the database and the disk in earnest: the command line, real times, a disk that is really full."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from e2e.site import Site
from offing.store.database.engine import open_database
from services.disturbed import PAGES, holder, once, publish, written
from services.publisher import Publisher, publisher

pytestmark = pytest.mark.slow


@pytest.fixture
def desk() -> Iterator[Publisher]:
    """A publisher with a feed."""
    with publisher() as found:
        publish(found)
        yield found


def prepared(folder: Path, desk: Publisher) -> Site:
    """A site that watches the feed."""
    site = Site(folder, f"sqlite:///{folder / 'offing.db'}", (desk.host,))
    site.call("init")
    site.call("feeds", "add", desk.url("/feed"))
    return site


@pytest.mark.parametrize("seconds", [14, 33])
def test_a_lock_of_many_seconds_costs_nothing(tmp_path: Path, desk: Publisher, seconds: int) -> None:
    """Another process writes for longer than the ten seconds that SQLite waits, once and three times."""
    site = prepared(tmp_path, desk)
    database = open_database(site.database)
    with holder(database) as other:

        def hold() -> None:
            other.take()
            threading.Timer(seconds, other.give).start()

        desk.on_asked = once("/feed", hold)
        began = time.monotonic()
        site.call("poll")
        assert time.monotonic() - began > seconds
    found = written(database)
    database.close()
    assert len(found["entries"]) == PAGES
    assert [found["set aside"], found["leases"], found["lock"]] == [[], [], [None]]
    assert site.json("feeds", "list", "--problems", "--json") == []


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of 6 MB."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> None:
    """Leave no room on a disk."""
    with (folder / "ballast").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return


def test_a_full_disk_stops_the_run_with_one_line(tmp_path: Path, desk: Publisher) -> None:
    """Log and database are on it: one line, exit code 4, nothing set aside; once there is room, all is done."""
    with small_disk(tmp_path / "disk") as disk:
        site = prepared(disk, desk)
        desk.on_asked = once("/feed", lambda: fill(disk))
        said = site.call("poll", ok=4)
        assert said.startswith("offing: ")
        assert "no room left on its disk" in said
        assert "make room" in said
        assert said.count("\n") == 1
        (disk / "ballast").unlink()
        site.call("poll")
        database = open_database(site.database)
        found = written(database)
        database.close()
        assert len(found["entries"]) == PAGES
        assert [found["set aside"], found["leases"]] == [[], []]
