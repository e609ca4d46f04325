"""The page of sources."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from offing.model.operation.user import UserRole
from offing.model.sources.feed import PollOutcome
from offing.store import tables
from offing.store.database.engine import Database
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
    assert "1 needs a look" in (text := viewer.get("/sources").text)
    assert '<span class="state quarantined">' in text
    for page in ("/sources", "/dashboard", f"/digest/{NOW.date()}"):
        assert "offing quarantine retry 1" in viewer.get(page).text, page
