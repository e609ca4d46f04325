"""Asking politely: robots.txt first, what it cannot tell is told, and hosts rest afterwards."""

from __future__ import annotations

import http.server
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from offing.model.reading.rules import ScoringRules
from offing.model.sources.page import Answer, AnswerKind, Request
from offing.model.sources.policy import FetchPolicy
from offing.net.client import Client
from offing.services.running.polite_requests import ask_politely, let_rest
from offing.services.running.run_context import RunContext, utc_now
from offing.services.running.workers import Workers
from offing.store.database.engine import Database
from offing.store.tables import pace, robots

ROBOTS = b"User-agent: *\nDisallow: /private\nCrawl-delay: 7\n"


class Site(http.server.ThreadingHTTPServer):
    """A host whose robots.txt answers with a status."""

    robots_status = 200
    asked: list[str]


class _Answers(http.server.BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        """Answer, or send what is no HTTP where the status is 0."""
        self.server.asked.append(self.path)
        is_robots = self.path == "/robots.txt"
        if is_robots and not self.server.robots_status:
            self.wfile.write(b"220 mail.example ESMTP\r\n")
            return
        self.send_response(self.server.robots_status if is_robots else 200)
        self.end_headers()
        self.wfile.write(ROBOTS if is_robots else b"news")

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    """The host, on loopback."""
    server = Site(("127.0.0.1", 0), _Answers)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@asynccontextmanager
async def politely(database: Database, site: Site) -> AsyncIterator[tuple[RunContext, str]]:
    """A run's context, and the address of the site."""
    port = site.server_address[1]
    policy = FetchPolicy("offing-test", host_delay=timedelta(0), allowed=frozenset({("127.0.0.1", port)}))
    async with Client(policy) as client:
        context = RunContext(database, client, Workers(()), policy, ScoringRules(0.5, 0.0, {}, {}))
        yield context, f"http://127.0.0.1:{port}"
        context.close()


async def test_robots_txt_is_asked_once_and_obeyed(sqlite_database: Database, site: Site) -> None:
    """What it forbids is not asked for; it is asked for once a day; its pause is kept after the exchange."""
    async with politely(sqlite_database, site) as (context, base):
        assert (await ask_politely(context, Request(f"{base}/a"))).body == b"news"
        refused = await ask_politely(context, Request(f"{base}/private/b"))
        assert (refused.kind, refused.detail) == (AnswerKind.ROBOTS, "robots.txt of the site does not allow it")
        assert site.asked == ["/robots.txt", "/a"]
        await context.write(lambda conn: let_rest(conn, context, refused, None))
    with sqlite_database.read() as conn:
        until = conn.execute(sa.select(pace.c.next_at)).scalar_one()
    assert timedelta(seconds=5) < until - utc_now() <= timedelta(seconds=7)


@pytest.mark.parametrize("status", [404, 403])
async def test_an_absent_robots_txt_forbids_nothing(sqlite_database: Database, site: Site, status: int) -> None:
    """RFC 9309 2.3.1.3: any 4xx means that there are no rules."""
    site.robots_status = status
    async with politely(sqlite_database, site) as (context, base):
        assert (await ask_politely(context, Request(f"{base}/private/b"))).kind is AnswerKind.OK


async def test_a_robots_txt_that_cannot_be_had_forbids_everything(sqlite_database: Database, site: Site) -> None:
    """RFC 9309 2.3.1.4: a server error means hands off, says so, and is asked again within the hour."""
    site.robots_status = 503
    async with politely(sqlite_database, site) as (context, base):
        answer = await ask_politely(context, Request(f"{base}/a"))
    assert answer.kind is AnswerKind.ROBOTS
    assert "cannot be had; its server answers 503" in answer.detail
    with sqlite_database.read() as conn:
        assert conn.execute(sa.select(robots.c.until)).scalar_one() <= utc_now() + timedelta(hours=1)


async def test_a_server_that_speaks_no_http_is_the_answer(sqlite_database: Database, site: Site) -> None:
    """Where robots.txt fails in a way in which the page would, too, that failure is told, and no rule made up."""
    site.robots_status = 0
    async with politely(sqlite_database, site) as (context, base):
        answer = await ask_politely(context, Request(f"{base}/a"))
    assert (answer.kind, answer.url) == (AnswerKind.PROTOCOL, f"{base}/a")
    assert site.asked == ["/robots.txt"]


async def test_a_rest_that_was_asked_for_is_kept(sqlite_database: Database, site: Site) -> None:
    """A longer rest stands, with its reason, whatever the usual pause is."""
    async with politely(sqlite_database, site) as (context, base):
        now = utc_now()
        busy = Answer(AnswerKind.HTTP_ERROR, f"{base}/a", f"{base}/a", now, status=429)
        await context.write(lambda conn: let_rest(conn, context, busy, now + timedelta(hours=2)))
        fine = Answer(AnswerKind.OK, f"{base}/a", f"{base}/a", now, status=200)
        await context.write(lambda conn: let_rest(conn, context, fine, None))
    with sqlite_database.read() as conn:
        row = conn.execute(sa.select(pace)).one()
    assert row.next_at == now + timedelta(hours=2)
    assert "429" in row.reason
