"""offing run beside a run that is at work: what it would do is done there, or it says that it did not run."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from filelock import FileLock
from rich.console import Console

from factories.candidate import stored_row
from factories.run import holding
from offing.cli import group
from offing.cli.output.tally import print_needs
from offing.errors import RunLocked
from offing.model.operation.run import Ending, Tally
from offing.model.sources.feed import FeedSpec, FeedState
from offing.model.values.vocabulary import Verb
from offing.services.pipeline.run import RunReport
from offing.services.running.run_context import utc_now
from offing.services.running.run_lock import LOCK_LEASE, lock_path
from offing.store.database.engine import Database
from offing.store.feeds.feed import add_feeds
from offing.store.runs.run import CurrentRun, current_run, end_run, start_run, take_lock
from offing.store.runs.work import due_feeds, waiting
from offing.store.tables import feed


@pytest.fixture
def hourly(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The hourly pipeline is at work."""
    monkeypatch.setenv("OFFING_DATABASE", sqlite_database.engine.url.render_as_string())
    with FileLock(lock_path(sqlite_database)), sqlite_database.write() as conn:
        run_id = start_run(conn, "hourly", "here", 1, utc_now())
        take_lock(conn, run_id, holding("here"), utc_now(), LOCK_LEASE)
        conn.commit()
        yield run_id


@pytest.mark.parametrize("words", [["run"], ["run", "hourly"], ["poll"], ["propose", "--json"]])
def test_what_the_run_at_work_does_need_not_be_done(words: list[str], hourly: int) -> None:
    """The same pipeline, or a part of it: one line, and exit code 0."""
    done = CliRunner().invoke(group, words)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "offing: hourly (process 1 on here since 20" in done.stderr
    assert " UTC) is already running and does all that " in done.stderr


def test_of_a_run_that_does_the_same_cron_mails_nothing(hourly: int) -> None:
    """`--quiet` leaves out the line that needs nobody."""
    done = CliRunner().invoke(group, ["run", "--quiet"])
    assert (done.exit_code, done.output) == (0, "")


@pytest.mark.parametrize("notices", [(), ("feed 1 is gone",)], ids=["nothing", "a notice"])
@pytest.mark.parametrize("crashed", [0, 2])
def test_a_quiet_run_prints_what_needs_a_person(notices: tuple[str, ...], crashed: int) -> None:
    """Notices of sources and items in quarantine, never the table."""
    tally = Tally({Verb.POLL: Counter({Ending.CRASHED: crashed})}, Counter(candidates=3), list(notices))
    out = io.StringIO()
    print_needs(RunReport(1, tally, 1.0), Console(file=out, width=200))
    assert out.getvalue().splitlines() == [
        *(f"! {notice}" for notice in notices),
        *["2 items in quarantine: see `offing quarantine list`, and the log for details"][: crashed // 2],
    ]


@pytest.mark.slow
def test_cron_lines_run_as_printed(sqlite_database: Database) -> None:
    """Those of docs/operate.md, with nothing in the environment but what stands above them, print nothing."""
    with sqlite_database.write() as conn:
        stored_row(conn, feed, url="https://a.test/", state=FeedState.PAUSED)
    page = (Path(__file__).parents[3] / "docs/operate.md").read_text()
    site, commands = str(Path(str(sqlite_database.engine.url.database)).parent), Path(sys.executable).parent
    block = page[page.index("    PATH=") :].split("\n\n")[0].replace("/srv/offing/.venv/bin", str(commands))
    settings = dict(line.strip().split("=", 1) for line in block.splitlines() if "&&" not in line)
    turns = [line.split(None, 5)[5].replace("/srv/offing", site) for line in block.splitlines() if "&&" in line]
    assert len(turns) == 2
    for turn in turns:
        done = subprocess.run(["/bin/sh", "-c", turn], env=settings, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), turn


def test_what_it_does_not_do_is_no_success(hourly: int) -> None:
    """The daily pipeline promotes, too: it did not run, and says how to wait."""
    done = CliRunner().invoke(group, ["run", "daily"])
    assert isinstance(done.exception, RunLocked)
    assert done.exception.exit_code == 5
    assert re.fullmatch(
        r"daily did not run: hourly \(process 1 on here since \d{4}-\d\d-\d\d \d\d:\d\d UTC\) is running; "
        r"use `--wait MINUTES` to wait for it",
        str(done.exception),
    )


def test_a_lock_without_a_run_still_names_what_to_do(hourly: int, sqlite_database: Database) -> None:
    """Another process holds the lock file, but its run has just ended: the call did not run, and says how to wait."""
    with sqlite_database.write() as conn:
        end_run(conn, hourly, utc_now(), 0, {})
    done = CliRunner().invoke(group, ["run", "hourly"])
    assert isinstance(done.exception, RunLocked)
    assert "hourly did not run: another run is at work on this database; use `--wait" in str(done.exception)


def test_which_pipeline_is_at_work(database: Database) -> None:
    """That of the run that holds the lock, with its process, machine and start, until it has ended."""
    with database.write() as conn:
        assert current_run(conn) is None
        started = utc_now()
        run_id = start_run(conn, "daily", "here", 17, started)
        take_lock(conn, run_id, holding("here"), started, LOCK_LEASE)
        assert current_run(conn) == CurrentRun("daily", "here", 17, started)
        end_run(conn, run_id, utc_now(), 0, {})
        assert current_run(conn) is None


def test_a_dry_run_shows_what_is_due_and_does_nothing(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a pipeline that polls some groups only, the feeds of these; also while another run is at work."""
    monkeypatch.setenv("OFFING_DATABASE", sqlite_database.engine.url.render_as_string())
    with sqlite_database.write() as conn:
        specs = [FeedSpec(f"https://{name}.test/feed", name, groups=(name,)) for name in ("near", "far")]
        add_feeds(conn, specs, utc_now() - timedelta(minutes=1), "t")
        before = waiting(conn)
    done = CliRunner().invoke(group, ["run", "--dry-run"])
    assert done.exit_code == 0, done.output
    assert [line.split() for line in done.stdout.splitlines()[1:]][:2] == [
        ["poll", "2", "feeds"],
        ["fetch", "0", "pages"],
    ]
    plain = json.loads(CliRunner().invoke(group, ["run", "--dry-run", "--json"]).stdout)
    assert plain["due"]["poll"] == 2
    with sqlite_database.read() as conn:
        assert waiting(conn) == before
        assert due_feeds(conn, utc_now(), {1}) == 1
