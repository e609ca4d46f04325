"""`offing demo`: the whole pipeline on the sample newsroom, as a newcomer meets it."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from offing.cli import group
from offing.cli.output.tally import made_line, print_tally, progress, tally_json
from offing.errors import UsageError
from offing.model.operation.run import Ending, Outcome, Tally
from offing.model.values.vocabulary import Verb
from offing.services.pipeline.run import RunReport

DEMO = [sys.executable, "-m", "offing", "demo"]


def tally() -> Tally:
    """The tally of a small run: two feeds polled, one page fetched, one item crashed."""
    grown = Tally()
    grown.add(Verb.FETCH, Outcome(Ending.DONE, made={"pages": 1}))
    grown.add(Verb.FETCH, Outcome(Ending.CRASHED, "KeyError: 'x'"))
    grown.add(Verb.POLL, Outcome(Ending.DONE, made={"entries": 2}))
    grown.add(Verb.POLL, Outcome(Ending.REFUSED, notice="feed 2 is blocked: [robots.txt]"))
    return grown


def printed(report: RunReport) -> str:
    """What a run's tally looks like where there is no terminal."""
    console = Console(width=100, record=True, file=open("/dev/null", "w"))  # noqa: PTH123, SIM115 -- closed below
    print_tally(report, console)
    console.file.close()
    return console.export_text()


def test_tally_names_what_came_of_a_run() -> None:
    """Verbs stand in their order, endings across; notices and the way to the quarantine follow."""
    text = printed(RunReport(7, tally(), 75.2))
    assert text.index("poll") < text.index("fetch")
    assert "0 candidates, 0 articles, 1 page, 2 entries · run 7, 1 min 15 s" in text
    assert "feed 2 is blocked: [robots.txt]" in text
    assert "1 item in quarantine: see `offing quarantine list`" in text


def test_quiet_tally_still_counts_candidates() -> None:
    """A run with nothing to do says so by its zeros."""
    assert made_line(Tally()) == "0 candidates, 0 articles, 0 pages, 0 entries"
    assert "quarantine" not in printed(RunReport(1, Tally(), 0.1))


def test_many_notices_are_cut_short() -> None:
    """A hundred failing sources do not bury the tally."""
    grown = Tally(notices=[f"feed {number} is gone" for number in range(100)])
    assert "and 88 more sources" in printed(RunReport(1, grown, 0.1))


def test_tally_json_is_plain() -> None:
    """The tally for machines has the same counts, by the names of verbs and endings."""
    plain = tally_json(RunReport(7, tally(), 1.23456))
    assert plain["endings"] == {"poll": {"done": 1, "refused": 1}, "fetch": {"done": 1, "crashed": 1}}
    assert plain["made"] == {"candidates": 0, "articles": 0, "pages": 1, "entries": 2}
    assert (plain["run"], plain["seconds"], plain["exit_code"]) == (7, 1.235, 1)


@pytest.mark.parametrize("terminal", [True, False])
def test_progress_watches(terminal: bool, tmp_path: Path) -> None:
    """On a terminal each verb has a bar; elsewhere nothing is written, so that cron mails only the tally."""
    with (tmp_path / "out").open("w", encoding="utf-8") as file:
        console = Console(file=file, force_terminal=terminal, width=80)
        with progress(console) as watch:
            for verb, made in ((Verb.POLL, {"entries": 3}), (Verb.FETCH, {"pages": 1})):
                watch(verb, Outcome(Ending.DONE, made=made))
            watch(Verb.FETCH, Outcome(Ending.FAILED))
    written = (tmp_path / "out").read_text(encoding="utf-8")
    assert ("fetch" in written and "1 failed" in written) if terminal else not written


def test_a_real_site_is_never_cleared(tmp_path: Path) -> None:
    """A folder that no demo has made is left as it is, database and all."""
    (tmp_path / "offing.db").write_bytes(b"precious")
    result = CliRunner().invoke(group, ["demo", "--once", "--dir", str(tmp_path)])
    assert isinstance(result.exception, UsageError)
    assert [path.name for path in tmp_path.iterdir()] == ["offing.db"]
    assert (tmp_path / "offing.db").read_bytes() == b"precious"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder in which the demo has run once, and what it printed."""
    folder = tmp_path_factory.mktemp("demo")
    done = subprocess.run([*DEMO, "--once"], check=False, cwd=folder, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    return folder, done.stdout


@pytest.mark.slow
def test_demo_shows_candidates_with_their_proofs(site: tuple[Path, str]) -> None:
    """The tally counts candidates; the best five stand with numbered quotes; what to do next is said."""
    folder, text = site
    found = re.search(r"(\d+) candidates, (\d+) articles, (\d+) pages", text)
    assert found
    candidates, articles, pages = map(int, found.groups())
    assert pages == 132
    assert articles >= 130
    assert 20 < candidates < articles
    assert text.count("· candidate ") == 5
    assert re.search(r"countries +\w.*\[1\]|countries +\w.*\[\d\]", text)
    assert "“" in text
    assert "queue list" in text
    assert (folder / "demo-site" / "offing.db").exists()


@pytest.mark.slow
def test_demo_goes_on_and_serves(site: tuple[Path, str]) -> None:
    """With --keep nothing is fetched twice; the queue is served behind a log-in until Ctrl-C."""
    folder, _ = site
    with subprocess.Popen([*DEMO, "--keep"], cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        try:
            text = until_log_in(process)
            assert "0 candidates, 0 articles, 0 pages, 0 entries" in text
            address = re.search(r"(http://127\.0\.0\.1:\d+)/login/link\?key=[\w-]{43}\n", text)
            assert address
            assert reached(f"{address[1]}/queue").endswith("/login?next=%2Fqueue")
            assert reached(address[0].strip()) == address[0].strip()
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=30) == 0
        finally:
            process.kill()


def until_log_in(process: subprocess.Popen[str]) -> str:
    """What the demo prints up to the lines with the link."""
    text = ""
    assert process.stdout
    for line in process.stdout:
        text += line
        if line.startswith("It works once, within 15 minutes"):
            break
    return text


def reached(url: str) -> str:
    """Where an address leads, once the server that was just started listens."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(url, timeout=20) as answer:
                return answer.url
        except urllib.error.URLError:
            time.sleep(0.1)
    pytest.fail(f"nobody listens at {url}")
