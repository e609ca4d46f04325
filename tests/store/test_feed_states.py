"""How feeds and their entries stand: each state, kind and verb is tried, not only the two that matter most."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from factories.candidate import NOW, stored_article, stored_row
from factories.crowd import crowd
from offing.model.sources.article import Completeness
from offing.model.sources.feed import FeedState
from offing.model.values.vocabulary import Verb
from offing.store import tables
from offing.store.articles import address_history
from offing.store.database.engine import Database
from offing.store.feeds import feed, feed_figures
from offing.store.runs import work
from offing.store.upkeep import figures

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
EARLIER, LATER = NOW - SECOND, NOW + SECOND


def test_what_is_due_is_counted_at_its_moment(database: Database) -> None:
    """What is done or set aside is not due; each verb has its own count."""
    with database.write() as conn:
        for number, at in enumerate((EARLIER, NOW, LATER)):
            for verb in (Verb.EXTRACT, Verb.FETCH, Verb.POLL):
                stored_row(conn, tables.work, verb=verb, item_id=number, due_at=at)
                stored_row(conn, tables.work, verb=verb, item_id=10 + number, due_at=at, done_at=NOW)
                stored_row(conn, tables.work, verb=verb, item_id=20 + number, due_at=at, quarantined_at=NOW)
        assert figures.counts_by(conn, figures.Counted.DUE, NOW) == {"extract": 2, "fetch": 2, "poll": 2}
        assert figures.counts_by(conn, figures.Counted.SET_ASIDE, NOW) == {"extract": 3, "fetch": 3, "poll": 3}


def test_a_feed_is_set_aside_with_its_own_turn(database: Database) -> None:
    """Not with a page's of the same number, nor with another feed's."""
    with database.write() as conn:
        feeds = [stored_row(conn, tables.feed, url=name, url_key=name) for name in ("a", "b", "c")]
        for verb in (Verb.EXTRACT, Verb.FETCH, Verb.PROPOSE):
            for each in feeds:
                stored_row(conn, tables.work, verb=verb, item_id=each, quarantined_at=NOW, reason="wrong")
        counted = figures.counts_by(conn, figures.Counted.FEEDS, NOW)
        assert counted == {FeedState.HEALTHY: 3}
        number = stored_row(conn, tables.work, verb=Verb.POLL, item_id=feeds[1], quarantined_at=NOW, reason="hang\nx")
        assert figures.counts_by(conn, figures.Counted.FEEDS, NOW) == {
            FeedState.HEALTHY: 2,
            FeedState.QUARANTINED: 1,
        }
        first, middle, last = feed.list_feeds(conn)
        assert (first.state, middle.state, last.state) == (FeedState.HEALTHY, FeedState.QUARANTINED, FeedState.HEALTHY)
        assert middle.cause.endswith(": hang")
        assert f"show {number} " in middle.next_step
        assert feed.feed_status(conn, feeds[1]) == middle


def test_feeds_with_their_turns_and_entries(database: Database) -> None:
    """One without entries has none; a turn that is done or set aside is none; what is off the list is not shown."""
    with database.write() as conn:
        feeds = [stored_row(conn, tables.feed, url=f"{name}", url_key=name, title=name) for name in "dcba"]
        for place, each in enumerate(feeds):
            for verb in (Verb.FETCH, Verb.POLL, Verb.PROPOSE):
                at = NOW + (place + (9 if verb is not Verb.POLL else 0)) * SECOND
                stored_row(conn, tables.work, verb=verb, item_id=each, due_at=at)
            for number in range(place):
                key = f"{each}-{number}"
                stored_row(conn, tables.entry, feed_id=each, entry_key=key, url_key=key)
        shown = feed.list_feeds(conn)
        assert [each.id for each in shown] == feeds[::-1]
        assert [(each.entries, each.next_poll_at) for each in shown] == [
            (place, NOW + place * SECOND) for place in (3, 2, 1, 0)
        ]
        conn.execute(sa.update(tables.feed).where(tables.feed.c.id == feeds[1]).values(removed_at=NOW))
        turn = tables.work.c.item_id == feeds[2]
        conn.execute(sa.update(tables.work).where(turn).values(done_at=NOW))
        assert [(each.id, each.next_poll_at) for each in feed.list_feeds(conn)] == [
            (feeds[3], NOW + 3 * SECOND),
            (feeds[2], None),
            (feeds[0], NOW),
        ]
        assert feed.feed_status(conn, feeds[1]).id == feeds[1]


def test_groups_of_feeds(database: Database) -> None:
    """Which feeds are of one of them; which are asked: on the list, with a turn of their own to come."""
    turns: dict[str, dict[str, Any]] = {
        "asked": {},
        "done": {"done_at": NOW},
        "aside": {"quarantined_at": NOW},
        "removed": {},
        "other": {},
    }
    with database.write() as conn:
        ids = {}
        for name, turn in turns.items():
            gone = NOW if name == "removed" else None
            ids[name] = stored_row(
                conn, tables.feed, url=name, url_key=name, groups=[name, "all"], removed_at=gone, removed_by=""
            )
            for verb in (Verb.FETCH, Verb.PROPOSE):
                stored_row(conn, tables.work, verb=verb, item_id=ids[name])
            if name != "other":
                stored_row(conn, tables.work, verb=Verb.POLL, item_id=ids[name], **turn)
        assert feed.feeds_of(conn, ["asked", "done", "none"]) == {ids["asked"], ids["done"]}
        assert feed.feeds_of(conn, ["all"]) == set(ids.values())
        assert feed.feeds_of(conn, []) == frozenset()
        asked = feed.groups_not_polled(conn, [*turns, "none", "all", "none"])
        assert asked == ("done", "aside", "removed", "other", "none")
        assert feed.groups_in_use(conn) == {"asked", "done", "aside", "other", "all"}


def test_how_full_feeds_are(database: Database) -> None:
    """Of what was announced and drawn each by itself; of one that brought only one of them the rest is not known."""
    of = feed_figures.Fill
    with database.write() as conn:
        polled = stored_row(conn, tables.feed, url="p", url_key="p")
        stored_row(conn, tables.feed, url="n", url_key="n")
        for at, entries in ((NOW - 2 * DAY, 6), (NOW, 2), (NOW - 2 * DAY - SECOND, 99)):
            counts = {"entries": entries, "dated": 3, "with_text": 1, "new_entries": 0}
            stored_row(conn, tables.poll, feed_id=polled, at=at, outcome="ok", **counts)
        nothing = stored_row(conn, tables.feed, url="z", url_key="z")
        zero = {"entries": 0, "dated": 0, "with_text": 0, "new_entries": 0}
        stored_row(conn, tables.poll, feed_id=nothing, at=NOW, outcome="ok", **zero)
        for whole in Completeness:
            number = stored_article(conn)
            chosen = sa.update(tables.article).where(tables.article.c.id == number)
            conn.execute(chosen.values(completeness=whole, author="Ana" if whole is Completeness.COMPLETE else None))
            drawn = _feed_of(conn, number)
            if whole is Completeness.COMPLETE:
                complete = drawn
            else:
                conn.execute(chosen.values(published=None))
        found = feed_figures.fills(conn, NOW)
        assert found[polled] == of(6 / 8, 2 / 8, 0, None, None, None)
        assert found[nothing] == of(None, None, 0, None, None, None)
        assert found[complete] == of(None, None, 1, 1.0, 1.0, 1.0)
        assert found[drawn] == of(None, None, 1, 0.0, 0.0, 0.0)
        assert len(found) == 6
        assert of() == of(None, None, 0, None, None, None)
        one = {"new_entries": 1}
        stored_row(conn, tables.poll, feed_id=nothing, at=NOW, outcome="ok", **{**zero, **one})
        assert dict(feed_figures.new_by_day(conn, NOW)) == {nothing: {NOW.date(): 1}}


def _feed_of(conn: sa.Connection, article_id: int) -> int:
    chosen = sa.select(tables.entry.c.feed_id).join(tables.page, tables.page.c.entry_id == tables.entry.c.id)
    joined = chosen.join(tables.article, tables.article.c.page_id == tables.page.c.id)
    return conn.execute(joined.where(tables.article.c.id == article_id)).scalar_one()


def test_how_far_an_entry_has_come(database: Database) -> None:
    """By its own turn of that verb, not by those of others of the same number."""
    with database.write() as conn:
        entries = [stored_row(conn, tables.entry, entry_key=key, url_key=key, added_by="ana") for key in "abc"]
        for verb in Verb:
            for each in entries:
                stored_row(conn, tables.work, verb=verb, item_id=each, reason=f"{verb} {each}")
        for key, number in zip("abc", entries, strict=True):
            found = address_history.address_history(conn, key)
            assert found
            assert found.stands == f"its page waits to be fetched: fetch {number}"
        assert address_history.address_history(conn, "aa") is None
        conn.execute(sa.update(tables.entry).where(tables.entry.c.id == entries[1]).values(added_by=""))
        nobody = address_history.address_history(conn, "b")
        assert nobody
        assert nobody.source == "a person"


def test_the_candidates_of_an_entry(database: Database) -> None:
    """Its own, and who brought it; of those whom the person may not see only that they are there."""
    with database.write() as conn:
        for name, it in crowd(conn).items():
            found = address_history.address_history(conn, f"https://{name}.example/page")
            assert found
            assert found.candidate_ids == (it["candidate"],)
            assert (found.source, found.seen_at) == (f"feed {it['feed']} ({name} feed)", NOW)
            assert found.stands == f"candidate {it['candidate']} (open)"
            blind = address_history.address_history(conn, f"https://{name}.example/page", {it["candidate"]})
            assert blind
            assert blind.stands == f"candidate {it['candidate']}"


@pytest.mark.parametrize("verb", [Verb.EXTRACT, Verb.RECOGNIZE, Verb.PROPOSE, Verb.FETCH])
def test_work_knows_its_feed(database: Database, verb: Verb) -> None:
    """By entry, page or article, as the verb takes them; that of no other of the same number."""
    with database.write() as conn:
        stored_row(conn, tables.feed, url="a", url_key="a")
        articles = [stored_article(conn) for _ in range(3)]
        chain = (
            sa.select(tables.article.c.id, tables.page.c.id, tables.entry.c.id, tables.entry.c.feed_id)
            .join_from(tables.article, tables.page)
            .join(tables.entry, tables.entry.c.id == tables.page.c.entry_id)
        )
        article_id, page_id, entry_id, feed_id = conn.execute(chain.where(tables.article.c.id == articles[1])).one()
        item = {Verb.EXTRACT: page_id, Verb.FETCH: entry_id}.get(verb, article_id)
        work.enqueue(conn, verb, item, NOW, ("host", "domain"))
        row = conn.execute(sa.select(tables.work)).one()
        assert (row.feed_id, row.host, row.domain, row.due_at) == (feed_id, "host", "domain", NOW)
