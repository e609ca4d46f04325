"""Who may judge candidates by commands, once a site has accounts."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from factories.candidate import stored_candidate
from offing.cli import group
from offing.cli.site import Site
from offing.errors import UsageError
from offing.settings import Settings
from offing.store.database.engine import Database
from offing.store.tables import decision, pair_decision

SHEET = "sheet.csv"
WAYS = {
    "decide": ("decide", "1", "accept"),
    "undo": ("undo", "2"),
    "match": ("projects", "match", "1", "--different", "2"),
    "undo a match": ("projects", "match", "2", "--undo"),
    "merge stories": ("stories", "merge", "1", "3"),
    "mute": ("lexicon", "mute", "huawei", "--yes"),
    "unmute": ("lexicon", "unmute", "1", "--yes"),
    "import a sheet": ("queue", "import", SHEET, "--yes"),
}


@pytest.fixture
def site(sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Three candidates, the second decided and compared with the third before there were accounts."""
    monkeypatch.chdir(tmp_path)
    with sqlite_database.write() as conn:
        for _ in range(3):
            stored_candidate(conn)
    settings = Settings(database=f"sqlite:///{tmp_path / 'offing.db'}", log=str(tmp_path / "offing.log"), user="eve")
    opened = Site(settings)
    _run(opened, "decide", "2", "reject")
    _run(opened, "projects", "match", "2", "--different", "3")
    _run(opened, "queue", "export", SHEET)
    for name, role in (("ana", "analyst"), ("vic", "viewer")):
        _run(opened, "users", "add", name, "--role", role, "--no-password")
    return opened


@pytest.mark.parametrize("way", WAYS)
def test_nobody_without_the_right_judges_a_candidate(site: Site, sqlite_database: Database, way: str) -> None:
    """Neither the system's user nor a name that has no account, nor a viewer; nothing is left of the attempt."""
    before = _decisions(sqlite_database)
    for words, problem in (
        ((), "eve has no open account here, and candidates are judged by people with the role analyst or curator"),
        (("--as", "bob"), "bob has no open account here.*offing users add NAME --role analyst"),
        (("--as", "vic"), "vic has the role viewer, which may not judge candidates"),
    ):
        with pytest.raises(UsageError, match=problem):
            _run(site, *WAYS[way], *words)
    assert _decisions(sqlite_database) == before


@pytest.mark.parametrize("way", ["decide", "undo", "match", "undo a match"])
def test_an_analyst_judges_under_the_name_of_the_account(site: Site, sqlite_database: Database, way: str) -> None:
    """On each of these ways; a look at what matches needs no name."""
    before = _decisions(sqlite_database)
    _run(site, *WAYS[way], "--as", "ana")
    assert {by for *_, by in _decisions(sqlite_database) - before} == {"ana"}
    _run(site, "projects", "match", "1")


SOURCES = {
    "add": ("feeds", "add", "https://new.example/feed"),
    "pause": ("feeds", "pause", "https://old.example/feed"),
    "remove": ("feeds", "remove", "https://old.example/feed"),
}


@pytest.mark.parametrize("way", SOURCES)
def test_sources_are_changed_in_the_name_of_who_may(site: Site, way: str) -> None:
    """Or of the system's user, who looks after the machine; in no other name."""
    _run(site, "feeds", "add", "https://old.example/feed")
    for name, problem in (("bob", "bob has no open account"), ("ana", "ana has the role analyst, which may not look")):
        with pytest.raises(UsageError, match=problem):
            _run(site, *SOURCES[way], "--as", name)
    _run(site, "users", "add", "cur", "--role", "curator", "--no-password")
    assert _run(site, *SOURCES[way], "--as", "cur").exit_code == 0


def test_articles_are_added_in_the_name_of_an_analyst_or_of_the_system(site: Site) -> None:
    """A viewer's name is refused."""
    with pytest.raises(UsageError, match="vic has the role viewer"):
        _run(site, "add", "https://new.example/1", "--as", "vic")
    _run(site, "add", "https://new.example/1", "--as", "ana")
    _run(site, "add", "https://new.example/2")


def _run(site: Site, *words: str) -> Result:
    return CliRunner().invoke(group, list(words), obj=site, catch_exceptions=False, standalone_mode=False)


def _decisions(database: Database) -> set[tuple[str, int, str]]:
    """All decisions on candidates and pairs, each with its author."""
    with database.read() as conn:
        rows = [(table.name, conn.execute(sa.select(table.c.id, table.c.by))) for table in (decision, pair_decision)]
        return {(name, row.id, row.by) for name, found in rows for row in found}
