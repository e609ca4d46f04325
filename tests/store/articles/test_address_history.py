"""What became of an address: who brought it, and how far it has come."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from factories.candidate import stored_article, stored_candidate
from offing.model.sources.entry import AnnouncedEntry
from offing.model.sources.feed import FeedSpec
from offing.model.values.vocabulary import Verb
from offing.store.articles.address_history import AddressHistory, address_history
from offing.store.articles.entry import save_entries
from offing.store.database.engine import Database
from offing.store.feeds.feed import add_feeds
from offing.store.feeds.watch import find_feed
from offing.store.runs.work import enqueue
from offing.store.tables import article, entry, page, story_article, work
from offing.urls import url_key

NOW = datetime(2026, 3, 5, 8, tzinfo=UTC)
URL = "https://news.example/1"
KEY = url_key(URL)
ITEM = AnnouncedEntry("key", URL, KEY)


def stands(conn: sa.Connection, key: str = KEY) -> str:
    """How far an address has come."""
    found = address_history(conn, key)
    assert found is not None
    return found.stands


def of_article(conn: sa.Connection, article_id: int) -> str:
    """The key of an article's entry."""
    joined = entry.join(page).join(article)
    return conn.execute(sa.select(entry.c.url_key).select_from(joined).where(article.c.id == article_id)).scalar_one()


def test_who_brought_an_address(database: Database) -> None:
    """A feed by id and name, or a person; the first one counts."""
    with database.write() as conn:
        assert address_history(conn, KEY) is None
        save_entries(conn, None, [ITEM], NOW, "ada")
        assert address_history(conn, KEY) == AddressHistory(NOW, "ada", "its page waits to be fetched")
        add_feeds(conn, [FeedSpec("https://news.example/rss", "The News")], NOW, "ada")
        feed_id = find_feed(conn, "https://news.example/rss")
        save_entries(conn, feed_id, [ITEM], NOW)
        other = "https://news.example/2"
        save_entries(conn, feed_id, [AnnouncedEntry("2", other, url_key(other))], NOW)
        found = address_history(conn, url_key(other))
        assert (address_history(conn, KEY) or AddressHistory(NOW, "", "")).source == "ada"
        assert found is not None
        assert found.source == f"feed {feed_id} (The News)"


def test_an_address_whose_page_did_not_come(database: Database) -> None:
    """Put off, given up or set aside, each with its reason."""
    with database.write() as conn:
        save_entries(conn, None, [ITEM], NOW, "ada")
        fetching = sa.update(work).where(work.c.verb == Verb.FETCH)
        conn.execute(fetching.values(reason="no connection"))
        assert stands(conn) == "its page waits to be fetched: no connection"
        conn.execute(fetching.values(done_at=NOW, reason="status 410"))
        assert stands(conn) == "its page could not be had: status 410"
        conn.execute(fetching.values(done_at=None, quarantined_at=NOW, reason="it hung"))
        assert stands(conn) == "set aside by `fetch`: it hung (offing quarantine retry)"
        conn.execute(sa.delete(work))
        assert stands(conn) == "its page waits to be fetched"


def test_an_address_with_a_page(database: Database) -> None:
    """Without an article, with one that waits, with one that led to nothing, with candidates."""
    with database.write() as conn:
        candidate_id = stored_candidate(conn)
        queued = conn.execute(sa.select(story_article.c.article_id)).scalar_one()
        assert stands(conn, of_article(conn, queued)) == f"candidate {candidate_id} (open)"
        plain = stored_article(conn)
        key = of_article(conn, plain)
        assert stands(conn, key) == "its article waits to be searched for projects"
        conn.execute(sa.update(article).where(article.c.id == plain).values(proposed_at=NOW, score=0.123))
        assert stands(conn, key) == "read; nothing in it was for the queue (score 0.12)"
        page_id = conn.execute(sa.select(article.c.page_id).where(article.c.id == plain)).scalar_one()
        conn.execute(sa.delete(article).where(article.c.id == plain))
        assert stands(conn, key) == "its page waits to be read"
        enqueue(conn, Verb.EXTRACT, page_id, NOW)
        conn.execute(sa.update(work).where(work.c.verb == Verb.EXTRACT).values(done_at=NOW, reason="a paywall"))
        assert stands(conn, key) == "no article of its own in its page: a paywall"
