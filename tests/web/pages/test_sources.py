"""The page of sources."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from offing.model.operation.user import UserRole
from offing.model.sources.feed import FeedSpec, FeedState, PollOutcome
from offing.store import tables
from offing.store.database.engine import Database
from offing.store.feeds.feed import add_feeds
from offing.store.feeds.feed_figures import Fill, fills, new_by_day
from web.conftest import NOW, AddCandidate, Desk

POLL = {"status": 200, "seconds": 0.1, "size": 9, "repeated": 0, "missed": 0, "cause": "", "outcome": PollOutcome.OK}


def _polls(database: Database) -> None:
    with database.write() as conn:
        for age, new in ((0, 4), (1, 2), (1, 1), (40, 99)):
            at = NOW - timedelta(days=age)
            counts = {"entries": 10, "new_entries": new, "dated": 9, "with_text": 5}
            conn.execute(sa.insert(tables.poll).values(**POLL, **counts, feed_id=1, at=at))


def test_what_feeds_bring(desk: Desk, feeds: None, add_candidate: AddCandidate) -> None:
    """New entries are summed by day; shares are told of what came lately; a feed that brought nothing has none."""
    _polls(desk.database)
    add_candidate()
    with desk.database.write() as conn:
        conn.execute(sa.update(tables.entry).values(feed_id=1))
        since = NOW - timedelta(days=30)
        assert new_by_day(conn, since) == {1: {NOW.date(): 4, (NOW - timedelta(days=1)).date(): 3}}
        assert fills(conn, NOW) == {1: Fill(0.9, 0.5, 1, 1.0, 0.0, 1.0)}


def test_the_page_draws_what_feeds_bring(desk: Desk, feeds: None) -> None:
    """The troubled feed stands first with its cause; a chart is named by its sum."""
    _polls(desk.database)
    text = desk.as_(UserRole.VIEWER).get("/sources").text
    assert text.index("it answers 403") < text.index("The Nairobi Ledger")
    assert 'aria-label="7 new entries in 30 days"' in text
    assert "90 % dated" in text
    assert text.count("<svg") == 1


def test_a_feed_in_quarantine_stands_first(desk: Desk, feeds: None) -> None:
    """With the words in which it gets out; the dashboard and the digest have it, too."""
    aside = {"quarantined_at": NOW, "reason": "ValueError: odd", "set_aside_by": "0"}
    with desk.database.write() as conn:
        conn.execute(sa.update(tables.work).where(tables.work.c.item_id == 1).values(aside))
        conn.execute(sa.delete(tables.feed).where(tables.feed.c.id == 2))
    viewer = desk.as_(UserRole.VIEWER)
    assert "1 needs attention" in (text := viewer.get("/sources").text)
    assert '<span class="state quarantined">' in text
    for page in ("/sources", "/dashboard", f"/digest/{NOW.date()}"):
        assert "offing quarantine retry 1" in viewer.get(page).text, page


@pytest.fixture
def thousand(desk: Desk) -> None:
    """A thousand feeds with polls of two days: in five languages, every tenth failing, one of them paused."""
    languages, countries = ("en", "fr", "ar", "es", "pt"), ("KEN", "SEN", "EGY", "PER", "AGO")
    specs = [
        FeedSpec(f"https://paper-{number}.example/feed", f"Paper {number:04}", country=where, language=language)
        for number in range(1000)
        for language, where in [(languages[number % 5], countries[number % 5])]
    ]
    counts = {"entries": 10, "new_entries": 3, "dated": 9, "with_text": 5}
    with desk.database.write() as conn:
        add_feeds(conn, specs, NOW, "test")
        polls = [
            {**POLL, **counts, "feed_id": number, "at": NOW - timedelta(hours=hours)}
            for number in range(1, 1001)
            for hours in (1, 20)
        ]
        conn.execute(sa.insert(tables.poll), polls)
        failing, seven = tables.feed.c.id % 10 == 0, tables.feed.c.id == 7
        conn.execute(sa.update(tables.feed).values(state=FeedState.HEALTHY))
        conn.execute(sa.update(tables.feed).where(failing).values(state=FeedState.FAILING, cause="it times out"))
        conn.execute(sa.update(tables.feed).where(seven).values(state=FeedState.PAUSED))


def _names(text: str) -> list[str]:
    return re.findall(r"<bdi>(Paper \d+)</bdi>", text)


@pytest.mark.usefixtures("thousand")
def test_a_thousand_feeds_are_searched_narrowed_and_paged(desk: Desk) -> None:
    """By words, state, language and country, together; 50 a page, in one order; what is asked stays in the form."""
    viewer = desk.as_(UserRole.VIEWER)
    first = viewer.get("/sources").text
    assert "1000 feeds · 100 need attention, shown first" in first
    assert _names(first) == [f"Paper {number:04}" for number in range(9, 500, 10)]
    pages, path = [first], re.search(r'rel="next" href="([^"]+)"', first)
    while path:
        pages.append(viewer.get(path[1].replace("&amp;", "&")).text)
        path = re.search(r'rel="next" href="([^"]+)"', pages[-1])
    assert len(pages) == 20
    assert len({name for text in pages for name in _names(text)}) == 1000
    for query, names in {
        "q=paper-12": ["Paper 0012", *(f"Paper {number:04}" for number in range(120, 130))],
        "q=kenya+0005": ["Paper 0005"],
        "state=paused": ["Paper 0006"],
        "state=problem&q=paper+001": ["Paper 0019"],
        "state=failing&country=AGO&q=/paper-99": [f"Paper {number:04}" for number in (99, 999)],
        "language=fr&q=000": ["Paper 0001", "Paper 0006"],
        "language=fr&country=KEN": [],
    }.items():
        text = viewer.get(f"/sources?{query}").text
        assert sorted(_names(text)) == names, query
        assert f"{len(names)} of 1000" in text if names else "No feeds match" in text
    narrowed = viewer.get("/sources?state=problem&language=fr&q=paper").text
    assert '<option value="problem" selected>problem (100)' in narrowed
    assert '<option value="fr" selected>French (200)' in narrowed
    assert 'value="paper"' in narrowed
    assert viewer.get("/sources?page=0").status_code == 422
    assert _names(viewer.get("/sources?page=999").text) == _names(pages[-1])
