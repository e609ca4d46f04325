"""Exchanges with feeds, alarms and moves are remembered the same on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from offing.model.sources.entry import AnnouncedEntry
from offing.model.sources.feed import (
    Alarm,
    Exchange,
    FeedAlarm,
    FeedForm,
    FeedSpec,
    FeedState,
    FeedUpdate,
    KnownEntry,
    PollOutcome,
)
from offing.store.articles.entry import save_entries
from offing.store.database.engine import Database
from offing.store.feeds.feed import add_feeds, due_feed, list_feeds, save_alarm, save_poll
from offing.store.feeds.poll import KEPT, LATEST, known_entries, poll_history, recent_polls, record_poll, rename_entries
from offing.store.tables import entry, feed, poll, work
from offing.urls import url_key

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
URL = "https://news.example/feed.xml"
NOTHING = Exchange(NOW, PollOutcome.UNCHANGED, 304, 0.25, cause="Its server says that nothing is new.")
UPDATE = FeedUpdate(PollOutcome.OK, FeedState.HEALTHY, NOW + HOUR, NOTHING)


def watched(database: Database, *urls: str) -> list[int]:
    """Feeds in the database; their ids."""
    with database.write() as conn:
        add_feeds(conn, [FeedSpec(url) for url in urls], NOW, "test")
        return list(conn.execute(sa.select(feed.c.id).order_by(feed.c.id)).scalars())


def announced(number: int, **more: object) -> AnnouncedEntry:
    """An entry as a document announces it."""
    url = f"https://news.example/{number}"
    return replace(AnnouncedEntry(f"key-{number}", url, url_key(url), f"Title {number}", published=NOW), **more)


def test_exchanges_come_back_as_they_were(database: Database) -> None:
    """All of an exchange is kept, the latest comes first, and each feed has its own."""
    one, other = watched(database, URL, URL + "2")
    whole = Exchange(NOW + HOUR, PollOutcome.PARTIAL, 200, 1.5, 9000, 20, 3, 19, 18, 2, 1, "Entry 3 has no link.")
    with database.write() as conn:
        record_poll(conn, one, NOTHING)
        record_poll(conn, one, whole)
        record_poll(conn, other, replace(NOTHING, status=None))
        assert recent_polls(conn, one, 10) == (whole, NOTHING)
        assert recent_polls(conn, one, 1) == (whole,)
        assert poll_history(conn, other, NOW)[0].status is None


def test_old_exchanges_are_forgotten(database: Database) -> None:
    """Half a year before the last ones, and those of that feed only; one date far ahead forgets nothing."""
    one, other = watched(database, URL, URL + "2")
    with database.write() as conn:
        for feed_id in (one, other):
            record_poll(conn, feed_id, NOTHING)
        for number in range(LATEST):
            assert recent_polls(conn, one, 100)[-1] == NOTHING
            record_poll(conn, one, replace(NOTHING, at=NOW + KEPT + HOUR * (number + 1)))
        assert len(recent_polls(conn, one, 100)) == LATEST
        assert len(recent_polls(conn, other, 10)) == 1


def test_the_history_reaches_back_to_news(database: Database) -> None:
    """Of long ago only exchanges that brought something count; the last ones count whatever they brought."""
    (feed_id,) = watched(database, URL)
    with database.write() as conn:
        for number in range(LATEST + 20):
            news = {"new_entries": 1} if number == 5 else {"repeated": 3} if number == 7 else {}
            record_poll(conn, feed_id, replace(NOTHING, at=NOW + number * HOUR, **news))
        history = poll_history(conn, feed_id, NOW + 90 * HOUR)
    assert len(history) == LATEST + 2
    assert [exchange.at for exchange in history[-2:]] == [NOW + 7 * HOUR, NOW + 5 * HOUR]
    assert history[0].at == NOW + (LATEST + 19) * HOUR


def test_known_entries_are_found_by_key_page_and_title(database: Database) -> None:
    """Those that a document may mean come back, and none of another feed."""
    one, other = watched(database, URL, URL + "2")
    with database.write() as conn:
        save_entries(conn, one, [announced(1), announced(2), announced(3), announced(4)], NOW)
        save_entries(conn, other, [announced(5, key="key-1")], NOW)
        page = announced(9, url="https://news.example/2", url_key=url_key("https://news.example/2"), title="")
        found = known_entries(conn, one, [announced(1), page, announced(8, title="Title 3")])
    assert {item.key for item in found} == {"key-1", "key-2", "key-3"}
    assert KnownEntry("key-1", url_key("https://news.example/1"), "Title 1", NOW) in found


def test_entries_get_new_keys(database: Database) -> None:
    """An entry that comes under a new key is the same row."""
    one, _ = watched(database, URL, URL + "2")
    with database.write() as conn:
        save_entries(conn, one, [announced(1)], NOW)
        rename_entries(conn, one, [("key-1", "other")])
        assert save_entries(conn, one, [announced(1, key="other")], NOW) == (0, 0)
        assert conn.execute(sa.select(entry.c.entry_key)).scalars().all() == ["other"]


def test_an_alarm_is_kept_since_it_began(database: Database) -> None:
    """It is shown with cause and time, keeps its time while it stands, and goes without a trace."""
    (feed_id,) = watched(database, URL)
    alarm = Alarm(FeedAlarm.SILENT, "It has announced nothing new for 5 days.", "See whether it has moved.")
    with database.write() as conn:
        save_alarm(conn, feed_id, alarm, None, NOW)
        save_alarm(conn, feed_id, alarm, FeedAlarm.SILENT, NOW + DAY)
        (status,) = list_feeds(conn)
        assert (status.alarm, status.alarm_since) == (FeedAlarm.SILENT, NOW)
        assert status.alarm_cause == "It has announced nothing new for 5 days. See whether it has moved."
        assert due_feed(conn, feed_id, NOW).alarm is FeedAlarm.SILENT
        save_alarm(conn, feed_id, replace(alarm, kind=FeedAlarm.UNDATED), FeedAlarm.SILENT, NOW + DAY)
        assert list_feeds(conn)[0].alarm_since == NOW + DAY
        save_alarm(conn, feed_id, None, FeedAlarm.UNDATED, NOW + 2 * DAY)
        (status,) = list_feeds(conn)
    assert (status.alarm, status.alarm_cause, status.alarm_since) == (None, "", None)


def test_a_proposed_move_is_kept_and_shown(database: Database) -> None:
    """Where, since when and how often it was said; form and history come along."""
    (feed_id,) = watched(database, URL)
    update = replace(UPDATE, moved_to="https://new.example/", moved_since=NOW, moved_times=2, form=FeedForm.ATOM)
    with database.write() as conn:
        save_poll(conn, feed_id, update, NOW)
        record_poll(conn, feed_id, NOTHING)
        due = due_feed(conn, feed_id, NOW)
        assert (due.moved_to, due.moved_since, due.moved_times) == ("https://new.example/", NOW, 2)
        assert due.history == (NOTHING,)
        assert list_feeds(conn)[0].moved_to == "https://new.example/"
        assert conn.execute(sa.select(feed.c.form)).scalar_one() == FeedForm.ATOM


def test_a_move_changes_address_and_host(database: Database) -> None:
    """The host that has to rest between two requests is the new one from then on."""
    (feed_id,) = watched(database, URL)
    with database.write() as conn:
        save_poll(conn, feed_id, replace(UPDATE, new_url="https://rss.other.org/"), NOW)
        assert due_feed(conn, feed_id, NOW).spec.url == "https://rss.other.org/"
        row = conn.execute(sa.select(work.c.host, work.c.domain)).one()
    assert (row.host, row.domain) == ("rss.other.org", "other.org")


def test_no_feed_moves_onto_another(database: Database) -> None:
    """Where the new address is watched already, the feed stays and says so."""
    one, _ = watched(database, URL, URL + "2")
    with database.write() as conn:
        save_poll(conn, one, replace(UPDATE, new_url=URL + "2"), NOW)
        status = next(status for status in list_feeds(conn) if status.id == one)
        assert conn.execute(sa.select(sa.func.count()).select_from(poll)).scalar_one() == 0
    assert (status.spec.url, status.moved_to) == (URL, URL + "2")
    assert "watched already" in status.cause
    assert status.next_step
