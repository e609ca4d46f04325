"""Which feeds are watched: found by id or address, paused, taken off, put back; nothing is ever lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from offing.errors import UnknownItem
from offing.model.operation.run import Claim, Ending, Outcome, WorkItem
from offing.model.sources.entry import AnnouncedEntry
from offing.model.sources.feed import FeedSpec, FeedState
from offing.model.values.vocabulary import Verb
from offing.store.articles.entry import save_entries
from offing.store.database.engine import Database
from offing.store.feeds.feed import add_feeds, list_feeds
from offing.store.feeds.watch import Twins, feed_record, find_feed, pause_feed, remove_feed, resume_feed, twins
from offing.store.runs.run import start_run
from offing.store.runs.work import LeaseLost, claim, finish
from offing.store.tables import entry, feed
from offing.urls import url_key

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://a.example/rss"


def add(conn: sa.Connection, *urls: str) -> list[int]:
    """Feeds on the list; their ids."""
    add_feeds(conn, [FeedSpec(url) for url in urls], NOW, "ada")
    return [find_feed(conn, url) for url in urls]


def due(conn: sa.Connection) -> tuple[WorkItem, ...]:
    """The feeds that a run takes up now."""
    run_id = start_run(conn, "test", "here", 1, NOW)
    return claim(conn, Verb.POLL, Claim(run_id, NOW, NOW + timedelta(minutes=10)), 10, ())


def announce(conn: sa.Connection, feed_id: int, *pages: int) -> None:
    """Entries that a feed announces."""
    found = [AnnouncedEntry(f"{n}", f"https://a.example/{n}", url_key(f"https://a.example/{n}")) for n in pages]
    save_entries(conn, feed_id, found, NOW)


def test_a_feed_is_found_by_id_and_address(database: Database) -> None:
    """The exact address first, then the one that looks like it; doubts are told."""
    with database.write() as conn:
        first, second, third = add(conn, URL, "https://b.example/rss", "http://b.example/rss")
        assert find_feed(conn, str(first)) == first
        assert find_feed(conn, "http://www.a.example/rss/") == first
        assert find_feed(conn, "https://b.example/rss") == second
        with pytest.raises(UnknownItem, match=rf"did you mean {second} \(https.* or {third} \(http:"):
            find_feed(conn, "https://www.b.example/rss")
        conn.execute(sa.update(feed).where(feed.c.id == third).values(url="http://[odd"))
        for word in ("99", "9" * 50, "https://c.example/", "nonsense", "https://[x"):
            with pytest.raises(UnknownItem, match="offing feeds list"):
                find_feed(conn, word)


def test_a_paused_feed_is_not_asked_until_it_is_resumed(database: Database) -> None:
    """Its turn is taken away, with who did it; resumed, it is due at once and judged anew."""
    with database.write() as conn:
        (feed_id,) = add(conn, URL)
        assert pause_feed(conn, feed_id, NOW, "ada")
        assert not pause_feed(conn, feed_id, NOW, "ada")
        (status,) = list_feeds(conn)
        assert (status.state, status.cause) == (FeedState.PAUSED, "Paused by ada.")
        assert due(conn) == ()
        assert resume_feed(conn, feed_id, NOW)
        assert not resume_feed(conn, feed_id, NOW)
        (status,) = list_feeds(conn)
        assert (status.state, status.cause) == (FeedState.NEW, "")
        assert len(due(conn)) == 1


def test_a_run_that_is_asking_a_paused_feed_writes_nothing(database: Database) -> None:
    """The claim is lost, so that the feed stays paused."""
    with database.write() as conn:
        (feed_id,) = add(conn, URL)
        (item,) = due(conn)
        pause_feed(conn, feed_id, NOW, "ada")
        with pytest.raises(LeaseLost):
            finish(conn, item, 1, Outcome(Ending.DONE), NOW)


def test_a_removed_feed_keeps_what_it_announced(database: Database) -> None:
    """It is off the list and not asked; adding or resuming it brings it back, with everything."""
    with database.write() as conn:
        (feed_id,) = add(conn, URL)
        announce(conn, feed_id, 1, 2)
        assert remove_feed(conn, feed_id, NOW, "ada")
        assert not remove_feed(conn, feed_id, NOW, "ada")
        assert (list_feeds(conn), due(conn), find_feed(conn, URL)) == ((), (), feed_id)
        record = feed_record(conn, feed_id)
        assert (record.removed_at, record.removed_by, record.form, record.added_by) == (NOW, "ada", None, "ada")
        assert conn.execute(sa.select(sa.func.count()).select_from(entry)).scalar_one() == 2
        assert add_feeds(conn, [FeedSpec(URL)], NOW, "eve") == 1
        assert add_feeds(conn, [FeedSpec(URL)], NOW, "eve") == 0
        assert (list_feeds(conn)[0].id, list_feeds(conn)[0].entries, len(due(conn))) == (feed_id, 2, 1)
        remove_feed(conn, feed_id, NOW, "ada")
        assert resume_feed(conn, feed_id, NOW)
        assert feed_record(conn, feed_id).removed_by == ""


def test_feeds_of_one_site_that_announce_the_same_are_twins(database: Database) -> None:
    """From five entries in common and four fifths of the smaller one; other sites and removed feeds do not count."""
    with database.write() as conn:
        one, other, section, wire, few = add(
            conn, "https://a.org/rss", "https://www.a.org/atom", "https://a.org/section", "https://wire.test/rss",
            "https://a.org/few",
        )  # fmt: skip
        announce(conn, one, *range(10))
        announce(conn, other, *range(1, 10))
        announce(conn, section, 8, 9, *range(20, 30))
        announce(conn, wire, *range(10))
        announce(conn, few, 1, 2, 3)
        assert twins(conn, NOW - timedelta(days=1)) == (Twins(one, other, 1.0),)
        assert twins(conn, NOW + timedelta(days=1)) == ()
        remove_feed(conn, other, NOW, "ada")
        assert twins(conn, NOW - timedelta(days=1)) == ()


@pytest.mark.parametrize(("shared", "of", "share"), [(5, 5, 1.0), (4, 4, None), (8, 10, 0.8), (7, 9, None)])
def test_twins_share_four_fifths_and_five(database: Database, shared: int, of: int, share: float | None) -> None:
    """Exactly as many are enough; the smaller of the two is the measure, whichever was added first."""
    with database.write() as conn:
        small, large, late, early = add(
            conn, "https://a.org/1", "https://a.org/2", "https://b.org/1", "https://b.org/2"
        )
        announce(conn, small, *range(of))
        announce(conn, large, *range(of - shared, of - shared + 20))
        announce(conn, late, *range(100, 120))
        announce(conn, early, *range(120 - shared, 120 - shared + of))
        wanted = [] if share is None else [Twins(small, large, share), Twins(late, early, share)]
        assert list(twins(conn, NOW)) == wanted
