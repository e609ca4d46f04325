"""`offing projects match`: pairs with reasons, and what people say of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factories.telling import arrive_all
from offing.cli import group
from offing.cli.site import Site
from offing.errors import UsageError
from offing.settings import Settings
from offing.store.database.engine import Database
from services.matching.test_matching import PIECES

Run = Callable[..., Result]


@pytest.fixture
def run(sqlite_database: Database, tmp_path: Path) -> Run:
    """Runs a command on a site with two articles on one project and one on another."""
    arrive_all(sqlite_database, *PIECES[:2], PIECES[4])
    settings = Settings(database=f"sqlite:///{tmp_path / 'offing.db'}", log=str(tmp_path / "offing.log"), user="ana")

    def invoke(*words: str) -> Result:
        site = Site(settings)
        return CliRunner().invoke(group, list(words), obj=site, catch_exceptions=False, standalone_mode=False)

    return invoke


def test_pairs_are_listed_with_reasons(run: Run) -> None:
    """Without a number, what of the queue tells of something known; in JSON with scores and relations."""
    shown = run("projects", "match").stdout
    assert "update of candidate:1" in shown
    assert "same country (BFA)" in shown
    (found,) = json.loads(run("projects", "match", "--json").stdout)
    assert (found["candidate"], found["update_of"], found["pairs"][0]["relation"]) == (2, "candidate:1", "same")


def test_what_people_say_is_kept_and_taken_back(run: Run) -> None:
    """Called different, it is new; taken back, it is an update again."""
    shown = run("projects", "match", "2", "--different", "1", "--reason", "another city").stdout
    assert "    new\n    decided: different: candidate:1, " in shown
    assert "decided by ana: candidate:2 and candidate:1 different: another city" in shown
    shown = run("projects", "match", "2", "--undo").stdout
    assert shown.startswith("undone: candidate:2 and candidate:1 different")
    assert "update of candidate:1" in shown


def test_one_thing_at_a_time(run: Run) -> None:
    """Two actions, or no candidate to do them to, are refused."""
    for words in (("2", "--same", "1", "--undo"), ("--undo",), ("1", "2", "--same", "3")):
        with pytest.raises(UsageError, match="give one candidate and exactly one of"):
            run("projects", "match", *words)


def test_an_empty_queue_says_so(sqlite_database: Database, tmp_path: Path) -> None:
    """Nothing waits: one sentence."""
    settings = Settings(database=f"sqlite:///{tmp_path / 'offing.db'}", log=str(tmp_path / "offing.log"), user="ana")
    found = CliRunner().invoke(group, ["projects", "match"], obj=Site(settings), standalone_mode=False)
    assert found.stdout == "no candidate in the queue matches anything known\n"
