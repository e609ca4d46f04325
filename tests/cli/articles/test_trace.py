"""offing trace: the whole story of one address, and what is said of one that is not known."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from site_runner import ended

from factories.candidate import NOW, stored_article, stored_candidate, stored_row
from offing.model.operation.run import Ending
from offing.model.operation.trace import Trace, Unknown
from offing.model.review.decision import Judgement, Verdict
from offing.model.sources.feed import FeedState
from offing.model.values.vocabulary import Verb
from offing.services.monitoring.trace import trace
from offing.services.review.decisions import decide
from offing.store.database.engine import Database
from offing.store.runs.run import end_run, start_run
from offing.store.runs.work import enqueue
from offing.store.tables import (
    article,
    entry,
    feed,
    outcome,
    page,
    project,
    project_candidate,
    story_article,
    tombstone,
    work,
)
from offing.urls import url_key

Shown = Callable[..., tuple[int, str, str]]
ADDRESS = "https://ledger.example/news/konza"


@pytest.fixture
def shown(sqlite_database: Database) -> Shown:
    """A function that traces an address: the exit code, and what is printed on stdout and stderr."""
    folder = Path(str(sqlite_database.engine.url.database)).parent

    def show(*words: str) -> tuple[int, str, str]:
        done = ended(folder, "trace", *words)
        return done.returncode, done.stdout, done.stderr

    return show


def announce(conn: sa.Connection, **values: Any) -> tuple[int, int, int]:
    """An article at `ADDRESS`, which redirects led to; its own id, and those of its page and entry."""
    article_id = stored_article(conn)
    page_id = conn.execute(sa.select(article.c.page_id).where(article.c.id == article_id)).scalar_one()
    entry_id = conn.execute(sa.select(page.c.entry_id).where(page.c.id == page_id)).scalar_one()
    there = "https://go.example/1"
    conn.execute(sa.update(entry).where(entry.c.id == entry_id).values(url=there, url_key=url_key(there), **values))
    led = {"url": there, "final_url": ADDRESS, "final_url_key": url_key(ADDRESS)}
    conn.execute(sa.update(page).where(page.c.id == page_id).values(led))
    named = f"{ADDRESS}/own"
    conn.execute(sa.update(article).where(article.c.id == article_id).values(url=named, url_key=url_key(named)))
    return article_id, page_id, entry_id


def end(conn: sa.Connection, verb: Verb, item_id: int, ending: Ending, cause: str = "") -> None:
    """One turn of a step in a run of its own."""
    run_id = start_run(conn, "hourly", "here", 1, NOW)
    row = {"run_id": run_id, "verb": verb, "item_id": item_id, "ending": ending, "cause": cause, "url": ""}
    conn.execute(sa.insert(outcome).values(**row, at=NOW + timedelta(seconds=run_id)))
    end_run(conn, run_id, NOW, 0, {})


@pytest.mark.parametrize("address", ["https://go.example/1?utm_source=x", ADDRESS, f"{ADDRESS}/own"])
def test_an_address_is_found_by_each_of_its_names(sqlite_database: Database, shown: Shown, address: str) -> None:
    """As announced, after redirects, and as the page names it; with every turn, the last refusal and its cause."""
    with sqlite_database.write() as conn:
        article_id, page_id, entry_id = announce(conn, title="Konza\x1b[31m")
        end(conn, Verb.FETCH, entry_id, Ending.LATER, "it answers 503")
        end(conn, Verb.FETCH, entry_id, Ending.DONE)
        end(conn, Verb.EXTRACT, page_id, Ending.DONE)
        end(conn, Verb.PROPOSE, article_id, Ending.BELOW_CUT, "score 0.10 is below 0.50")
        again = {"feed_id": None, "entry_key": "e", "url": ADDRESS, "url_key": "k", "title": "T", "seen_at": NOW}
        stored_row(conn, entry, **again, same_as=entry_id, added_by="ana")
    code, out, err = shown(address)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == (
        "outcome     kept, but not queued: score 0.10 is below 0.50; `offing explain 1 --article` shows its reasons"
    )
    assert "by feed 1 (News): https://go.example/1 “Konza" in lines[1]
    assert f"by ana, the same page again: {ADDRESS}" in lines[2]
    assert lines[3].endswith(f", led to {ADDRESS}")
    assert [line.split()[0] for line in lines[4:8]] == ["fetch", "fetch", "extract", "propose"]
    assert lines[4].endswith("run 1: later: it answers 503")
    assert "\x1b" not in out


def test_what_waits_and_what_is_set_aside_say_why(sqlite_database: Database, shown: Shown) -> None:
    """When a step is due and why it was put off; in quarantine, with its number there."""
    with sqlite_database.write() as conn:
        article_id, _, _ = announce(conn)
        enqueue(conn, Verb.RECOGNIZE, article_id, NOW)
        conn.execute(sa.update(work).values(reason="hang: took longer than 60 s", tries=2))
    assert "outcome     waits for `recognize`, due 20" in shown(ADDRESS)[1]
    assert ", 2 tries so far: hang: took longer than 60 s" in shown(ADDRESS)[1]
    with sqlite_database.write() as conn:
        conn.execute(sa.update(work).values(quarantined_at=NOW))
    out = shown(ADDRESS)[1]
    assert "outcome     set aside by `recognize`: hang: took longer than 60 s (offing quarantine show 1)" in out


def test_the_story_goes_on_to_decisions_and_the_record(sqlite_database: Database, shown: Shown) -> None:
    """A candidate of two articles, decided, taken up into a record; as JSON with the same names."""
    with sqlite_database.write() as conn:
        candidate_id = stored_candidate(conn, articles=2)
        first = conn.execute(sa.select(article.c.id).order_by(article.c.id).limit(1)).scalar_one()
        conn.execute(sa.update(article).where(article.c.id == first).values(url=ADDRESS, url_key=url_key(ADDRESS)))
    assert f"outcome     candidate {candidate_id} (open)" in shown(ADDRESS)[1]
    decide(sqlite_database, Verdict(candidate_id, Judgement.ACCEPT, "ana", "clear"), NOW)
    with sqlite_database.write() as conn:
        record = stored_row(conn, project, id="off-2026-000001", year=2026, number=1, facts={}, version=1)
        stored_row(conn, project_candidate, project_id=record, candidate_id=candidate_id, promoted_at=NOW)
    _, out, _ = shown(ADDRESS)
    assert "outcome     part of the record off-2026-000001, in no release yet" in out
    assert f"; story {1}, 2 articles)" in out
    assert f"candidate {candidate_id} accept by ana: clear" in out
    found = json.loads(shown(ADDRESS, "--json")[1])
    assert (found["known"], found["candidates"][0]["record"]) == (True, "off-2026-000001")
    assert found["decisions"][0]["judgement"] == "accept"


def test_an_unknown_address_says_what_would_have_to_happen(sqlite_database: Database, shown: Shown) -> None:
    """Exit code 2, the nearest known addresses, the feed that would have to announce it and its trouble."""
    with sqlite_database.write() as conn:
        announce(conn)
        stored_row(
            conn, entry, entry_key="k", url="https://www.ledger.co.ke/news/2026/port-of-lamu", url_key="l", title="T"
        )
        trouble = {"state": FeedState.BLOCKED, "cause": "it answers 403"}
        conn.execute(sa.update(feed).values(url="https://ledger.co.ke/feed", **trouble))
    unknown = "https://www.ledger.co.ke/news/2026/port-of-lamo"
    code, out, err = shown(unknown)
    assert (code, out) == (2, "")
    assert err.splitlines() == [
        f"offing: {unknown} is not known: no feed on the list has announced it, and nobody added it",
        "  did you mean https://www.ledger.co.ke/news/2026/port-of-lamu",
        "  feed 1 (https://ledger.co.ke/feed) has to announce it, but it is blocked: it answers 403",
        f"  or a person adds it: offing add {unknown}",
    ]
    code, out, _ = shown("https://elsewhere.example/x", "--json")
    found = json.loads(out)
    assert (code, found["known"], found["nearest"]) == (2, False, [])
    assert "no feed of elsewhere.example is on the list" in found["steps"][0]
    assert "it is the address of feed 1 itself" in shown("https://ledger.co.ke/feed")[2]


def test_a_pruned_address_says_so(sqlite_database: Database, shown: Shown) -> None:
    """With the way to bring it back; what is no address is refused."""
    with sqlite_database.write() as conn:
        stored_row(conn, tombstone, entry_key="e", url_key=url_key(ADDRESS), pruned_at=NOW)
    code, out, _ = shown(ADDRESS)
    assert code == 0
    assert out.startswith(f"outcome     pruned on {NOW:%Y-%m-%d}")
    code, _, err = shown("ledger.example/x")
    assert (code, "has to begin with http" in err) == (2, True)


def test_both_databases_tell_the_same_story(database: Database) -> None:
    """From the entry to the decision, and of an address near a known one."""
    with database.write() as conn:
        article_id, page_id, entry_id = announce(conn)
        candidate_id = stored_candidate(conn)
        conn.execute(sa.update(story_article).values(article_id=article_id))
        end(conn, Verb.FETCH, entry_id, Ending.DONE)
        enqueue(conn, Verb.EXTRACT, page_id, NOW)
    decide(database, Verdict(candidate_id, Judgement.REJECT, "ana", "not-a-project"), NOW)
    found = trace(database, ADDRESS)
    assert isinstance(found, Trace)
    assert found.outcome == f"candidate {candidate_id} (rejected)"
    assert [(each.verb, each.ending) for each in found.turns] == [(Verb.FETCH, Ending.DONE)]
    assert [each.verb for each in found.pending] == [Verb.EXTRACT]
    assert [each.judgement for each in found.decisions] == [Judgement.REJECT]
    near = trace(database, "https://go.example/2")
    assert isinstance(near, Unknown)
    assert near.nearest == ("https://go.example/1",)
