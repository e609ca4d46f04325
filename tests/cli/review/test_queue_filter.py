"""`offing queue list` narrowed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factories.candidate import FACTS, NOW, stored_candidate
from offing.cli import group
from offing.cli.site import Site
from offing.errors import UsageError
from offing.model.values.vocabulary import Sector
from offing.services.matching.reindex import reindex_all
from offing.settings import Settings
from offing.store.database.engine import Database


def _run(site: Site, *words: str) -> Result:
    return CliRunner().invoke(group, ["queue", "list", *words], obj=site, catch_exceptions=False, standalone_mode=False)


def _ids(site: Site, *words: str) -> list[int]:
    return [int(line.split("\t")[0]) for line in _run(site, *words).stdout.splitlines()]


@pytest.fixture
def site(sqlite_database: Database, tmp_path: Path) -> Site:
    """A site with three candidates: of Kenya, of Uganda, and one that was put off until now."""
    with sqlite_database.write() as conn:
        stored_candidate(conn, score=0.9)
        stored_candidate(conn, score=0.8, facts=replace(FACTS, countries=("UGA",), sector=Sector.ENERGY))
        stored_candidate(conn, score=0.7, state="deferred", defer_until=NOW)
    list(reindex_all(sqlite_database))
    return Site(Settings(database=f"sqlite:///{tmp_path / 'offing.db'}", log=str(tmp_path / "log"), user="ana"))


def test_the_list_is_narrowed_as_the_pages_are(site: Site) -> None:
    """Values of one option are alternatives, options add up; words are searched for; the limit counts what is left."""
    assert _ids(site, "--country", "ken") == [1, 3]
    assert _ids(site, "--country", "KEN", "--country", "UGA", "--limit", "2") == [1, 2]
    assert _ids(site, "--country", "UGA", "--sector", "energy", "--firm", "Huawei", "--kind", "new") == [2]
    assert _ids(site, "--search", '"data centre" nairobi', "--language", "en", "--status", "signed") == [1, 2, 3]
    assert _ids(site, "--search", "nairobi -kenya") == _ids(site, "--mine") == []
    assert _ids(site, "--back") == [3]
    assert _ids(site, "--country", "KEN", "--today", "--limit", "1") == [1]


def test_json_is_narrowed_too(site: Site) -> None:
    """The objects are those of the whole list."""
    assert [item["id"] for item in json.loads(_run(site, "--lender", "china-exim-bank", "--json").stdout)] == [1, 2, 3]


def test_a_value_that_is_none_is_said(site: Site) -> None:
    """What cannot be a country is an error with advice."""
    with pytest.raises(UsageError, match="three letters, such as KEN"):
        _run(site, "--country", "Kenya")
