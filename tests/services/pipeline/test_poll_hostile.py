"""Every feed and sitemap of the hostile server, polled once through the real step: each ends as is expected of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from equipment import hostile_server
from offing.model.sources.feed import FeedAlarm, FeedSpec, FeedState, FeedStatus, PollOutcome
from offing.store.database.engine import Database, open_database
from offing.store.database.migrate import upgrade
from offing.store.tables import entry
from services.polling import Site, policy_of, poll_each, site

pytestmark = pytest.mark.slow
AGREEMENT = 0.98  # of the cases, on a first poll
HOUR = timedelta(hours=1)

# What a case expects beyond the first poll, or of somebody who was told more than the test tells.
ON_A_FIRST_POLL = {
    "net-flaky": PollOutcome.RETRY_LATER,  # answers 503 twice
    "cache-429-then-ok": PollOutcome.RETRY_LATER,
    "cache-etag": PollOutcome.OK,  # "unchanged" is the second answer
    "cache-etag-weak": PollOutcome.OK,
    "cache-lastmod": PollOutcome.OK,
    "ssrf-second-fetch": PollOutcome.OK,  # good the first time
    "net-tls-ok": PollOutcome.ERROR,  # its authority is not among the system's
}
# Alternatives that the case itself names.
ALSO_RIGHT = {
    "net-cl-and-te": PollOutcome.OK,
    "net-many-headers": PollOutcome.OK,
    "enc-deflate-zlib": PollOutcome.ERROR,
    "enc-deflate-raw": PollOutcome.ERROR,
    "xml-deep": PollOutcome.PARTIAL,
    "xml-many-attrs": PollOutcome.ERROR,
    "xml-many-ns": PollOutcome.ERROR,
    "xml-huge-attr": PollOutcome.ERROR,
    "feed-junk-after": PollOutcome.PARTIAL,
    "feed-10k": PollOutcome.PARTIAL,  # the documented limit of 2,000 entries, reported
    "json-bigint": PollOutcome.PARTIAL,
    "json-nan": PollOutcome.PARTIAL,
    # "title is right, or the entry is flagged": there is nothing to flag, see the titles below
    "feed-utf8-bom": PollOutcome.OK,
    "feed-utf16": PollOutcome.OK,
    "feed-gb2312": PollOutcome.OK,
    "feed-big5": PollOutcome.OK,
}
# Where the product differs, and why.
DIFFERENT = {
    "net-header-injection": "headers that nobody reads are no problem of the feed; they are written nowhere",
    "ssrf-null": "the HTTP library refuses the NUL byte before there is an address to refuse",
    "ssrf-entry-redirect": "where an entry's link leads is seen when its page is fetched, and refused then",
}
CHINESE = "华为与布基纳法索签署智慧城市项目"


@pytest.fixture(scope="module")
def hostile() -> Iterator[hostile_server.HostileServer]:
    """The hostile server, on ports of its own."""
    options = hostile_server.Options(port=0, seconds=280, conn_seconds=30, quiet=True)
    with hostile_server.HostileServer(options) as running:
        yield running


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database that all of this file share."""
    database = open_database(f"sqlite:///{Path(tmp_path_factory.mktemp('hostile')) / 'offing.db'}")
    upgrade(database)
    yield database
    database.close()


@pytest.fixture(scope="module")
def cases(hostile: hostile_server.HostileServer) -> dict[str, dict[str, Any]]:
    """The feeds and sitemaps that are served, by id."""
    listing = hostile.listing()["cases"]
    return {case["id"]: case for case in listing if case["served"] and case["kind"] in ("feed", "sitemap")}


@pytest.fixture(scope="module")
def polled(
    hostile: hostile_server.HostileServer, opened: Database, cases: dict[str, dict[str, Any]]
) -> dict[str, FeedStatus]:
    """What a first poll of each came to."""

    async def go() -> dict[str, FeedStatus]:
        async with site(opened, policy_of(hostile.listing()), datetime.now(UTC), workers=2) as here:
            return await poll_each(here, list(cases.values()))

    return asyncio.run(go())


def test_each_case_ends_as_is_expected(cases: dict[str, Any], polled: dict[str, FeedStatus]) -> None:
    """At least 98 in 100 outcomes are the expected ones, or an alternative that the case names; the rest is listed."""
    wrong = {}
    for name, case in cases.items():
        right = {case["expect"]["outcome"], ON_A_FIRST_POLL.get(name), ALSO_RIGHT.get(name)}
        if polled[name].outcome not in right:
            wrong[name] = f"{polled[name].outcome}: {polled[name].cause}"
    assert wrong.keys() <= DIFFERENT.keys(), wrong
    assert len(cases) >= 250
    assert len(wrong) <= (1 - AGREEMENT) * len(cases)


def test_exceptions_are_real_ones(cases: dict[str, Any], polled: dict[str, FeedStatus]) -> None:
    """No exception of this file hides a case that needs none."""
    for name, outcome in (ON_A_FIRST_POLL | ALSO_RIGHT).items():
        assert polled[name].outcome == outcome != cases[name]["expect"]["outcome"], name
    assert all(polled[name].outcome != cases[name]["expect"]["outcome"] for name in DIFFERENT)


def test_entries_are_as_many_as_expected(cases: dict[str, Any], polled: dict[str, FeedStatus]) -> None:
    """Where a good case says how many entries it has, all of them are kept."""
    for name, case in cases.items():
        if polled[name].outcome is PollOutcome.OK and name not in ON_A_FIRST_POLL.keys() | DIFFERENT.keys():
            wanted = case["expect"].get("entries", polled[name].entries)
            # "304 for ever" has its fourth entry later
            assert polled[name].entries == (3 if name == "cache-304-forever" else wanted), name


def test_each_failure_says_why_and_what_to_do(polled: dict[str, FeedStatus]) -> None:
    """No feed that does not deliver is without a cause and a next step, each a sentence."""
    for name, status in polled.items():
        if status.outcome not in (PollOutcome.OK, PollOutcome.UNCHANGED, PollOutcome.PARTIAL, PollOutcome.MOVED):
            assert status.cause.endswith("."), name
            assert status.next_step.endswith("."), name
        if status.outcome is PollOutcome.PARTIAL:
            assert status.cause, name


def test_the_canary_saw_nothing(hostile: hostile_server.HostileServer, polled: dict[str, FeedStatus]) -> None:
    """No document led the poller inside."""
    assert polled
    assert hostile.requests(canary=True) == []


@pytest.mark.parametrize(
    ("name", "title"),
    [
        *((f"feed-{name}", CHINESE) for name in ("utf8-bom", "utf16", "utf16-says-8", "gb2312", "gbk-header")),
        *((f"feed-{name}", CHINESE) for name in ("unknown-enc", "enc-attack")),
        ("feed-big5", "華為智慧城市"),
    ],
)
def test_titles_are_right_in_each_encoding(
    opened: Database, polled: dict[str, FeedStatus], name: str, title: str
) -> None:
    """Whatever is declared, the letters are those that were meant."""
    with opened.read() as conn:
        found = conn.execute(sa.select(entry.c.title).where(entry.c.feed_id == polled[name].id)).scalars().all()
    assert found == [title]


def test_a_feed_beyond_the_limit_is_cut(opened: Database, polled: dict[str, FeedStatus]) -> None:
    """What can be read of it is taken and reported; nothing is kept that would call the rest unchanged."""
    assert (polled["feed-100k"].outcome, polled["feed-100k"].entries) == (PollOutcome.PARTIAL, 2000)
    assert "longer than 10 MB" in polled["feed-100k"].cause


def test_links_into_private_networks_are_left_out(opened: Database, polled: dict[str, FeedStatus]) -> None:
    """Entries that lead to the internal service are not even stored, where the address itself tells."""
    assert polled["ssrf-xmlbase"].entries == 0
    with opened.read() as conn:
        urls = conn.execute(sa.select(entry.c.url).where(entry.c.feed_id == polled["ssrf-entry-links"].id)).scalars()
        assert not [url for url in urls if "127.0.0.2" in url or "[::1]" in url]


async def _polled_again(here: Site, url: str, times: int) -> FeedStatus:
    (feed_id,) = await here.add(FeedSpec(url))
    for _ in range(times):
        await here.poll(feed_id, after=HOUR)
    return await here.status(feed_id)


@pytest.mark.parametrize(
    ("name", "entries", "alarm"),
    [
        ("feed-no-guid", 3, None),
        ("feed-same-guid", 3, None),
        ("feed-guid-changes", 3, FeedAlarm.REPEATING),
        ("feed-link-changes", 3, None),
        ("feed-all-changes", 3, FeedAlarm.REPEATING),
        ("feed-guid-scheme", 1, None),
        ("feed-edits", 1, None),
        ("feed-shrinks", 4, None),
        ("feed-rotates", 200, None),
        ("feed-reorders", 10, None),
        ("cache-etag-changing", 3, None),
        ("cache-etag", 3, None),
    ],
)
async def test_ten_polls_bring_each_article_once(
    hostile: hostile_server.HostileServer, sqlite_database: Database, name: str, entries: int, alarm: FeedAlarm | None
) -> None:
    """Changing guids, links, titles and order make no second entry; what left the document stays."""
    async with site(sqlite_database, policy_of(hostile.listing()), datetime.now(UTC)) as here:
        url = next(case["url"] for case in hostile.listing()["cases"] if case["id"] == name)
        status = await _polled_again(here, f"{url}?k=ten", 10)
    assert (status.entries, status.alarm) == (entries, alarm)
    assert status.state is FeedState.HEALTHY


async def test_304_for_ever_is_found_out(hostile: hostile_server.HostileServer, sqlite_database: Database) -> None:
    """After a week the document is read in full; what the 304 hid is told, and no 304 is asked for again."""
    async with site(sqlite_database, policy_of(hostile.listing()), datetime.now(UTC)) as here:
        url = next(case["url"] for case in hostile.listing()["cases"] if case["id"] == "cache-304-forever")
        (feed_id,) = await here.add(FeedSpec(f"{url}?k=week"))
        outcomes = [await here.poll(feed_id, after=timedelta(hours=12)) for _ in range(18)]
        status, due = await here.status(feed_id), await here.due(feed_id)
    assert (status.entries, status.alarm) == (4, FeedAlarm.ENDLESS_304)
    assert [outcome.notice for outcome in outcomes if outcome.notice]
    assert sum(bool(outcome.notice) for outcome in outcomes) == 1
    assert due.etag is None
