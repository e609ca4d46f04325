"""Databases, logs and locks are made so that only their owner may read them, whatever the umask says."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from offing import logs
from offing.private import open_to_others
from offing.services.running.run_lock import lock_file
from offing.store.database.engine import open_database
from offing.store.database.migrate import upgrade


@pytest.fixture(autouse=True, params=[0o000, 0o022, 0o777])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """The widest, the usual and the narrowest."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    """Who may read and write a file."""
    return stat.S_IMODE(path.stat().st_mode)


def test_what_holds_data_is_its_owners_alone(tmp_path: Path) -> None:
    """The database with the files that SQLite keeps beside it, the lock of runs, the log."""
    database = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    upgrade(database)
    with lock_file(database), database.write() as conn:
        conn.exec_driver_sql("CREATE TABLE t (x)")
        made = {path.name: mode(path) for path in tmp_path.iterdir()}
    database.close()
    assert made == dict.fromkeys(("a.db", "a.db-wal", "a.db-shm", "a.db.lock"), 0o600)
    logs.set_up(tmp_path / "a.log")
    logs.get_logger().info("hello")
    logs.set_up(None)
    assert mode(tmp_path / "a.log") == 0o600


def test_a_looser_mode_is_seen(tmp_path: Path) -> None:
    """As it is written for chmod; nothing where there is no such file."""
    file = tmp_path / "a.db"
    assert open_to_others(file) == ""
    file.touch()
    for bits, told in ((0o600, ""), (0o640, "0640"), (0o644, "0644"), (0o602, "0602")):
        file.chmod(bits)
        assert open_to_others(file) == told
