"""Polling at work: what ops see of a moving, a silent and a broken feed, and of a sitemap index."""

from __future__ import annotations

import contextlib
import http.server
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from offing.model.operation.run import Ending
from offing.model.sources.feed import FeedAlarm, FeedSpec, FeedState, PollOutcome
from offing.model.sources.policy import FetchPolicy
from offing.services.monitoring.feed_check import check_feeds
from offing.store.database.engine import Database
from poll.feeds import item, page, rss, sitemap
from services.polling import site

NOW = datetime(2026, 3, 2, 6, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Answers:
    """What a server says to each path: status, headers, body. `asked` are the paths, in their order."""

    port: int = 0
    by_path: dict[str, tuple[int, dict[str, str], str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def says(self, path: str, body: str = "", status: int = 200, **headers: str) -> str:
        """Let a path have an answer; its address."""
        self.by_path[path] = (status, {name.replace("_", "-"): text for name, text in headers.items()}, body)
        return self.url(path)


@pytest.fixture
def server() -> Iterator[Answers]:
    """A server on loopback whose answers a test changes as it goes."""
    answers = Answers()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answer as the test wants it."""
            answers.asked.append(self.path)
            status, headers, body = answers.by_path.get(self.path, (404, {}, ""))
            if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, ""
            self.send_response(status)
            for name, text in headers.items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    answers.port = running.server_address[1]
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield answers
    running.shutdown()
    running.server_close()
    thread.join()


def here(database: Database, server: Answers) -> contextlib.AbstractAsyncContextManager[Any]:
    """A site that may ask the server."""
    allowed = frozenset({("127.0.0.1", server.port)})
    policy = FetchPolicy("offing-test", host_delay=timedelta(), allowed=allowed, obey_robots=False)
    return site(database, policy, NOW)


def stories(server: Answers, *numbers: int) -> str:
    """A feed of some stories on the server."""
    return rss(*(item(number, link=server.url(f"/{number}")) for number in numbers))


async def test_each_exchange_is_remembered(sqlite_database: Database, server: Answers) -> None:
    """What came, what of it was new, and that nothing came."""
    url = server.says("/feed", stories(server, 1, 2), ETag='"1"')
    async with here(sqlite_database, server) as opened:
        (feed_id,) = await opened.add(FeedSpec(url))
        await opened.poll(feed_id)
        await opened.poll(feed_id, HOUR)
        server.says("/feed", stories(server, 1, 2, 3), ETag='"2"')
        await opened.poll(feed_id, HOUR)
        server.says("/feed", status=500)
        await opened.poll(feed_id, HOUR)
        history = await opened.history(feed_id)
    told = [(one.outcome, one.status, one.entries, one.new_entries) for one in history]
    assert told == [
        (PollOutcome.ERROR, 500, 0, 0),
        (PollOutcome.OK, 200, 3, 1),
        (PollOutcome.UNCHANGED, 304, 0, 0),
        (PollOutcome.OK, 200, 2, 2),
    ]
    assert [one.at for one in history] == [NOW + 3 * HOUR, NOW + 2 * HOUR, NOW + HOUR, NOW]
    assert history[1].size > 300
    assert history[0].cause.endswith(".")


async def test_a_feed_that_moves_is_followed_after_a_week(sqlite_database: Database, server: Answers) -> None:
    """Ops see the proposal at once; a week later the address is the new one."""
    url = server.says("/old", status=301, Location="/new")
    new = server.says("/new", stories(server, 1, 2))
    async with here(sqlite_database, server) as opened:
        (feed_id,) = await opened.add(FeedSpec(url))
        await opened.poll(feed_id)
        first = await opened.status(feed_id)
        for _ in range(4):
            await opened.poll(feed_id, 2 * DAY)
        last = await opened.status(feed_id)
        await opened.poll(feed_id, DAY)
        after = await opened.status(feed_id)
    assert (first.outcome, first.spec.url, first.moved_to) == (PollOutcome.MOVED, url, new)
    assert (last.outcome, last.spec.url, last.moved_to) == (PollOutcome.MOVED, new, None)
    assert (after.outcome, after.entries) == (PollOutcome.UNCHANGED, 2)
    assert server.asked[-1] == "/new"


async def test_a_portal_does_not_move_a_feed(sqlite_database: Database, server: Answers) -> None:
    """However long a permanent redirect leads to a page, the address stays."""
    url = server.says("/feed", stories(server, 1))
    async with here(sqlite_database, server) as opened:
        (feed_id,) = await opened.add(FeedSpec(url))
        await opened.poll(feed_id)
        server.says("/feed", status=301, Location="/login")
        server.says("/login", "<html><body><form>Please log in: <input type=password></form></body></html>")
        for _ in range(6):
            await opened.poll(feed_id, 2 * DAY)
        status = await opened.status(feed_id)
    assert (status.spec.url, status.moved_to, status.state) == (url, None, FeedState.FAILING)
    assert "log-in page" in status.cause


async def test_silence_is_reported_once_by_304_too(sqlite_database: Database, server: Answers) -> None:
    """A feed with news twice a day that has none for days is told in the run's notices, once, and shown."""
    async with here(sqlite_database, server) as opened:
        (feed_id,) = await opened.add(FeedSpec(server.url("/feed")))
        for number in range(48):
            server.says("/feed", stories(server, number, number + 1), ETag=f'"{number}"')
            await opened.poll(feed_id, 12 * HOUR)
        outcomes = [await opened.poll(feed_id, 12 * HOUR) for _ in range(8)]
        silent = await opened.status(feed_id)
        server.says("/feed", stories(server, 99), ETag='"99"')
        await opened.poll(feed_id, 12 * HOUR)
        again = await opened.status(feed_id)
    notices = [outcome.notice for outcome in outcomes if outcome.notice]
    assert len(notices) == 1
    assert notices[0].startswith(f"feed {feed_id} {server.url('/feed')} is silent: It has announced nothing new for ")
    assert (silent.alarm, silent.state, silent.outcome) == (FeedAlarm.SILENT, FeedState.HEALTHY, PollOutcome.UNCHANGED)
    assert silent.alarm_since
    assert (again.alarm, again.alarm_cause) == (None, "")


async def test_a_feed_that_is_gone_is_reported(sqlite_database: Database, server: Answers) -> None:
    """410 twice over a day; the notice comes when the feed counts as gone."""
    url = server.says("/feed", status=410)
    async with here(sqlite_database, server) as opened:
        (feed_id,) = await opened.add(FeedSpec(url))
        first, second = await opened.poll(feed_id), await opened.poll(feed_id, DAY)
        status = await opened.status(feed_id)
    assert (first.ending, first.notice, status.state) == (Ending.FAILED, "", FeedState.GONE)
    assert "is gone: Its server answers 410" in second.notice


async def test_the_parts_of_a_sitemap_index_are_read(sqlite_database: Database, server: Answers) -> None:
    """An index brings the entries of its likeliest parts, each time anew; what cannot be had is told."""
    names = ("news.xml", "absent.xml")
    maps = "".join(f"<sitemap><loc>{server.url(f'/{name}')}</loc></sitemap>" for name in names)
    url = server.says("/index.xml", f"<sitemapindex>{maps}</sitemapindex>", ETag='"1"')
    server.says("/news.xml", sitemap(page(server.url("/1"), "A"), page(server.url("/2"), "B")), ETag='"1"')
    async with here(sqlite_database, server) as opened:
        (feed_id,) = await opened.add(FeedSpec(url))
        await opened.poll(feed_id)
        server.says("/news.xml", sitemap(page(server.url("/3"), "C")), ETag='"2"')
        await opened.poll(feed_id, HOUR)
        status = await opened.status(feed_id)
    assert (status.outcome, status.entries, status.state) == (PollOutcome.PARTIAL, 3, FeedState.HEALTHY)
    assert "absent.xml" in status.cause
    assert server.asked == ["/index.xml", "/news.xml", "/absent.xml"] * 2


async def test_an_index_that_leads_inside_is_blocked(sqlite_database: Database, server: Answers) -> None:
    """Where all parts are refused by the guard, so is the index."""
    url = server.says("/index.xml", "<sitemapindex><sitemap><loc>http://10.0.0.1/s.xml</loc></sitemap></sitemapindex>")
    async with here(sqlite_database, server) as opened:
        (feed_id,) = await opened.add(FeedSpec(url))
        outcome = await opened.poll(feed_id)
        status = await opened.status(feed_id)
    assert (outcome.ending, status.outcome, status.state) == (Ending.REFUSED, PollOutcome.BLOCKED, FeedState.BLOCKED)


def test_a_check_reads_the_parts_of_an_index_too(server: Answers) -> None:
    """What `feeds check` says of an index is what a poll of it would come to."""
    maps = "".join(f"<sitemap><loc>{server.url(path)}</loc></sitemap>" for path in ("/news.xml", "/absent.xml"))
    url = server.says("/index.xml", f"<sitemapindex>{maps}</sitemapindex>")
    server.says("/news.xml", sitemap(page(server.url("/1"), "A"), page(server.url("/2"), "B")))
    policy = FetchPolicy("offing-test", allowed=frozenset({("127.0.0.1", server.port)}), obey_robots=False)
    ((_, update),) = check_feeds([FeedSpec(url)], replace(policy, host_delay=timedelta()))
    assert (update.outcome, len(update.entries)) == (PollOutcome.PARTIAL, 2)
    assert "absent.xml" in update.cause
