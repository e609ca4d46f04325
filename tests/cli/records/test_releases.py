"""`offing publish --check` and `offing releases`."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from factories.candidate import stored_candidate
from offing.cli import group
from offing.cli.site import Site
from offing.errors import Blocked, UsageError
from offing.settings import Settings
from offing.store.database.engine import Database


@pytest.fixture
def site(sqlite_database: Database, tmp_path: Path) -> Site:
    """A site with two records that matching takes for one."""
    with sqlite_database.write() as conn:
        ids = [stored_candidate(conn) for _ in range(2)]
    found = Site(Settings(database=f"sqlite:///{tmp_path / 'offing.db'}", log=str(tmp_path / "log"), user="ana"))
    for each in ids:
        _run(found, "decide", str(each), "accept", "--new")
    _run(found, "promote")
    return found


def _run(site: Site, *words: str) -> Result:
    return CliRunner().invoke(group, list(words), obj=site, catch_exceptions=False, standalone_mode=False)


def test_a_team_checks_signs_off_publishes_and_yanks(site: Site, tmp_path: Path) -> None:
    """From the sheet of findings to a release that is listed, shown, compared and yanked."""
    sheet = tmp_path / "monday.xlsx"
    first = _run(site, "publish", "--check", "--out", str(sheet))
    assert first.return_value == 1
    assert "probable-double" in first.stdout
    assert "2 records checked: 1 finding, 1 blocking; 2 projects added" in first.stdout
    page = load_workbook(sheet)["findings"]
    header, row = ([cell.value for cell in line] for line in page.iter_rows())
    found = dict(zip(header, row, strict=True))
    assert (found["record"], found["value"], found["severity"]) == ("off-2026-000001", "off-2026-000002", "warning")
    with pytest.raises(Blocked, match="1 warning: off-2026-000001 id") as blocked:
        _run(site, "publish", "1.0", "--out", str(tmp_path / "a"))
    assert blocked.value.exit_code == first.return_value
    signed = _run(site, "releases", "signoff", found["key"], "--note", "two phases", "--by", "dana")
    assert signed.stdout.startswith(f"{found['key']} signed off by dana: off-2026-000001 id")
    again = _run(site, "publish", "--check", "--json", "--out", str(tmp_path / "b.csv"))
    assert again.return_value == 0
    assert json.loads(again.stdout)["findings"][0]["signed_off"]["note"] == "two phases"
    with (tmp_path / "b.csv").open(encoding="utf-8-sig") as file:
        assert [row["signed off by"] for row in csv.DictReader(file)] == ["dana"]
    for version in ("1.0", "1.1"):
        _run(site, "publish", version, "--out", str(tmp_path / version), "--by", "dana")
    (one, other) = json.loads(_run(site, "releases", "list", "--json").stdout)
    assert (one["version"], one["published_by"], one["records"]) == ("1.0", "dana", 2)
    assert one["stored_bytes"] > other["stored_bytes"] > 0
    assert "projects.csv            2 rows" in _run(site, "releases", "show", "1.0").stdout
    assert json.loads(_run(site, "releases", "show", "1.0", "--json").stdout)["tables"]["flows"]["rows"] == 2
    assert _run(site, "releases", "diff", "1.0", "1.1").stdout == "no project changed\n"
    assert json.loads(_run(site, "releases", "diff", "1.0", "1.1", "--json").stdout) == []
    _run(site, "releases", "yank", "1.0", "--reason", "a sum is wrong", "--by", "dana")
    assert "yanked 20" in _run(site, "releases", "list").stdout
    assert "by dana: a sum is wrong" in _run(site, "releases", "show", "1.0").stdout
    done_by = json.loads(_run(site, "users", "activity", "--json").stdout)
    by = {each["action"]: each["by"] for each in done_by if each["by"] == "dana"}
    assert by == {"publish": "dana", "yank": "dana", "sign-off": "dana"}


def test_nothing_is_published_yet(site: Site) -> None:
    """The list says so, and how."""
    assert "no releases yet" in _run(site, "releases", "list").stdout


def test_a_version_and_a_folder_are_needed(site: Site, tmp_path: Path) -> None:
    """Without --check; a sheet has a name that says its format."""
    for words in ((), ("1.0",), ("--out", str(tmp_path / "a"))):
        with pytest.raises(UsageError, match="give a version and a folder"):
            _run(site, "publish", *words)
    with pytest.raises(UsageError, match=r"a sheet is a \.xlsx or a \.csv file"):
        _run(site, "publish", "--check", "--out", str(tmp_path / "a.pdf"))
