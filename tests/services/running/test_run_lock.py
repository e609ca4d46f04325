"""One run at a time works on a database, wherever runs are started and however they end."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest

from factories.run import holding
from offing.errors import RunLocked
from offing.services.running import run_lock
from offing.services.running.run_context import utc_now
from offing.services.running.run_lock import LOCK_LEASE, begin, lock_file, lock_path, renewed_lock
from offing.store.database.engine import Database
from offing.store.runs.run import end_run, start_run, take_lock


def begun(database: Database) -> int:
    """Begin a run as a process does that is killed right afterwards: the system frees its lock file."""
    with lock_file(database) as mine:
        return begin(database, "hourly", mine)


def taken_elsewhere(database: Database, *, ago: timedelta = timedelta()) -> int:
    """Let a run on a machine of the same name, whose lock file is another, take the lock, or have taken it."""
    with database.write() as conn, lock_file(database) as mine:
        run_id = start_run(conn, "hourly", mine.host, 1, utc_now())
        take_lock(conn, run_id, holding(mine.host), utc_now() - ago, LOCK_LEASE)
    return run_id


def test_the_lock_of_a_killed_run_is_taken_at_once(database: Database) -> None:
    """Its mark stands beside the lock file, which is free."""
    runs = [begun(database) for _ in range(12)]
    assert runs == sorted(set(runs))


def test_a_run_on_a_host_of_the_same_name_counts_until_its_lease_runs_out(database: Database) -> None:
    """Cloned machines and containers have one name; the mark tells them apart."""
    taken_elsewhere(database)
    for _ in range(12):  # waiting forgets no mark
        with pytest.raises(RunLocked, match="is at work on"):
            begun(database)
    taken_elsewhere(database, ago=timedelta(hours=2))
    assert begun(database)


def test_private_temporary_folders_do_not_hide_a_run(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two services of one machine on one server, each with its own temporary folder, see each other in the database."""
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "one"))
    with lock_file(database) as mine:
        begin(database, "hourly", mine)
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "other"))
        with pytest.raises(RunLocked, match="is at work on"):
            begun(database)


def test_without_the_marks_the_lease_decides(database: Database) -> None:
    """Whoever clears temporary folders delays the next run, and never lets two work at once."""
    run_id = begun(database)
    lock_path(database).with_suffix(".lock.marks").unlink()
    with pytest.raises(RunLocked):
        begun(database)
    with database.write() as conn:
        end_run(conn, run_id, utc_now(), 0, {})
    assert begun(database) > run_id


async def test_a_run_stops_once_another_has_taken_its_lock(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that slept past its lease finds another run at work, and stops."""
    monkeypatch.setattr(run_lock, "LOCK_LEASE", timedelta(seconds=0.1))
    run_id = begun(database)

    async def work() -> None:
        async with renewed_lock(database, run_id):
            await asyncio.sleep(0.2)
            taken_elsewhere(database, ago=timedelta(hours=2))
            begun(database)
            await asyncio.sleep(60)

    with pytest.raises(RunLocked, match=f"run {run_id} stopped: another run has taken its work over"):
        await work()


async def test_a_cancelled_run_is_cancelled(database: Database) -> None:
    """Only the loss of the lock is turned into an error."""

    async def work() -> None:
        async with renewed_lock(database, begun(database)):
            await asyncio.sleep(60)

    task = asyncio.create_task(work())
    await asyncio.sleep(0.2)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_who_may_write_the_database_may_lock_it(sqlite_database: Database) -> None:
    """A file that a group shares has a lock file that the group shares."""
    path = Path(str(sqlite_database.engine.url.database))
    path.chmod(0o660)
    begun(sqlite_database)
    modes = {path.with_name(f"{path.name}{end}").stat().st_mode & 0o777 for end in (".lock", ".lock.marks")}
    assert modes == {0o660}


def test_each_os_user_has_a_lock_file_for_a_server(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """One user's file, which another could not open, stops nobody; the row in the database does."""
    mine = lock_path(database)
    monkeypatch.setattr("os.getuid", lambda: 54321)
    assert (lock_path(database) == mine) is database.is_sqlite
