"""`offing explain`."""

import json
import math
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factories.candidate import stored_candidate
from offing.cli import group
from offing.cli.site import Site
from offing.errors import UnknownItem, UsageError
from offing.settings import Settings
from offing.store.database.engine import Database

PROJECT = {
    "id": "a",
    "lang": "en",
    "title": "Huawei wins contract for national data centre in Kenya",
    "paragraphs": ["Kenya signed a $20 million contract with Huawei to build a national data centre in Nairobi."],
}
MARKETS = {
    "id": "b",
    "lang": "en",
    "title": "ZTE shares fall",
    "paragraphs": ["ZTE shares closed lower on the stock exchange as net profit and dividends fell."],
}
NOTHING = {"id": "c", "lang": "en", "title": "Rain in Leeds", "paragraphs": ["It rained."]}


@pytest.fixture
def site(sqlite_database: Database, tmp_path: Path) -> Site:
    """A site on an empty database."""
    return Site(Settings(database=f"sqlite:///{tmp_path / 'offing.db'}", log=str(tmp_path / "offing.log"), user="ana"))


def _run(site: Site, *words: str) -> Result:
    return CliRunner().invoke(group, list(words), obj=site, catch_exceptions=False, standalone_mode=False)


def _file(tmp_path: Path, *rows: dict[str, object]) -> str:
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return str(path)


def test_a_candidate_has_its_reasons_and_quotes(site: Site, tmp_path: Path) -> None:
    """Each reason stands with weight and name, each value with its quote."""
    shown = _run(site, "explain", _file(tmp_path, PROJECT)).stdout
    assert "candidate · score" in shown
    assert "target-in-title" in shown
    assert "firms: Huawei (contractor)  “Huawei wins contract for national data centre in Kenya”" in shown


def test_the_score_can_be_added_up(site: Site, tmp_path: Path) -> None:
    """The bias and the weights make the sum, whose logistic is the score; the cut stands beside it."""
    lines = _run(site, "explain", _file(tmp_path, PROJECT)).stdout.splitlines()
    weights = {line.split()[1]: float(line.split()[0]) for line in lines if re.match(r"  [+-]\d", line)}
    total = weights.pop("sum")
    assert weights["bias"] < 0
    assert sum(weights.values()) == pytest.approx(total)
    assert f"candidate · score {1 / (1 + math.exp(-total)):.2f} · cut 0.50" in lines
    (told,) = json.loads(_run(site, "explain", _file(tmp_path, PROJECT), "--json").stdout)
    assert (told["bias"], told["cut"]) == (weights["bias"], 0.5)


def test_roles_kinds_and_speakers_are_reported(site: Site, sqlite_database: Database, tmp_path: Path) -> None:
    """Of firms, sums and quotes, where known; of a stored candidate, too, whose score other rules have made."""
    with sqlite_database.write() as conn:
        number = str(stored_candidate(conn, score=0.9))
    assert "  firms: Huawei (contractor)  “Huawei wins" in _run(site, "explain", _file(tmp_path, PROJECT)).stdout
    shown = _run(site, "explain", number).stdout
    assert "  amounts: 85000000 EUR (contract)  “EUR 85 million” — host-official" in shown
    assert "score 0.90 · cut 0.50" in shown
    assert "stored score 0.90, by earlier rules" in shown


def test_what_is_known_of_the_firms_is_reported(site: Site, sqlite_database: Database, tmp_path: Path) -> None:
    """Beside the quotes of a text, and of a stored candidate."""
    line = "  Huawei: US NDAA section 889 (no US federal procurement) · Public Law 115-232, section 889, 13 Aug 2018"
    with sqlite_database.write() as conn:
        number = str(stored_candidate(conn))
    assert line in _run(site, "explain", _file(tmp_path, PROJECT)).stdout
    assert line in _run(site, "explain", number).stdout
    (told,) = json.loads(_run(site, "explain", _file(tmp_path, PROJECT), "--json").stdout)
    assert [actor["id"] for actor in told["actors"]] == ["huawei"]
    assert json.loads(_run(site, "explain", number, "--json").stdout)["actors"][0]["name"] == "Huawei"


def test_a_reject_has_the_name_of_its_reason(site: Site, tmp_path: Path) -> None:
    """What is no candidate is named by what weighed most against it, the screened-out by its lack of a party."""
    found = json.loads(_run(site, "explain", _file(tmp_path, MARKETS, NOTHING), "--json").stdout)
    assert [one["fate"] for one in found] == ["below-cut", "screened-out"]
    assert found[0]["reject"]["name"] in ("stock-market", "quarterly-results")
    assert found[1]["reject"]["name"] == "no-chinese-party"


def test_a_reject_that_is_context_says_so(site: Site, tmp_path: Path) -> None:
    """With its kind and region."""
    path = tmp_path / "summit.txt"
    path.write_text("ASEAN and China adopt an action plan\n\nThe summit in Jakarta ended.\n", encoding="utf-8")
    assert "\nstored as context · plan · asean" in _run(site, "explain", str(path)).stdout


def test_a_plain_text_is_an_article(site: Site, tmp_path: Path) -> None:
    """The first line of a text is its title."""
    path = tmp_path / "story.txt"
    path.write_text(f"{PROJECT['title']}\n\nKenya signed a contract with Huawei.\n", encoding="utf-8")
    assert _run(site, "explain", str(path)).stdout.startswith(str(PROJECT["title"]))


def test_a_bad_row_is_reported_by_file_and_line_and_the_rest_goes_on(site: Site, tmp_path: Path) -> None:
    """A name of JSONL means JSONL, whatever stands first in the file; the exit code tells that a row was bad."""
    path = tmp_path / "articles.jsonl"
    rows = ["oops", json.dumps(PROJECT), "", "[1]", '{"title": "x"}', '{"id": 1}', json.dumps(NOTHING)]
    path.write_text("\n".join(rows), encoding="utf-8")
    done = CliRunner().invoke(group, ["explain", str(path), "--json"], obj=site)
    assert [one["fate"] for one in json.loads(done.stdout)] == ["candidate", "screened-out"]
    assert done.exit_code == 1
    told = [line.removeprefix(f"offing: {path}:").split(":")[0] for line in done.stderr.splitlines()]
    assert told == ["1", "4", "5", "6"]


def test_a_number_is_a_candidate_or_an_article(site: Site, sqlite_database: Database) -> None:
    """The reasons of a stored candidate are those of the queue; --article judges the stored article anew."""
    with sqlite_database.write() as conn:
        number = stored_candidate(conn, score=0.9)
    assert f"candidate {number} · open · score 0.90" in _run(site, "explain", str(number)).stdout
    assert json.loads(_run(site, "explain", str(number), "--json").stdout)["id"] == number
    assert json.loads(_run(site, "explain", "1", "--article", "--json").stdout)[0]["fate"]


def test_what_is_not_there_is_said(site: Site, tmp_path: Path) -> None:
    """An unknown number, a missing file and an empty one are told in one sentence."""
    for error, words in (
        (UnknownItem, ("999",)),
        (UnknownItem, ("999", "--article")),
        (UsageError, ("nowhere.txt",)),
        (UsageError, ("nowhere", "--article")),
    ):
        with pytest.raises(error):
            _run(site, "explain", *words)
    for name in ("empty.txt", "empty.jsonl"):
        empty = tmp_path / name
        empty.write_text(" \n")
        with pytest.raises(UsageError, match="contains no article"):
            _run(site, "explain", str(empty))
