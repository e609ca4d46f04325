"""Feeds share a run: a feed with hundreds of entries delays no other's first ones, and what is left is told."""

from __future__ import annotations

import asyncio
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from rich.console import Console

from factories.candidate import stored_article
from offing.cli.output.tally import print_tally, tally_json
from offing.model.operation.run import Ending, Outcome, PutOff, Tally, WorkItem
from offing.model.reading.rules import ScoringRules
from offing.model.sources.entry import AnnouncedEntry
from offing.model.sources.feed import FeedSpec
from offing.model.sources.policy import FetchPolicy
from offing.model.values.vocabulary import Verb
from offing.net.client import Client
from offing.services.pipeline.run import RunReport
from offing.services.pipeline.runner import Change, Runner
from offing.services.pipeline.shares import Shares
from offing.services.running.run_context import RunContext
from offing.services.running.workers import Workers
from offing.store.articles.entry import save_entries
from offing.store.database.engine import Database
from offing.store.feeds.feed import add_feeds
from offing.store.runs.run import start_run
from offing.store.runs.work import enqueue
from offing.store.tables import entry, feed, work
from offing.urls import url_key

NOW = datetime(2026, 3, 5, 8, 0, tzinfo=UTC)
POLICY = FetchPolicy(user_agent="offing-test")
LARGE, SMALL = 500, 3


@dataclass(frozen=True)
class Plain:
    """A step that does nothing with its items, and notes of which feed they are."""

    verb: Verb
    feeds: list[int | None] = field(default_factory=list)
    only: frozenset[int] | None = None

    async def handle(self, item: WorkItem) -> Change:
        """Done at once."""
        self.feeds.append(item.feed_id)
        return lambda _: Outcome(Ending.DONE)


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """No step here asks them for anything."""
    with Workers((), 1) as found:
        yield found


def fill(database: Database, *, hosts: int) -> tuple[int, ...]:
    """A feed with very many entries, then five with few, all on so many hosts of one domain; their ids."""
    with database.write() as conn:
        add_feeds(conn, [FeedSpec(f"https://f{number}.test/feed") for number in range(6)], NOW, "t")
        ids = tuple(conn.execute(sa.select(feed.c.id).order_by(feed.c.id)).scalars())
        for number, feed_id in enumerate(ids):
            urls = [f"https://h{each % hosts}.paper.com/{number}/{each}" for each in range(SMALL if number else LARGE)]
            found = [AnnouncedEntry(f"{number} {url}", url, url_key(url)) for url in urls]
            save_entries(conn, feed_id, found, NOW + timedelta(seconds=number))
    return ids


def run(database: Database, workers: Workers, step: Plain, shares: Shares, stop_after: int) -> Tally:
    """A run that claims nothing more once so many items have ended."""

    async def go() -> Tally:
        async with Client(POLICY) as client:
            context = RunContext(database, client, workers, POLICY, ScoringRules(0.5, 0.0, {}, {}))
            with database.write() as conn:
                run_id = start_run(conn, "test", "here", 1, NOW)
            runner = Runner(context, run_id, 8, shares=shares)

            def stop(*_: object) -> None:
                if len(step.feeds) >= stop_after:
                    runner.stop.ask()

            runner.watch = stop
            try:
                return await runner.run([step])
            finally:
                context.close()

    return asyncio.run(go())


@pytest.mark.parametrize("hosts", [1, 4])
def test_a_large_feed_delays_no_other(database: Database, workers: Workers, hosts: int) -> None:
    """Though its 500 entries were due before, all of five small feeds are done when a run stops after 30 pages."""
    large, *small = fill(database, hosts=hosts)
    step = Plain(Verb.FETCH)
    tally = run(database, workers, step, Shares(), 30)
    done = Counter(step.feeds)
    assert [done[each] for each in small] == [SMALL] * 5
    assert tally.put_off == [PutOff(Verb.FETCH, "https://f0.test/feed", LARGE - done[large])]
    assert _waiting(database) == LARGE - done[large]


def test_steps_without_hosts_take_turns_too(database: Database, workers: Workers) -> None:
    """Articles of a large feed that wait to be read stand behind the first ones of all others."""
    with database.write() as conn:
        numbers = [stored_article(conn) for _ in range(60)]
        ids = list(conn.execute(sa.select(entry.c.feed_id).order_by(entry.c.id)).scalars())
        large, *small = ids[0], *ids[-5:]
        conn.execute(sa.update(entry).where(entry.c.feed_id.not_in(small)).values(feed_id=large))
        for place, number in enumerate(numbers):
            enqueue(conn, Verb.PROPOSE, number, NOW + timedelta(seconds=place))
    step = Plain(Verb.PROPOSE)
    tally = run(database, workers, step, Shares(), 12)
    assert set(small) <= set(step.feeds[:8])
    assert [each.items for each in tally.put_off] == [60 - len(step.feeds)]


def test_a_feed_has_a_budget_of_pages(database: Database, workers: Workers) -> None:
    """What is beyond it stays due for the next run, which takes as much again; the tally tells feed and number."""
    large, *_ = fill(database, hosts=1)
    for turn in (1, 2):
        step = Plain(Verb.FETCH)
        tally = run(database, workers, step, Shares(pages_per_feed=40), 1000)
        assert step.feeds.count(large) == 40
        assert tally.put_off == [PutOff(Verb.FETCH, "https://f0.test/feed", LARGE - turn * 40)]


def test_an_outlet_has_a_budget_of_pages(database: Database, workers: Workers) -> None:
    """However many feeds lead to one registered domain, no more of it is asked for in one run."""
    fill(database, hosts=4)
    step = Plain(Verb.FETCH)
    tally = run(database, workers, step, Shares(pages_per_outlet=50), 1000)
    assert 50 <= len(step.feeds) < 50 + 4
    assert sum(each.items for each in tally.put_off) == LARGE + 5 * SMALL - len(step.feeds)


def test_a_tally_says_what_was_put_off() -> None:
    """On paper in one line with the feed that most is of, as JSON for each verb and feed."""
    left = [PutOff(Verb.FETCH, "https://a.test/feed", 6900), PutOff(Verb.FETCH, "", 31), PutOff(Verb.EXTRACT, "", 4)]
    report = RunReport(1, Tally(put_off=left), 2.0)
    shown = io.StringIO()
    print_tally(report, Console(file=shown, width=200))
    line = "postponed to the next run: 6,931 fetch, 4 extract; most from https://a.test/feed (6,900)"
    assert line in shown.getvalue()
    assert tally_json(report)["put_off"][0] == {"verb": "fetch", "feed": "https://a.test/feed", "items": 6900}


def _waiting(database: Database) -> int:
    waits = work.c.verb == Verb.FETCH, work.c.done_at.is_(None)
    with database.read() as conn:
        return conn.execute(sa.select(sa.func.count()).where(*waits)).scalar_one()
