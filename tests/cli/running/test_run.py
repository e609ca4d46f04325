"""offing run beside a run that is at work: what it would do is done there, or it says that it did not run."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from filelock import FileLock

from offing.cli import group
from offing.errors import RunLocked
from offing.services.running.run_context import utc_now
from offing.services.running.run_lock import LOCK_LEASE, lock_path
from offing.store.database.engine import Database
from offing.store.runs.run import CurrentRun, current_run, end_run, start_run, take_lock


@pytest.fixture
def hourly(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The hourly pipeline is at work."""
    monkeypatch.setenv("OFFING_DATABASE", sqlite_database.engine.url.render_as_string())
    with FileLock(lock_path(sqlite_database)), sqlite_database.write() as conn:
        run_id = start_run(conn, "hourly", "here", 1, utc_now())
        take_lock(conn, run_id, "here", utc_now(), LOCK_LEASE)
        conn.commit()
        yield run_id


@pytest.mark.parametrize("words", [["run"], ["run", "hourly"], ["poll"], ["propose", "--json"]])
def test_what_the_run_at_work_does_need_not_be_done(words: list[str], hourly: int) -> None:
    """The same pipeline, or a part of it: one line, and exit code 0."""
    done = CliRunner().invoke(group, words)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "another run is at work: hourly (process 1 on here since 20" in done.stderr
    assert " UTC); it does all that " in done.stderr


def test_what_it_does_not_do_is_no_success(hourly: int) -> None:
    """The daily pipeline promotes, too: it did not run, and says how to wait."""
    done = CliRunner().invoke(group, ["run", "daily"])
    assert isinstance(done.exception, RunLocked)
    assert done.exception.exit_code == 5
    assert re.fullmatch(
        r"daily did not run: hourly \(process 1 on here since \d{4}-\d\d-\d\d \d\d:\d\d UTC\) is at work; "
        r"`--wait MINUTES` waits for its end",
        str(done.exception),
    )


def test_a_lock_without_a_run_still_names_what_to_do(hourly: int, sqlite_database: Database) -> None:
    """Another process holds the lock file, but its run has just ended: the call did not run, and says how to wait."""
    with sqlite_database.write() as conn:
        end_run(conn, hourly, utc_now(), 0, {})
    done = CliRunner().invoke(group, ["run", "hourly"])
    assert isinstance(done.exception, RunLocked)
    assert "hourly did not run: another run is at work on this database; `--wait" in str(done.exception)


def test_which_pipeline_is_at_work(database: Database) -> None:
    """That of the run that holds the lock, with its process, machine and start, until it has ended."""
    with database.write() as conn:
        assert current_run(conn) is None
        started = utc_now()
        run_id = start_run(conn, "daily", "here", 17, started)
        take_lock(conn, run_id, "here", started, LOCK_LEASE)
        assert current_run(conn) == CurrentRun("daily", "here", 17, started)
        end_run(conn, run_id, utc_now(), 0, {})
        assert current_run(conn) is None
