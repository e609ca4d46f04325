"""`offing lexicon mute`, `unmute`, `mutes`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from offing.cli import group
from offing.cli.site import Site
from offing.errors import UnknownItem
from offing.settings import Settings
from offing.store.database.engine import Database


@pytest.fixture
def site(sqlite_database: Database, tmp_path: Path) -> Site:
    """A site on an empty database."""
    log = str(tmp_path / "offing.log")
    return Site(Settings(database=f"sqlite:///{tmp_path / 'offing.db'}", log=log, user="ana"))


def _run(site: Site, *words: str) -> Result:
    return CliRunner().invoke(group, ["lexicon", *words], obj=site, catch_exceptions=False)


def test_a_mute_is_previewed_laid_down_listed_and_lifted(site: Site) -> None:
    """Nothing is changed without --yes; the list has scope, owner and reason."""
    words = ("mute", "ZTE", "--alias", "ZTE", "--context", "club", "--source", "Ledger.example", "--reason", "football")
    preview = _run(site, *words)
    assert "add --yes to apply" in preview.output
    assert "no article names the firm 'zte'" in preview.stderr
    assert "no article comes from 'ledger.example'" in preview.stderr
    assert _run(site, "mutes").output == "no muted names\n"
    assert "mute 1: 0 candidates" in _run(site, *words, "--yes").output
    (line,) = _run(site, "mutes").output.splitlines()
    assert line.split("\t")[:4] == ["1", "firm", "zte", "as “zte”, near “club”, in ledger.example"]
    assert "football" in line
    assert "mute 1 lifted" in _run(site, "unmute", "1", "--yes", "--as", "bo").output
    assert "lifted by bo" in _run(site, "mutes", "--all").output
    assert json.loads(_run(site, "mutes", "--all", "--json").output)[0]["rule"]["key"] == "zte"
    with pytest.raises(UnknownItem):
        _run(site, "unmute", "9", "--yes")
