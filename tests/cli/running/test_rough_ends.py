"""What goes wrong on a machine is one line with the remedy and its exit code, and stops no more than it has to."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from filelock import FileLock
from site_runner import ended


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path) -> Path:
    """The folder of a site without feeds."""
    shutil.copy(sqlite_template, tmp_path / "offing.db")
    return tmp_path


@pytest.mark.parametrize("words", [("run",), ("feeds", "list"), ("db", "check"), ("db", "backup", "b")])
def test_a_damaged_database_is_one_line_at_once(site: Path, words: tuple[str, ...]) -> None:
    """A run does not wait for what does not pass; the line names the command that restores."""
    with (site / "offing.db").open("rb+") as file:
        file.write(b"garbage, no header")
    began = time.monotonic()
    done = ended(site, *words)
    assert time.monotonic() - began < 20  # it waited for a minute
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert "offing.db is damaged" in done.stderr
    assert "offing db restore FILE --replace" in done.stderr
    assert not (site / "b").exists()


def test_a_log_that_cannot_be_written_stops_nothing(site: Path) -> None:
    """The run does its work, and names log and cause in its last line; and, having no feed, what to do."""
    (site / "offing.log").mkdir()
    done = ended(site, "run")
    assert done.returncode == 0
    assert "! no feed is watched: offing feeds add --catalogue GROUP" in done.stdout
    assert done.stderr.splitlines()[-1].startswith("offing: the log ")
    assert "Traceback" not in done.stdout + done.stderr


def test_a_refused_pruning_is_no_success(site: Path) -> None:
    """While a run is at work it exits with 5, so that a script notices."""
    with FileLock(site / "offing.db.lock"):
        done = ended(site, "db", "prune", "--older-than", "30")
    assert (done.returncode, done.stdout) == (5, "")
    assert done.stderr == "offing: a run is at work on this database; prune when it has ended\n"
