"""`offing projects correct, withdraw, split, undo, history`: shown first, done with --yes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factories.candidate import stored_candidate
from offing.cli import group
from offing.cli.site import Site
from offing.errors import UsageError
from offing.settings import Settings
from offing.store.database.engine import Database

WHY = ("--reason", "the contract says so", "--source", "https://treasury.example/contract.pdf")


@pytest.fixture
def site(sqlite_database: Database, tmp_path: Path) -> Site:
    """A site with a record of two candidates."""
    with sqlite_database.write() as conn:
        assert [stored_candidate(conn, state="accepted") for _ in range(2)] == [1, 2]
    log = str(tmp_path / "offing.log")
    made = Site(Settings(database=f"sqlite:///{tmp_path / 'offing.db'}", log=log, user="ana"))
    _run(made, "promote", "1")
    _run(made, "promote", "2", "--into", _ids(made)[0], "--as", "ben")
    return made


def _run(site: Site, *words: str) -> Result:
    return CliRunner().invoke(group, list(words), obj=site, catch_exceptions=False, standalone_mode=False)


def _ids(site: Site) -> list[str]:
    return [each["id"] for each in json.loads(_run(site, "projects", "list", "--json").stdout)]


def _record(site: Site, project_id: str) -> dict:
    return json.loads(_run(site, "projects", "show", project_id, "--json").stdout)


def test_a_correction_is_shown_first_and_done_with_yes(site: Site) -> None:
    """The preview names both values and changes nothing; done, the value is known as set by hand, with its source."""
    (record,) = _ids(site)
    asked = ("projects", "correct", record, "amounts", "--replace", "85000000 EUR", "90 million EUR loan", *WHY)
    shown = _run(site, *asked).stdout.splitlines()
    assert shown == [
        "preview: amounts: 85,000,000 EUR contract → 90,000,000 EUR loan",
        f"  {record}  amounts: 85000000 EUR contract  →  90000000 EUR loan",
        "not changed yet; to correct it, add --yes",
    ]
    assert _record(site, record)["by_hand"] == []
    back = f"to undo: offing projects undo {record} --reason WHY --yes"
    assert _run(site, *asked, "--yes").stdout.splitlines()[-1] == back
    (hand,) = _record(site, record)["by_hand"]
    assert (hand["by"], hand["reason"], hand["source"]) == ("ana", WHY[1], WHY[3])
    shown = " ".join(_run(site, "projects", "show", record).stdout.replace("│", "").split())
    assert "set by hand amounts 90,000,000 EUR loan (ana, " in shown
    assert f"{WHY[1]} <{WHY[3][:20]}" in shown
    back = _run(site, "projects", "undo", record, "--reason", "misread", "--yes", "--as", "ben").stdout
    assert "amounts: 90000000 EUR loan  →  85000000 EUR contract" in back
    assert back.splitlines()[-1] == "done, by ben"


def test_firms_are_corrected_by_any_of_their_names(site: Site) -> None:
    """A firm of the lexicon is found by an alias, with its id; one operation at a time."""
    (record,) = _ids(site)
    _run(site, "projects", "correct", record, "firms", "--add", "Zhongxing Telecom:supplier", *WHY, "--yes")
    assert [each["id"] for each in _record(site, record)["facts"]["firms"]] == ["huawei", "zte"]
    with pytest.raises(UsageError, match="use exactly one of --set"):
        _run(site, "projects", "correct", record, "firms", *WHY)


def test_a_record_is_withdrawn_split_and_its_history_told(site: Site) -> None:
    """Each change stands in the history with its number, who and why; --json gives the same for programs."""
    (record,) = _ids(site)
    assert f"preview: {record} withdrawn" in _run(site, "projects", "withdraw", record, *WHY).stdout
    _run(site, "projects", "withdraw", record, *WHY, "--yes")
    assert _ids(site) == []
    _run(site, "projects", "undo", record, *WHY, "--yes")
    done = json.loads(_run(site, "projects", "split", record, "2", *WHY, "--yes", "--json").stdout)
    other = done["change"]["other"]
    assert (done["done"], _ids(site)) == (True, [record, other])
    assert {"project_id": other, "field": "candidates", "before": "", "after": "2"} in done["alters"]
    lines = _run(site, "projects", "history", record).stdout.splitlines()
    assert [line.split("]  ")[1].split("  (")[0] for line in lines] == [
        f"candidate 1 added to {record}",
        f"candidate 2 added to {record}",
        f"{record} withdrawn (undone)",
        f"change 3 of {record} undone",
        f"candidate 2 of {record} split off into {other}",
    ]
    assert lines[1].endswith("(ben)")
    assert lines[-1].endswith(f"(ana: {WHY[1]}) <{WHY[3]}>")
    plain = json.loads(_run(site, "projects", "history", record, "--json").stdout)
    assert [each["number"] for each in plain if each["undoable"]] == [5]


def test_a_merge_names_its_source(site: Site) -> None:
    """Merged and parted on a document that somebody named, as every other change."""
    (record,) = _ids(site)
    _run(site, "projects", "split", record, "2", *WHY, "--yes")
    _, other = _ids(site)
    _run(site, "projects", "merge", other, record, *WHY, "--yes")
    _run(site, "projects", "unmerge", other, "--source", "a letter", "--yes", "--as", "ben")
    lines = _run(site, "projects", "history", other).stdout.splitlines()
    assert lines[-2].endswith(f"{other} merged into {record} (undone)  (ana: {WHY[1]}) <{WHY[3]}>")
    assert lines[-1].endswith("undone  (ben) <a letter>")


def test_records_are_changed_by_those_who_may(site: Site) -> None:
    """Once a site has accounts: by the name of --as, and else by that of the system's user."""
    (record,) = _ids(site)
    for name, role in (("ana", "analyst"), ("dana", "dataset")):
        _run(site, "users", "add", name, "--role", role, "--no-password")
    for words, problem in ((("--as", "eve"), "eve has no open account"), ((), "ana has the role analyst")):
        with pytest.raises(UsageError, match=problem):
            _run(site, "projects", "withdraw", record, *WHY, "--yes", *words)
    _run(site, "projects", "withdraw", record, *WHY, "--yes", "--as", "dana")
    assert _ids(site) == []
