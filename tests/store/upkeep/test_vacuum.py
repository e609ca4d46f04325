"""Vacuuming: the room of deleted rows goes back to the disk, and nothing else changes."""

from __future__ import annotations

import os
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock
from site_runner import ended

from factories.candidate import NOW
from offing.store.database.engine import Database
from offing.store.tables import robots
from offing.store.upkeep.vacuum import size_in_bytes, vacuum


def test_the_room_of_deleted_rows_is_given_back(database: Database) -> None:
    """The database is smaller afterwards, and what was left is there."""
    with database.write() as conn:
        rows = [{"origin": f"https://{n}.test", "content": os.urandom(1500).hex(), "until": NOW} for n in range(900)]
        conn.execute(sa.insert(robots), rows)
    full = size_in_bytes(database)
    with database.write() as conn:
        conn.execute(sa.delete(robots).where(robots.c.origin != "https://1.test"))
    vacuum(database)
    assert size_in_bytes(database) < full - 500_000
    with database.write() as conn:
        assert conn.execute(sa.select(robots.c.origin)).scalars().all() == ["https://1.test"]


def test_the_command_says_what_it_freed_and_waits_for_no_run(tmp_path: Path, sqlite_database: Database) -> None:
    """One line; while a run is at work, another one with exit code 5."""
    sqlite_database.close()
    done = ended(tmp_path, "db", "vacuum")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("vacuumed: ")
    assert " MB freed, " in done.stdout
    with FileLock(tmp_path / "offing.db.lock"):
        done = ended(tmp_path, "db", "vacuum")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (5, "", 1)
