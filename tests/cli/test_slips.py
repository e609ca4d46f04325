"""Slips of the pen in config and environment: each command that works by them stops at once, with exit code 2."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from site_runner import Shell, site_in

from offing.config.sites.pipelines import load_pipelines
from offing.doctor import check_groups_polled
from offing.errors import OffingError, UsageError
from offing.model.sources.feed import FeedSpec
from offing.services.pipeline.groups import groups_without_feeds
from offing.services.running.run_context import utc_now
from offing.settings import read_settings
from offing.store.database.engine import Database
from offing.store.feeds.feed import add_feeds
from offing.store.feeds.watch import pause_feed

PIPELINE = 'description = "d"\nsteps = ["poll"]\nschedule = "7 * * * *"\ngroups = [\n  "afrika-east",\n]\n'


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_template: Path) -> Iterator[Shell]:
    """A shell in a folder with a site."""
    with site_in(tmp_path, monkeypatch, sqlite_template) as found:
        yield found


def stopped(shell: Shell, *words: str) -> str:
    """What a command says that ends with exit code 2."""
    done = shell.run(*words)
    if isinstance(done.exception, OffingError):
        assert done.exception.exit_code == 2
        return str(done.exception)
    assert done.exit_code == 2, done.output
    return done.output


@pytest.mark.parametrize(
    "words",
    [
        ("run",),
        ("poll",),
        ("schedule",),
        ("serve", "--port", "8799"),
        ("web", "--port", "0"),
        ("analyse", "in.jsonl"),
        ("evaluate", "in.jsonl"),
        ("match", "in.jsonl", "in.jsonl", "-o", "out.jsonl"),
        ("queue", "list"),
        ("publish", "2026.1", "--out", "x"),
        ("lexicon", "try", "Huawei"),
        pytest.param(("config", "check"), marks=pytest.mark.slow),
    ],
)
def test_a_slip_in_the_config_stops_every_command(shell: Shell, words: tuple[str, ...]) -> None:
    """One line with file and line, and nothing is done."""
    (shell.folder / "in.jsonl").write_text('{"id": 1, "relevant": false, "projects": []}\n')
    (shell.folder / "config/queue.toml").write_text("[day]\nbudget = -1\n")
    told = stopped(shell, *words)
    assert "config/queue.toml:2: day.budget: Input should be greater than or equal to 1" in told
    (shell.folder / "config/queue.toml").rename(shell.folder / "config/queues.toml")
    assert "did you mean 'queue.toml'" in stopped(shell, *words)


@pytest.mark.parametrize("words", [("run",), ("schedule",), pytest.param(("config", "check"), marks=pytest.mark.slow)])
def test_a_group_that_no_feed_has_is_refused(shell: Shell, words: tuple[str, ...]) -> None:
    """Nothing would ever be polled. A group of the catalogue is known, and so is that of a feed on the list."""
    folder = shell.folder / "pipelines"
    folder.mkdir()
    (folder / "mine.toml").write_text(PIPELINE)
    assert "pipelines/mine.toml:5: groups: 'afrika-east' is the group of no feed; did you mean 'africa-east'" in (
        stopped(shell, *words)
    )
    (folder / "mine.toml").write_text(PIPELINE.replace("afrika", "africa"))
    shell.call("run")
    (folder / "mine.toml").write_text(PIPELINE.replace("afrika-east", "our-own"))
    assert "our-own" in stopped(shell, *words)
    shell.call("feeds", "add", "http://127.0.0.1:9/feed", "--group", "our-own")
    shell.call("run", "mine")


@pytest.mark.slow
def test_a_group_of_which_no_feed_is_asked_is_reported(shell: Shell) -> None:
    """By `config check`, doctor and each run that polls it: none is on the list, or each is paused; else by none."""
    (shell.folder / "pipelines").mkdir()
    (shell.folder / "pipelines/mine.toml").write_text(PIPELINE.replace('"afrika-east"', '"africa-east", "our-own"'))
    shell.call("feeds", "add", "http://127.0.0.1:9/feed", "--group", "our-own")
    shell.call("feeds", "pause", "1")
    absent = "no feed of group 'africa-east' is on the list, so it brings nothing: `offing feeds add --catalogue afr"
    paused = "each feed of group 'our-own' is paused or in quarantine, so it brings nothing: see `offing feeds list`"
    for words in (("config", "check"), ("doctor",)):
        done = shell.run(*words)
        assert f"pipelines/mine.toml:5: groups: {absent}" in done.output
        assert f"pipelines/mine.toml:5: groups: {paused}" in done.output
        assert done.exit_code == (1 if words == ("doctor",) else 0)
    told = shell.json("run", "mine", "--json")["notices"]
    assert [each[: len(f"pipeline mine: {absent}")] for each in told] == [
        f"pipeline mine: {absent}", f"pipeline mine: {paused}"
    ]  # fmt: skip
    assert shell.json("run", "hourly", "--json")["notices"] == []


def test_which_groups_are_not_asked(tmp_path: Path, database: Database) -> None:
    """Those of which no feed is on the list, or each is paused; not those of a pipeline that polls nothing."""
    folder = tmp_path / "pipelines"
    folder.mkdir()
    (folder / "mine.toml").write_text(PIPELINE.replace('"afrika-east"', '"africa-east", "our-own"'))
    (folder / "reads.toml").write_text(PIPELINE.replace("poll", "fetch").replace("afrika-east", "elsewhere"))
    spec = load_pipelines(folder)["mine"]
    with database.write() as conn:
        add_feeds(conn, [FeedSpec("http://127.0.0.1:9/feed", "Ledger", groups=("our-own", "other"))], utc_now(), "t")
    found = list(check_groups_polled(database, folder))
    assert [each.found for each in found] == ["'africa-east' is not polled"]
    assert found[0].advice.startswith(f"{folder}/mine.toml:5: groups: no feed of group 'africa-east' is on the list")
    with database.write() as conn:
        pause_feed(conn, 1, utc_now(), "ana")
        told = groups_without_feeds(conn, spec)
    assert [each.found for each in check_groups_polled(database, folder)] == [
        "'africa-east' is not polled", "'our-own' is not polled"
    ]  # fmt: skip
    assert told[1].startswith("pipeline mine: each feed of group 'our-own' is paused or in quarantine")


@pytest.mark.slow
def test_every_fault_of_a_site_is_reported_by_config_check(shell: Shell) -> None:
    """One after the other would take an afternoon."""
    config = shell.folder / "config"
    (config / "fetsh.toml").write_text("x = 1\n")
    (config / "rates.toml").write_text("[yearly.KES]\n2020 = 0\n")
    (config / "matching.toml").write_text("[weights]\nfrim = 1.0\n")
    told = stopped(shell, "config", "check")
    for said in ("fetsh.toml", "rates.toml:2", "matching.toml:2"):
        assert said in told


def test_a_missing_folder_is_reported(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """By every command but init, which makes it."""
    monkeypatch.setenv("OFFING_CONFIG", "confg")
    assert "no config folder 'confg'" in stopped(shell, "run")
    assert "no config folder 'confg'" in stopped(shell, "config", "check")
    shell.call("init")
    shell.call("run")


def test_a_pipeline_under_another_ending_is_reported(shell: Shell) -> None:
    """It would be no pipeline at all."""
    (shell.folder / "pipelines").mkdir()
    (shell.folder / "pipelines/mine.tml").write_text(PIPELINE)
    assert "pipelines/mine.tml: nothing reads this" in stopped(shell, "run")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("OFFING_DATABSE", "sqlite:///x.db", "did you mean OFFING_DATABASE"),
        ("OFFING_COLOUR", "red", "no setting has this name"),
        ("OFFING_CONFIG", "", "it is set, but empty"),
        ("OFFING_DATABASE", " ", "it is set, but empty"),
    ],
)
def test_a_variable_that_nothing_reads_is_an_error(name: str, value: str, said: str) -> None:
    """And one that is empty: nobody can tell what was meant."""
    with pytest.raises(UsageError, match=name) as caught:
        read_settings({name: value})
    assert said in str(caught.value)


def test_variables_of_a_cluster_are_left_alone() -> None:
    """Kubernetes sets them for a service of this name."""
    read_settings({"OFFING_SERVICE_HOST": "10.0.0.1", "OFFING_PORT": "tcp://10.0.0.1:80", "OFFING_PORT_80_TCP": "x"})


def test_an_unknown_variable_stops_every_command(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything else."""
    monkeypatch.setenv("OFFING_DATABSE", "sqlite:///x.db")
    assert "OFFING_DATABSE" in stopped(shell, "queue", "list")
