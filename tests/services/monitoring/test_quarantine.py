"""The quarantine: real workers that fail in each way, what is kept of it, and how items get out again."""

from __future__ import annotations

import asyncio
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from factories.candidate import stored_article
from odd_jobs import chatter, commit_suicide, eat_memory, hang, raise_odd_text, read_pdf_without_pdfium
from offing import __version__
from offing.errors import UnknownItem
from offing.model.operation.run import Ending, Fault, Outcome, WorkItem
from offing.model.reading.rules import ScoringRules
from offing.model.sources.policy import FetchPolicy
from offing.model.values.vocabulary import Verb
from offing.net.client import Client
from offing.services.monitoring.quarantine import case_of, drop_for_good
from offing.services.pipeline.runner import Change, Runner
from offing.services.running.run_context import RunContext, utc_now
from offing.services.running.workers import Workers
from offing.store.database.engine import Database
from offing.store.runs.quarantine import (
    Which,
    count_quarantined,
    quarantined,
    release,
    release_after_upgrade,
)
from offing.store.runs.run import start_run
from offing.store.runs.work import enqueue, waiting
from offing.store.tables import article, body, entry, outcome, page, work

POLICY = FetchPolicy(user_agent="offing-test")
JOBS: dict[int, tuple[Callable[[], Any], float]] = {
    1: (hang, 1),
    2: (eat_memory, 30),
    3: (commit_suicide, 30),
    4: (raise_odd_text, 30),
    5: (chatter, 60),
    6: (time.monotonic, 30),
    7: (read_pdf_without_pdfium, 30),
}


@dataclass(frozen=True)
class Odd:
    """A step whose worker does another odd thing with each item."""

    context: RunContext
    verb: Verb = Verb.EXTRACT
    only: frozenset[int] | None = None

    async def handle(self, item: WorkItem) -> Change:
        """Let a worker do it."""
        job, seconds = JOBS[item.item_id]
        await self.context.workers.call(job, seconds=seconds)
        return lambda _: Outcome(Ending.DONE)


def run_odd(database: Database, items: range) -> None:
    """Run the odd step over some items with real workers."""

    async def go() -> None:
        async with Client(POLICY) as client:
            with Workers((), 2) as workers:
                context = RunContext(database, client, workers, POLICY, ScoringRules(0.5, 0.0, {}, {}))
                with database.write() as conn:
                    run_id = start_run(conn, "test", "here", 1, utc_now())
                    for number in items:
                        enqueue(conn, Verb.EXTRACT, number, utc_now() - timedelta(seconds=1))
                try:
                    await Runner(context, run_id).run([Odd(context)])
                finally:
                    context.close()

    asyncio.run(go())


def test_each_way_to_fail_has_its_class(database: Database) -> None:
    """Hang, memory, crash and exception are told apart; who only talks too much is done; nothing else is lost."""
    run_odd(database, range(1, 7))
    with database.read() as conn:
        held = {item.item_id: item for item in quarantined(conn)}
        done = conn.execute(sa.select(outcome.c.item_id).where(outcome.c.ending == Ending.DONE)).scalars().all()
        assert waiting(conn) == {}
    assert {number: item.fault for number, item in held.items()} == {
        1: Fault.HANG, 2: Fault.MEMORY, 3: Fault.CRASH, 4: "ValueError"
    }  # fmt: skip
    assert sorted(done) == [5, 6]
    assert [held[number].tries for number in (1, 2, 3, 4)] == [3, 3, 3, 1]
    assert {item.version for item in held.values()} == {__version__}
    assert "raise_odd_text" in held[4].trace
    assert max(map(len, held[4].trace.splitlines())) <= 200
    assert held[4].reason.startswith("ValueError: odd")


def test_a_pdf_document_waits_for_the_library_that_reads_it(database: Database) -> None:
    """Without the extra `pdf` nothing is lost: the document is set aside, and the reason says what to install."""
    run_odd(database, range(7, 8))
    with database.read() as conn:
        (held,) = quarantined(conn, Which(fault="MissingExtra"))
    assert held.reason == "MissingExtra: PDF documents are not read here: pip install 'offing[pdf]'"


NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def set_aside(database: Database, verb: Verb, item_id: int, fault: str = "ValueError", **values: object) -> int:
    """An item in quarantine; its number there."""
    with database.write() as conn:
        enqueue(conn, verb, item_id, NOW)
        its = (work.c.verb == verb) & (work.c.item_id == item_id)
        row = {
            "quarantined_at": NOW,
            "reason": f"{fault}: odd",
            "fault": fault,
            "tries": 1,
            "set_aside_by": __version__,
        }
        conn.execute(sa.update(work).where(its).values(**{**row, **values}))
        return conn.execute(sa.select(work.c.id).where(its)).scalar_one()


@pytest.fixture
def chain(database: Database) -> dict[Verb, int]:
    """The ids of one article's chain, by the verb that takes them."""
    with database.write() as conn:
        article_id = stored_article(conn)
        page_id = conn.execute(sa.select(article.c.page_id)).scalar_one()
        entry_id, feed_id = conn.execute(sa.select(entry.c.id, entry.c.feed_id)).one()
        digest = conn.execute(sa.select(page.c.sha256)).scalar_one()
        conn.execute(sa.update(body).where(body.c.sha256 == digest).values(packed=zlib.compress(b"<p>odd</p>")))
    return {
        Verb.POLL: feed_id,
        Verb.FETCH: entry_id,
        Verb.EXTRACT: page_id,
        Verb.RECOGNIZE: article_id,
        Verb.PROPOSE: article_id,
    }


def test_each_item_says_what_it_was(database: Database, chain: dict[Verb, int]) -> None:
    """The address stands in the list for each verb, and for an item whose noun is gone there is none."""
    for verb, item_id in chain.items():
        set_aside(database, verb, item_id)
    set_aside(database, Verb.EXTRACT, 999)
    with database.read() as conn:
        urls = {item.verb: item.url for item in quarantined(conn) if item.item_id != 999}
        (lost,) = [item for item in quarantined(conn) if item.item_id == 999]
        assert count_quarantined(conn) == 6
        assert len(quarantined(conn, limit=2)) == 2
    assert set(urls) == set(chain)
    assert all(url.startswith("https://news.example/") for url in urls.values())
    assert urls[Verb.POLL].endswith("/feed")
    assert lost.url == ""


@pytest.mark.parametrize(
    ("verb", "content", "command"),
    [
        (Verb.POLL, b"", "offing feeds check 'https://"),
        (Verb.FETCH, b"", "offing read 'https://"),
        (Verb.EXTRACT, b"<p>odd</p>", "offing read FILE --url 'https://"),
        (Verb.RECOGNIZE, b'"title"', "offing analyse FILE --all"),
        (Verb.PROPOSE, b'"paragraphs"', "offing analyse FILE --all"),
    ],
)
def test_a_fault_can_be_seen_again(
    database: Database, chain: dict[Verb, int], verb: Verb, content: bytes, command: str
) -> None:
    """What the stage was given is there with its digest, and the commands to type."""
    case = case_of(database, set_aside(database, verb, chain[verb]))
    assert content in case.content
    assert bool(case.digest) == bool(content)
    assert any(each.startswith(command) for each in case.commands)


def test_what_is_not_there_is_said(database: Database) -> None:
    """A number that nothing has, or that was released."""
    number = set_aside(database, Verb.RECOGNIZE, 999)
    assert case_of(database, number).commands == ()
    with database.write() as conn:
        release(conn, Which(ids=(number,)), NOW, "ada")
    with pytest.raises(UnknownItem, match="nothing is set aside under"):
        case_of(database, number)


def test_items_are_chosen_by_stage_class_and_time(database: Database) -> None:
    """Each condition narrows the choice; all of them hold at once."""
    set_aside(database, Verb.FETCH, 1, "ValueError")
    set_aside(database, Verb.EXTRACT, 2, Fault.HANG)
    set_aside(database, Verb.EXTRACT, 3, "ValueError", quarantined_at=NOW - timedelta(days=2))
    with database.read() as conn:

        def chosen(which: Which) -> set[int]:
            return {item.item_id for item in quarantined(conn, which)}

        assert chosen(Which(verb=Verb.EXTRACT)) == {2, 3}
        assert chosen(Which(fault="ValueError")) == {1, 3}
        assert chosen(Which(since=NOW - timedelta(days=1))) == {1, 2}
        assert chosen(Which(verb=Verb.EXTRACT, fault="ValueError")) == {3}
        assert chosen(Which(verb=Verb.POLL)) == set()


def test_an_upgrade_gives_each_item_one_chance(database: Database) -> None:
    """What another version set aside is due again; what this one set aside stays."""
    set_aside(database, Verb.FETCH, 1, set_aside_by="0.0.9")
    set_aside(database, Verb.FETCH, 2)
    set_aside(database, Verb.FETCH, 3, set_aside_by="")
    with database.write() as conn:
        assert release_after_upgrade(conn, __version__, NOW) == 2
        assert release_after_upgrade(conn, __version__, NOW) == 0
        assert [item.item_id for item in quarantined(conn)] == [2]
        assert waiting(conn) == {Verb.FETCH: 2}


def test_who_drops_an_item_and_why_is_written_down(database: Database) -> None:
    """It is done for good with an outcome; a feed is none to be dropped."""
    first, feed = set_aside(database, Verb.EXTRACT, 1), set_aside(database, Verb.POLL, 2)
    assert drop_for_good(database, Which(ids=(first, feed)), "ada", "pictures only", NOW) == 1
    assert drop_for_good(database, Which(ids=(first,)), "ada", "again", NOW) == 0
    with database.read() as conn:
        (told,) = conn.execute(sa.select(outcome.c.ending, outcome.c.cause, outcome.c.item_id)).all()
        assert told == (Ending.REFUSED, "dropped by ada: pictures only", 1)
        assert [item.item_id for item in quarantined(conn)] == [2]
        assert waiting(conn) == {}


def test_ten_thousand_items_are_handled_in_a_moment(database: Database) -> None:
    """List, count, retry and drop stay quick."""
    with database.write() as conn:
        row = {"verb": Verb.EXTRACT, "due_at": NOW, "quarantined_at": NOW, "fault": "ValueError"}
        conn.execute(sa.insert(work), [{**row, "item_id": number} for number in range(10_000)])
    begun = time.monotonic()
    with database.read() as conn:
        assert count_quarantined(conn) == 10_000
        assert len(quarantined(conn)) == 10_000
    with database.write() as conn:
        assert release(conn, Which(ids=tuple(range(1, 101))), NOW, "ada") == 100
    assert drop_for_good(database, Which(fault="ValueError"), "ada", "test", NOW) == 9_900
    assert time.monotonic() - begun < 5
