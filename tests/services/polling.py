"""Polls feeds through the real step: client, worker, decision and store, with a clock that tests move."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa

from offing.model.operation.run import Outcome, WorkItem
from offing.model.reading.rules import ScoringRules
from offing.model.sources.feed import DueFeed, Exchange, FeedSpec, FeedStatus
from offing.model.sources.policy import FetchPolicy, RetryScope
from offing.model.values.vocabulary import Verb
from offing.net.client import Client
from offing.services.pipeline.poll import Poll
from offing.services.running.connectivity import HostNotReachedError
from offing.services.running.run_context import RunContext
from offing.services.running.workers import Workers
from offing.store.database.engine import Database
from offing.store.feeds.feed import add_feeds, due_feed, list_feeds
from offing.store.feeds.poll import recent_polls
from offing.store.tables import feed

AT_ONCE, BIG_AT_ONCE = 16, 2


@dataclass
class Site:
    """A site whose feeds are polled when a test says so."""

    context: RunContext
    now: datetime

    async def add(self, *specs: FeedSpec) -> list[int]:
        """Watch feeds; their ids in the order given."""
        await self.context.write(lambda conn: add_feeds(conn, specs, self.now, "test"))
        rows = await self.context.read(lambda conn: conn.execute(sa.select(feed.c.url, feed.c.id)).all())
        ids = {row.url: row.id for row in rows}
        return [ids[spec.url] for spec in specs]

    async def poll(self, feed_id: int, after: timedelta = timedelta()) -> Outcome:
        """One poll of a feed, some time after the last one."""
        self.now += after
        item = WorkItem(0, Verb.POLL, feed_id, "", 0, "")
        try:
            change = await Poll(self.context).handle(item)
        except HostNotReachedError:  # the runner, too, looks a second time
            change = await Poll(self.context).handle(item)
        return await self.context.write(change)

    async def status(self, feed_id: int) -> FeedStatus:
        """The feed as people are shown it."""
        found = await self.context.read(list_feeds)
        return next(status for status in found if status.id == feed_id)

    async def due(self, feed_id: int) -> DueFeed:
        """The feed as its next poll finds it."""
        return await self.context.read(lambda conn: due_feed(conn, feed_id, self.now))

    async def history(self, feed_id: int) -> tuple[Exchange, ...]:
        """Its exchanges, latest first."""
        return await self.context.read(lambda conn: recent_polls(conn, feed_id, 1000))


@contextlib.asynccontextmanager
async def site(database: Database, policy: FetchPolicy, now: datetime, workers: int = 1) -> AsyncIterator[Site]:
    """A site over a database, whose feeds are parsed by some processes."""
    with Workers((), workers) as pool:
        async with Client(policy) as client:
            context = RunContext(database, client, pool, policy, ScoringRules(0.5, 0.0, {}, {}))
            opened = Site(context, now)
            context.clock = lambda: opened.now
            try:
                yield opened
            finally:
                context.close()


def policy_of(listing: dict[str, Any]) -> FetchPolicy:
    """The policy that allows exactly what the hostile server says, and is done with slow answers soon."""
    allowed = {tuple(pair.rsplit(":", 1)) for pair in listing["allow"]}
    allowed |= {(url.hostname, str(url.port)) for case in listing["cases"] if (url := urlsplit(case["url"])).port}
    return FetchPolicy(
        user_agent="offing/1",
        deadline=timedelta(seconds=4),
        connect_timeout=timedelta(seconds=2),
        host_delay=timedelta(),
        retry_scope=RetryScope.FEED,
        allowed=frozenset((str(host), int(port)) for host, port in allowed),
        obey_robots=False,
    )


async def poll_each(opened: Site, cases: Sequence[dict[str, Any]]) -> dict[str, FeedStatus]:
    """One poll of each case, many side by side; what each came to, by the case's id."""
    gates = {True: asyncio.Semaphore(BIG_AT_ONCE), False: asyncio.Semaphore(AT_ONCE)}
    ids = await opened.add(*(FeedSpec(case["url"]) for case in cases))

    async def one(case: dict[str, Any], feed_id: int) -> None:
        async with gates[bool({"big", "bomb"} & set(case["flags"]))]:
            await opened.poll(feed_id)

    await asyncio.gather(*(one(case, feed_id) for case, feed_id in zip(cases, ids, strict=True)))
    found = {status.id: status for status in await opened.context.read(list_feeds)}
    return {case["id"]: found[feed_id] for case, feed_id in zip(cases, ids, strict=True)}
