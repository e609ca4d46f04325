"""`offing projects trace`: each link of the chain on a line of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from factories.candidate import FACTS, NOW, stored_candidate
from offing.cli import group
from offing.cli.site import Site
from offing.model.projects.known import KnownProject
from offing.settings import Settings
from offing.store.database.engine import Database
from offing.store.records.known_project import keep_known


@pytest.fixture
def site(sqlite_database: Database, tmp_path: Path) -> Site:
    """A site with a record, and an imported project."""
    with sqlite_database.write() as conn:
        stored_candidate(conn, state="accepted")
        keep_known(conn, [KnownProject("aiddata", "7", FACTS)], NOW)
    made = Site(Settings(database=f"sqlite:///{tmp_path / 'offing.db'}", log=str(tmp_path / "log"), user="ana"))
    _run(made, "promote", "1")
    return made


def _run(site: Site, *words: str) -> str:
    return CliRunner().invoke(group, list(words), obj=site, catch_exceptions=False, standalone_mode=False).stdout


def _lines(text: str) -> list[tuple[str, str]]:
    pairs = (line.strip().split("  ", 1) for line in text.splitlines() if line.strip())
    return [(name, words.strip()) for name, words in pairs]


def test_the_chain_is_printed_from_release_to_feed(site: Site) -> None:
    """In the order in which one asks back; an article that proves two values is described once."""
    (record,) = [each["id"] for each in json.loads(_run(site, "projects", "list", "--json"))]
    lines = _lines(_run(site, "projects", "trace", record, "countries"))
    assert [name for name, _ in lines] == (
        ["record", "countries", "releases", "evidence", "article", "text", "page", "SHA-256", "feed"]
    )
    found = dict(lines)
    assert (found["countries"], found["releases"]) == ("KEN", "none yet")
    assert found["evidence"] == "“Kenya” (characters 0–5, candidate 1, said by host-official)"
    assert "fetched 2026-03-05 08:00, status 200" in found["page"]
    assert found["feed"].startswith("feed 1, News: entry 1, ")
    why = ("--reason", "by the contract", "--source", "contract 7", "--yes")
    _run(site, "projects", "correct", record, "countries", "--replace", "KEN", "Uganda", *why)
    lines = _lines(_run(site, "projects", "trace", record, "countries"))
    assert [name for name, _ in lines] == ["record", "countries", "releases", "set by hand", "corrected"]
    assert dict(lines)["set by hand"].endswith(": by the contract <contract 7>")


def test_programs_get_the_same(site: Site) -> None:
    """--json has the chain as one object."""
    (record,) = [each["id"] for each in json.loads(_run(site, "projects", "list", "--json"))]
    found = json.loads(_run(site, "projects", "trace", record, "status", "--json"))
    (value,) = found["values"]
    assert (found["record"], value["value"]) == (record, "signed")
    assert len(value["quotes"][0]["article"]["page"]["sha256"]) == 64


def test_an_imported_project_shows_its_dataset(site: Site) -> None:
    """With the licence on which it may be used."""
    lines = dict(_lines(_run(site, "projects", "trace", "known:aiddata:7", "firms")))
    assert lines["dataset"] == "aiddata, id 7, imported 2026-03-05 08:00"
    assert (lines["licence"], lines["firms"]) == ("ODC-By-1.0", "Huawei:contractor")
