"""Our own outage is told from theirs, and a host that keeps us waiting is waited for less."""

from __future__ import annotations

import asyncio
import http.server
import socket
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from offing.model.operation.run import Ending, Tally
from offing.model.reading.rules import ScoringRules
from offing.model.sources.feed import FeedSpec, FeedState
from offing.model.sources.page import Answer, AnswerKind
from offing.model.sources.policy import FetchPolicy, RetryScope
from offing.model.values.vocabulary import Verb
from offing.net.client import Client
from offing.services.pipeline import runner
from offing.services.pipeline.poll import Poll
from offing.services.pipeline.runner import Runner
from offing.services.running.connectivity import Connectivity
from offing.services.running.run_context import RunContext, utc_now
from offing.services.running.workers import Workers
from offing.store.database.engine import Database
from offing.store.feeds.feed import add_feeds, list_feeds
from offing.store.runs.run import start_run
from offing.store.tables import feed, outcome, pace, work

FEED = b"""<rss version="2.0"><channel><title>Up</title>
<item><title>News</title><link>http://up.example/1</link></item></channel></rss>"""


class _Up(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """robots.txt is absent, everything else is a feed."""
        self.send_response(404 if self.path == "/robots.txt" else 200)
        self.send_header("Content-Type", "application/rss+xml")
        self.end_headers()
        self.wfile.write(b"" if self.path == "/robots.txt" else FEED)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    """A server that answers every host name that leads to it."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Up)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def second_look(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second look comes soon, so that nobody waits for it; the test of it waits the real time."""
    if request.node.originalname != "test_an_unreached_host_gets_a_second_look_and_one_outcome":
        monkeypatch.setattr(runner, "SECOND_LOOK", timedelta(seconds=0.3))


def _name_service(known: set[str]) -> Any:
    def lookup(host: str, port: int, *_: int) -> Sequence[Any]:
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    return lookup


def poll_all(database: Database, port: int, known: set[str], scope: RetryScope = RetryScope.HOST) -> Tally:
    """One run of polling, where a name service knows some hosts only."""
    allowed = frozenset((f"{name}.example", port) for name in ("up", *(f"h{number}" for number in range(9))))
    policy = FetchPolicy("offing-test", host_delay=timedelta(), allowed=allowed, retry_scope=scope)

    async def go() -> Tally:
        async with Client(policy, lookup=_name_service(known)) as client:
            with Workers((), 1) as workers:
                context = RunContext(database, client, workers, policy, ScoringRules(0.5, 0.0, {}, {}))
                with database.write() as conn:
                    run_id = start_run(conn, "test", "here", 1, utc_now())
                try:
                    return await Runner(context, run_id).run([Poll(context)])
                finally:
                    context.close()

    return asyncio.run(go())


def watch(database: Database, port: int, *names: str) -> None:
    """Make a feed on each host active."""
    specs = [FeedSpec(f"http://{name}.example:{port}/feed.xml", name) for name in names]
    with database.write() as conn:
        add_feeds(conn, specs, utc_now(), "test")


def states(database: Database) -> dict[str, FeedState]:
    """State by name."""
    with database.read() as conn:
        return {status.spec.title: status.state for status in list_feeds(conn)}


def blamed(database: Database) -> dict[str, float]:
    """The weight of failures by name."""
    with database.read() as conn:
        return {row.title: row.failures for row in conn.execute(sa.select(feed))}


NINE = tuple(f"h{number}" for number in range(9))


def test_no_feed_is_blamed_for_an_outage_of_ours(sqlite_database: Database, port: int) -> None:
    """When no host can be reached, every feed is put off, none is blamed, and nothing is lost."""
    watch(sqlite_database, port, *NINE)
    tally = poll_all(sqlite_database, port, known=set())
    assert set(blamed(sqlite_database).values()) == {0.0}
    assert set(states(sqlite_database).values()) == {FeedState.NEW}
    assert set(tally.endings[Verb.POLL]) == {Ending.LATER}
    with sqlite_database.read() as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(work).where(work.c.done_at.is_(None))).scalar() == 9
        assert set(conn.execute(sa.select(work.c.tries)).scalars()) == {0}


def test_an_outage_is_reported_by_hosts_that_answered_lately(sqlite_database: Database, port: int) -> None:
    """With few feeds, a host that was healthy and cannot be reached either settles whose fault it is."""
    watch(sqlite_database, port, "up", "h1")
    poll_all(sqlite_database, port, known={"up.example", "h1.example"})
    with sqlite_database.write() as conn:
        conn.execute(sa.update(work).where(work.c.verb == Verb.POLL).values(due_at=utc_now()))
        conn.execute(sa.delete(pace))
    poll_all(sqlite_database, port, known=set())
    assert states(sqlite_database) == {"up": FeedState.HEALTHY, "h1": FeedState.HEALTHY}
    assert set(blamed(sqlite_database).values()) == {0.0}


def test_dead_feeds_alone_in_a_run_are_no_outage(sqlite_database: Database, port: int) -> None:
    """A run of dead feeds only asks a host that answered lately, and blames the feeds when it answers."""
    watch(sqlite_database, port, "up")
    poll_all(sqlite_database, port, known={"up.example"})
    watch(sqlite_database, port, *NINE[:6])
    tally = poll_all(sqlite_database, port, known={"up.example"})
    assert tally.endings[Verb.POLL] == {Ending.FAILED: 6}
    assert {name for name, weight in blamed(sqlite_database).items() if weight} == set(NINE[:6])


def test_an_unreached_host_gets_a_second_look_and_one_outcome(sqlite_database: Database, port: int) -> None:
    """A host that cannot be reached is asked twice before it is blamed, and that is one outcome."""
    watch(sqlite_database, port, "up", "h1")
    tally = poll_all(sqlite_database, port, known={"up.example"})
    assert tally.endings[Verb.POLL] == {Ending.DONE: 1, Ending.FAILED: 1}
    with sqlite_database.read() as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(outcome)).scalar() == 2


def test_a_host_that_cannot_be_reached_rests(sqlite_database: Database, port: int) -> None:
    """Its other feeds are put off without a try, unless feeds of one host are each to be judged alone."""
    names = [FeedSpec(f"http://h1.example:{port}/{number}.xml", str(number)) for number in range(3)]
    with sqlite_database.write() as conn:
        add_feeds(conn, names, utc_now(), "test")
    watch(sqlite_database, port, "up")
    tally = poll_all(sqlite_database, port, known={"up.example"})
    assert tally.endings[Verb.POLL] == {Ending.DONE: 1, Ending.FAILED: 1}
    with sqlite_database.read() as conn:
        assert conn.execute(sa.select(pace.c.reason)).scalars().all() == ["could not be reached"]


def test_feeds_of_one_host_can_be_judged_alone(sqlite_database: Database, port: int) -> None:
    """With OFFING_RETRY_SCOPE=feed a failure of one feed keeps no other back."""
    specs = [FeedSpec(f"http://h1.example:{port}/{number}.xml", str(number)) for number in range(3)]
    with sqlite_database.write() as conn:
        add_feeds(conn, specs, utc_now(), "test")
    tally = poll_all(sqlite_database, port, known=set(), scope=RetryScope.FEED)
    assert tally.endings[Verb.POLL] == {Ending.FAILED: 3}


ANSWER = Answer(AnswerKind.TIMEOUT, "http://slow.example/", "http://slow.example/", utc_now())


def test_patience_shrinks_with_each_wait() -> None:
    """A host that used up the deadline once gets half of it the next time, and never less than ten seconds."""
    connectivity, deadline = Connectivity(), timedelta(seconds=30)
    allowed = []
    for _ in range(4):
        allowed.append(connectivity.patience("slow.example", deadline).total_seconds())
        connectivity.note("slow.example", ANSWER)
    assert allowed == [30, 15, 10, 10]
    assert connectivity.patience("other.example", deadline) == deadline
    assert connectivity.patience("slow.example", timedelta(seconds=3)) == timedelta(seconds=3)


def test_suspicion_needs_several_hosts_and_hardly_any_answer() -> None:
    """One dead host is no suspicion; four dead ones for each that answers are; a later answer counts for its host."""
    connectivity = Connectivity()
    for number in range(4):
        assert connectivity.suspicious is (number >= 2)
        connectivity.note(f"h{number}", replace(ANSWER, kind=AnswerKind.DNS))
    connectivity.note("up", replace(ANSWER, kind=AnswerKind.HTTP_ERROR, status=500))
    assert connectivity.suspicious
    connectivity.note("h1", replace(ANSWER, kind=AnswerKind.OK, status=200))
    assert not connectivity.suspicious
    assert connectivity.reached("h1")
    connectivity.note("h2", replace(ANSWER, kind=AnswerKind.BLOCKED_ADDRESS))
    assert connectivity.unreached == {"h0", "h2", "h3"}
    connectivity.clear()
    assert connectivity.unreached == set()
