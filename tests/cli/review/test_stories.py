"""`offing stories`: what it lists and shows, and what it does only when told to."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factories.telling import Piece, arrive_all, number_of, telling_of
from offing.cli import group
from offing.cli.site import Site
from offing.settings import Settings
from offing.store.database.engine import Database
from propose.tellings import FACTS, TEXTS, size

OTHER = replace(FACTS, countries=("KEN",), title="Cameras in Nairobi")
Run = Callable[..., Result]


@pytest.fixture
def run(sqlite_database: Database, tmp_path: Path) -> Run:
    """Runs a command on a site with a story of three articles, two of them copies, and one of one article."""
    many, few = (replace(FACTS, quantities=(size(each),)) for each in (900, 650))
    pieces = (Piece("one", many, text=TEXTS[0]), Piece("two", many, 1, text=TEXTS[0]), Piece("three", few, 2))
    arrive_all(sqlite_database, *pieces, Piece("far", OTHER, 50))
    settings = Settings(database=f"sqlite:///{tmp_path / 'offing.db'}", log=str(tmp_path / "offing.log"), user="ana")

    def invoke(*words: str) -> Result:
        site = Site(settings)
        return CliRunner().invoke(group, list(words), obj=site, catch_exceptions=False, standalone_mode=False)

    return invoke


def test_stories_of_several_articles_are_listed(run: Run) -> None:
    """Number, state, countries, outlets and how many are independent, title, and whether they agree."""
    assert run("stories", "list").stdout.splitlines() == [
        "1\topen\tBFA\t3 (2 independent)\tCameras in Ouagadougou · outlets disagree"
    ]
    (found,) = json.loads(run("stories", "list", "--json").stdout)
    assert (found["outlets"], found["independent"], found["also_in"]) == (3, 2, "also in 2 outlets (1 independent)")
    assert len(run("stories", "list", "--all").stdout.splitlines()) == 2


def test_a_story_is_shown_by_source(run: Run) -> None:
    """Copies stand under one source; what is told differently has the outlets that tell it."""
    shown = run("stories", "show", "1").stdout
    assert "source 1\n  telling 1  2026-03-02  one: one" in shown
    assert "telling 2" in shown.partition("source 2")[0]
    assert "outlets disagree on quantities:\n  650 cameras: three\n  900 cameras: one, two" in shown


def test_the_queue_shows_who_else_tells_it(run: Run) -> None:
    """`queue show` names the further outlets and what they tell otherwise; so does the JSON of the queue."""
    shown = run("queue", "show", "1").stdout
    assert "sources · also in 2 outlets (1 independent)" in shown
    assert "650 cameras: three" in shown
    first = json.loads(run("queue", "list", "--json").stdout)[0]
    assert (first["id"], first["independent"], first["contrasts"][0]["field"]) == (1, 2, "quantities")


def test_nothing_is_done_without_yes(run: Run, sqlite_database: Database) -> None:
    """A preview says what is and what would be; with --yes it is done, and undone again."""
    far = str(number_of(sqlite_database, "far"))
    assert run("stories", "merge", "1", far).stderr == "warning: they share no country: BFA and KEN\n"
    three = str(telling_of(sqlite_database, "three"))
    preview = run("stories", "split", "1", three).stdout
    assert preview.splitlines() == [
        "before    1: Cameras in Ouagadougou (tellings 1, 2, 3; open)",
        "after     1: Cameras in Ouagadougou (tellings 1, 2; open)",
        "after     3: Cameras in Ouagadougou (telling 3; open)",
        "not changed yet; add --yes to apply",
    ]
    assert number_of(sqlite_database, "three") == 1
    done = run("stories", "split", "1", three, "--yes", "--reason", "other cameras").stdout
    assert done.splitlines()[-1] == "split: decision 1; to undo: offing stories undo 1 --yes"
    assert number_of(sqlite_database, "three") == 3
    assert "decision 1: telling:3 and telling:1 different, ana" in run("stories", "show", "3").stdout
    assert json.loads(run("stories", "undo", "--json").stdout)["done"] is False
    assert "undo: decision" in run("stories", "undo", "--yes").stdout
    assert number_of(sqlite_database, "three") == 1


def test_old_numbers_lead_on(run: Run) -> None:
    """After a merge the old number shows the candidate that stands for it, and says so."""
    run("stories", "merge", "1", "2", "--yes")
    for command in ("queue", "stories"):
        shown = run(command, "show", "2")
        assert "candidate 2 was merged into candidate 1" in shown.stderr
    assert "merged into this: 2" in run("stories", "show", "1").stdout
    assert json.loads(run("stories", "show", "2", "--json").stdout)["was"] == [2]
    assert [item["id"] for item in json.loads(run("queue", "list", "--json").stdout)] == [1]
    assert run("db", "check").stdout.endswith("data: consistent\n")
