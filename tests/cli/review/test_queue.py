"""`offing queue`."""

import json
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from factories.candidate import FACTS, NOW, stored_candidate
from offing.cli import group
from offing.cli.output import candidate_cards
from offing.cli.site import Site
from offing.errors import UnknownItem
from offing.model.review.decision import Judgement, Verdict
from offing.model.values.vocabulary import Status
from offing.services.review.decisions import decide, queue
from offing.settings import Settings
from offing.store.database.engine import Database
from offing.store.tables import article, evidence, revision


@pytest.fixture
def site(sqlite_database: Database, tmp_path: Path) -> Site:
    """A site on an empty database."""
    log = str(tmp_path / "offing.log")
    return Site(Settings(database=f"sqlite:///{tmp_path / 'offing.db'}", log=log, user="ana"))


def _run(site: Site, *words: str) -> Result:
    return CliRunner().invoke(group, list(words), obj=site, catch_exceptions=False, standalone_mode=False)


@pytest.fixture
def two(sqlite_database: Database) -> tuple[int, int]:
    """Two candidates, the second the better one."""
    with sqlite_database.write() as conn:
        return stored_candidate(conn, score=0.61, articles=2), stored_candidate(conn, score=0.95)


def test_the_list_is_quiet_when_piped(site: Site, two: tuple[int, int]) -> None:
    """Without a terminal each candidate is one line between tabs, best first."""
    lines = [line.split("\t") for line in _run(site, "queue", "list").stdout.splitlines()]
    assert [(line[0], line[1]) for line in lines] == [(str(two[1]), "0.95"), (str(two[0]), "0.61")]
    assert lines[1][2:] == ["new", "KEN", "2", "Data centre in Nairobi"]
    assert len(_run(site, "queue", "list", "--limit", "1").stdout.splitlines()) == 1


def test_the_list_as_json_has_what_was_promised(site: Site, two: tuple[int, int]) -> None:
    """The JSON is an array, best first, with the fields of the design; lists are never null."""
    found = json.loads(_run(site, "queue", "list", "--json").stdout)
    assert [item["id"] for item in found] == [two[1], two[0]]
    item = found[1]
    wanted = {"id", "score", "title", "urls", "countries", "firms", "lenders", "amounts", "sector", "status", "kind"}
    assert wanted <= set(item)
    assert len(item["urls"]) == 2
    assert (item["amounts"][0]["value"], item["amounts"][0]["currency"]) == (85_000_000, "EUR")
    assert (item["countries"], item["firms"][0]["name"], item["kind"]) == (["KEN"], "Huawei", "new")


def test_today_brings_the_audit_sample(site: Site, sqlite_database: Database, two: tuple[int, int]) -> None:
    """The audit sample is listed with --today only, after the day's budget."""
    with sqlite_database.write() as conn:
        day = datetime.now(UTC).date().isoformat()
        drawn = stored_candidate(conn, above_cut=False, score=0.1, kind="audit", audit_day=day)
    assert drawn not in [item["id"] for item in json.loads(_run(site, "queue", "list", "--json").stdout)]
    found = json.loads(_run(site, "queue", "list", "--json", "--today", "--limit", "1").stdout)
    assert [(item["id"], item["kind"]) for item in found] == [(two[1], "new"), (drawn, "audit")]


def test_one_candidate_is_shown_with_its_proofs(site: Site, sqlite_database: Database, two: tuple[int, int]) -> None:
    """Fields stand beside quotes, reasons with weights, then sources and decisions."""
    verdict = Verdict(two[0], Judgement.DEFER, "ben", "unclear", {"status": "agreed", "sector": ""})
    decide(sqlite_database, verdict, NOW)
    shown = " ".join(_run(site, "queue", "show", str(two[0])).stdout.split())
    for words in (
        "Kenya (KEN)",
        "“EUR 85 million” — host-official",
        "85,000,000 EUR contract",
        "+2.00 A Chinese firm is named",
    ):
        assert words in shown
    assert "agreed (corrected)" in shown
    assert "“signed a contract”" not in shown
    assert "https://news.example/" in shown
    assert "by ben unclear" in shown


def test_one_candidate_as_json(site: Site, sqlite_database: Database, two: tuple[int, int]) -> None:
    """The JSON of one candidate holds the machine's values, people's, evidence, articles and decisions."""
    decide(sqlite_database, Verdict(two[0], Judgement.DEFER, "ben", edits={"status": "agreed"}), NOW)
    item = json.loads(_run(site, "queue", "show", str(two[0]), "--json").stdout)
    assert (item["status"], item["machine"]["status"], item["state"]) == ("agreed", "signed", "deferred")
    assert (len(item["evidence"]), len(item["articles"]), item["decisions"][0]["by"]) == (8, 2, "ben")


def test_an_unknown_id_is_an_error(site: Site) -> None:
    """An id that nobody has is refused with what to do."""
    for number in ("7", str(2**70)):
        with pytest.raises(UnknownItem, match="offing queue list"):
            _run(site, "queue", "show", number)


def test_a_terminal_gets_a_table(
    two: tuple[int, int], sqlite_database: Database, capsys: pytest.CaptureFixture
) -> None:
    """The table names the best first, why, and what to do next; what came from outside is no markup."""
    decide(
        sqlite_database, Verdict(two[1], Judgement.DEFER, "ben", edits={"title": "[red]Data[/red] \u202ecentre"}), NOW
    )

    items = queue(sqlite_database, NOW + timedelta(days=9))
    candidate_cards.print_queue(items, waiting=5)
    shown = capsys.readouterr().out
    assert "[red]Data[/red]" in shown
    assert "\u202e" not in shown, "nothing from outside turns the line round"
    assert f"2 of 5 · next: offing queue show {two[1]}" in shown
    candidate_cards.print_queue((), waiting=0)
    assert "No candidates are waiting" in capsys.readouterr().out


def test_a_real_terminal_is_served(two: tuple[int, int], tmp_path: Path) -> None:
    """On a terminal of its own the command draws the table."""
    import pty
    import subprocess

    leader, follower = pty.openpty()
    env = {**os.environ, "OFFING_DATABASE": f"sqlite:///{tmp_path / 'offing.db'}", "COLUMNS": "150", "TERM": "xterm"}
    command = [sys.executable, "-m", "offing", "queue", "list"]
    subprocess.run(command, stdout=follower, env=env, cwd=tmp_path, check=True, timeout=60)
    os.close(follower)
    shown = os.read(leader, 65536).decode()
    os.close(leader)
    assert "Data centre in Nairobi" in shown
    assert "next: offing queue show" in shown


def test_a_title_stays_on_its_line(site: Site, sqlite_database: Database) -> None:
    """Tabs, line ends and control characters of a machine's title cannot break the piped list."""
    with sqlite_database.write() as conn:
        stored_candidate(conn, facts=replace(FACTS, title="Data\tcentre\n\x1b[31mred"))
    assert _run(site, "queue", "list").stdout.endswith("\tData centre [31mred\n")


def test_a_quote_for_another_status_says_so(site: Site, sqlite_database: Database) -> None:
    """Where an article of the story proves another status than the one shown, the quote names it."""
    with sqlite_database.write() as conn:
        candidate_id = stored_candidate(conn, facts=replace(FACTS, status=Status.AGREED))
    shown = " ".join(_run(site, "queue", "show", str(candidate_id)).stdout.split())
    assert "signed: “signed a contract” — host-official" in shown


def test_a_sentence_that_proves_several_values_is_quoted_once(site: Site, sqlite_database: Database) -> None:
    """As one that tells interest, maturity and grace of a loan."""
    with sqlite_database.write() as conn:
        candidate_id = stored_candidate(conn)
        row = conn.execute(sa.select(evidence).where(evidence.c.field == "firms")).mappings().one()
        again = {name: value for name, value in row.items() if name != "id"} | {"value": "another firm"}
        conn.execute(sa.insert(evidence).values(**again))
    shown = _run(site, "queue", "show", str(candidate_id)).stdout
    assert shown.count("Huawei signed a contract") == 1


def test_later_changes_and_missing_parts_of_a_text_are_shown(
    site: Site, sqlite_database: Database, two: tuple[int, int]
) -> None:
    """What an outlet changed since, and why the text is not whole, stand beside the sources."""
    told = {"completeness": "summary-only", "completeness_sign": "the page asks for a log-in (401)"}
    diff = "--- as first read\n+++ as changed\n@@ -1 +1 @@\n-Old\x1b[2J words\n+New words"
    row = {"article_id": 3, "number": 1, "found_at": NOW, "title": "x", "paragraphs": [], "sha256": "0", "diff": diff}
    with sqlite_database.write() as conn:
        conn.execute(sa.update(article).values(**told))
        conn.execute(sa.insert(revision).values(**row, text_hash="h"))
    shown = _run(site, "queue", "show", str(two[1])).stdout
    assert "article changed" in shown
    assert "-Old" in shown
    assert "+New words" in shown
    assert "\x1b[2J" not in shown
    assert "Only the feed's summary could be read" in shown
    item = json.loads(_run(site, "queue", "show", str(two[1]), "--json").stdout)
    assert item["revisions"][0]["number"] == 1
    assert item["articles"][0]["completeness"] == "summary-only"


def test_what_is_known_of_the_firms_stands_beside_the_candidate(site: Site, two: tuple[int, int]) -> None:
    """With source and date, apart from fields and quotes; as JSON too."""
    shown = _run(site, "queue", "show", str(two[1])).stdout
    assert "about the parties, from public lists" in shown
    assert "US Entity List" in shown
    (huawei,) = json.loads(_run(site, "queue", "show", str(two[1]), "--json").stdout)["actors"]
    assert huawei["id"] == "huawei"
    assert {"kind", "value", "source", "as_of", "note"} <= set(huawei["facts"][0])
