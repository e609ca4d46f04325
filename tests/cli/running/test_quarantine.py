"""`offing quarantine` and `offing db prune`: what they say, what they refuse, what they write down."""

from __future__ import annotations

import json
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from factories.candidate import stored_article
from offing import __version__
from offing.cli import group
from offing.cli.site import Site
from offing.errors import OffingError
from offing.model.operation.run import Fault
from offing.model.values.vocabulary import Verb
from offing.settings import Settings
from offing.store.database.engine import Database
from offing.store.runs.work import enqueue
from offing.store.tables import article, body, entry, outcome, tombstone, work

NOW = datetime.now(UTC)
PAGE = b"<html><p>odd</p></html>"


@pytest.fixture
def site(sqlite_database: Database, tmp_path: Path) -> Site:
    """A site with one page in quarantine, set aside by this version, and an article set aside by hanging."""
    with sqlite_database.write() as conn:
        article_id = stored_article(conn)
        page_id = conn.execute(sa.select(article.c.page_id)).scalar_one()
        conn.execute(sa.update(body).values(packed=zlib.compress(PAGE)))
        for verb, item_id, fault in ((Verb.EXTRACT, page_id, "ValueError"), (Verb.RECOGNIZE, article_id, Fault.HANG)):
            enqueue(conn, verb, item_id, NOW)
            its = sa.update(work).where(work.c.verb == verb)
            why = {"reason": f"{fault}: odd \x1b[31mpage", "fault": fault, "tries": 1, "set_aside_by": __version__}
            conn.execute(its.values(quarantined_at=NOW, trace="Traceback\n  line \x1b[2J 7\nValueError: odd", **why))
    settings = Settings(database=f"sqlite:///{tmp_path / 'offing.db'}", log=str(tmp_path / "offing.log"), user="ana")
    return Site(settings)


def run(site: Site, *words: str) -> Result:
    """The result of a command, whatever it is."""
    return CliRunner().invoke(group, list(words), obj=site, standalone_mode=False)


def said(site: Site, *words: str) -> str:
    """What a command prints; it has to succeed."""
    done = run(site, *words)
    assert done.exception is None, done.output
    return done.stdout


def refused(site: Site, *words: str) -> str:
    """The sentence with which a command is refused."""
    done = run(site, *words)
    assert isinstance(done.exception, OffingError), done.output
    return str(done.exception)


def listed(site: Site, *words: str) -> list[dict[str, Any]]:
    """The list as JSON."""
    return json.loads(said(site, "quarantine", "list", "--json", *words))


def test_the_list_says_what_was_set_aside(site: Site) -> None:
    """Stage, class, time, tries, address and reason; nothing that steers the terminal; what to do next."""
    shown = said(site, "quarantine", "list")
    assert "\x1b" not in shown
    assert "2 of 2 · next: offing quarantine show" in shown
    rows = listed(site)
    assert {row["verb"] for row in rows} == {"extract", "recognize"}
    assert {row["fault"] for row in rows} == {"ValueError", "hang"}
    assert all(row["url"].startswith("https://news.example/") for row in rows)
    assert [row["verb"] for row in listed(site, "--stage", "extract")] == ["extract"]
    assert [row["verb"] for row in listed(site, "--class", "hang")] == ["recognize"]
    assert listed(site, "--since", "2999-01-01") == []
    assert "no such items" in said(site, "quarantine", "list", "--class", "crash")
    assert "1 of 2" in said(site, "quarantine", "list", "--limit", "1")


def test_one_item_is_shown_with_what_it_was_given(site: Site, tmp_path: Path) -> None:
    """Cause, traceback, digest and commands; its content can be saved to see the fault again."""
    (row,) = listed(site, "--stage", "extract")
    shown = said(site, "quarantine", "show", str(row["id"]))
    assert "\x1b" not in shown
    assert "ValueError: odd" in shown
    assert "Traceback" in shown
    assert f"offing {__version__}" in shown
    assert "offing read FILE --url" in shown
    plain = json.loads(said(site, "quarantine", "show", str(row["id"]), "--json"))
    assert plain["input"]["bytes"] == len(PAGE)
    assert plain["commands"][1].startswith("offing read FILE")
    file = tmp_path / "page.html"
    assert f"saved {len(PAGE)} bytes" in said(site, "quarantine", "show", str(row["id"]), "--save", str(file))
    assert file.read_bytes() == PAGE
    assert "nothing is set aside under 999" in refused(site, "quarantine", "show", "999")


def test_an_article_is_saved_as_analyse_reads_it(site: Site, tmp_path: Path) -> None:
    """The saved row goes through `offing analyse`."""
    (row,) = listed(site, "--stage", "recognize")
    file = tmp_path / "article.jsonl"
    said(site, "quarantine", "show", str(row["id"]), "--save", str(file))
    done = CliRunner().invoke(group, ["analyse", str(file), "--all"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["candidates"]


def test_nothing_can_be_saved_of_what_asks_the_network(site: Site, sqlite_database: Database, tmp_path: Path) -> None:
    """A fetch has no content yet: the sentence says so."""
    with sqlite_database.write() as conn:
        enqueue(conn, Verb.FETCH, 1, NOW)
        conn.execute(sa.update(work).where(work.c.verb == "fetch").values(quarantined_at=NOW))
    (row,) = listed(site, "--stage", "fetch")
    assert "no input that could be saved" in refused(
        site, "quarantine", "show", str(row["id"]), "--save", str(tmp_path / "x")
    )
    assert "offing read 'https://news.example/" in said(site, "quarantine", "show", str(row["id"]))


def test_retry_takes_all_or_some(site: Site) -> None:
    """By number, by stage, by class; without a choice all."""
    (row,) = listed(site, "--class", "hang")
    assert said(site, "quarantine", "retry", str(row["id"])).startswith("1 item will be retried")
    assert said(site, "quarantine", "retry", "--stage", "propose").startswith("0 items")
    assert said(site, "quarantine", "retry").startswith("1 item ")
    assert listed(site) == []


def test_drop_needs_a_choice_and_a_reason(site: Site, sqlite_database: Database) -> None:
    """Nothing is dropped by accident; who and why stands in the outcome."""
    assert "choose items" in refused(site, "quarantine", "drop", "--reason", "all of it")
    assert "--reason is empty" in refused(site, "quarantine", "drop", "--class", "hang", "--reason", " ")
    assert run(site, "quarantine", "drop", "1").exception is not None
    assert said(site, "quarantine", "drop", "--class", "hang", "--reason", "pictures").startswith("dropped 1 item")
    with sqlite_database.read() as conn:
        assert conn.execute(sa.select(outcome.c.cause)).scalar() == "dropped by ana: pictures"
    assert len(listed(site)) == 1


def test_prune_says_what_goes(site: Site, sqlite_database: Database) -> None:
    """First as a rehearsal, then in earnest; what is in quarantine stays; a second time there is nothing left."""
    with sqlite_database.write() as conn:
        stored_article(conn)
        conn.execute(sa.update(entry).values(seen_at=NOW - timedelta(days=400)))
    dry = json.loads(said(site, "db", "prune", "--older-than", "365", "--dry-run", "--json"))
    assert (dry["dry_run"], dry["counts"]["entries"], dry["counts"]["articles"]) == (True, 1, 1)
    assert "would delete" in said(site, "db", "prune", "--older-than", "365", "--dry-run")
    told = said(site, "db", "prune", "--older-than", "365")
    assert "1 entries" in told
    assert "1 articles" in told
    assert "nothing" in said(site, "db", "prune", "--older-than", "365")
    with sqlite_database.read() as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(tombstone)).scalar() == 1
        assert conn.execute(sa.select(sa.func.count()).select_from(entry)).scalar() == 1
