"""Feeds, credentials and what is pruned: borders, joins and counts, one row on each side."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
import sqlalchemy as sa

from factories.candidate import NOW, stored_candidate, stored_row
from offing.model.operation.retention import Prunable, Retention
from offing.model.sources.feed import Alarm, Exchange, FeedAlarm, FeedSpec, FeedState, FeedUpdate, PollOutcome
from offing.model.values.vocabulary import Verb
from offing.store import tables
from offing.store.articles import tombstone
from offing.store.database.engine import Database
from offing.store.feeds import feed, poll, watch
from offing.store.upkeep import credentials, old_records, prune, sizes
from offing.store.upkeep.knots import Ages, Knot, batches, prunable

SECOND, DAY, HALF_A_YEAR = timedelta(seconds=1), timedelta(days=1), timedelta(days=180)
EARLIER, LATER = NOW - SECOND, NOW + SECOND


def _feeds(conn: sa.Connection, **more: Any) -> list[int]:
    return [
        stored_row(conn, tables.feed, url=f"https://{name}.example/rss", url_key=f"{name}.example/rss", **more)
        for name in "abc"
    ]


def test_exchanges_of_half_a_year_are_kept_of_each_feed(database: Database) -> None:
    """Reckoned from the oldest of its own last forty; one of just that age stays."""
    with database.write() as conn:
        feeds = _feeds(conn)
        ages = (HALF_A_YEAR + SECOND, HALF_A_YEAR, timedelta(0))
        for each, age in product(feeds, ages):
            stored_row(conn, tables.poll, feed_id=each, at=NOW - age, outcome="ok")
        for number in range(38):
            stored_row(conn, tables.poll, feed_id=feeds[1], at=NOW + number * SECOND, outcome="ok")
        counts = sa.select(tables.poll.c.feed_id, sa.func.count()).group_by(tables.poll.c.feed_id)
        for each in feeds:
            poll.record_poll(conn, each, Exchange(NOW + DAY, PollOutcome.OK))
        assert dict(conn.execute(counts).all()) == {feeds[0]: 4, feeds[1]: 41, feeds[2]: 4}
        oldest = conn.execute(sa.select(sa.func.min(tables.poll.c.at)).where(tables.poll.c.feed_id == feeds[1]))
        assert oldest.scalar() == NOW - HALF_A_YEAR


def test_the_history_has_what_told_something(database: Database) -> None:
    """New entries or repeated ones, one of them is enough; of the rest the last forty; five hundred in all."""
    with database.write() as conn:
        feeds = _feeds(conn)
        for number, counts in enumerate(({"new_entries": 1}, {"repeated": 1}, {"missed": 1}, {})):
            plain = {"new_entries": 0, "repeated": 0, "missed": 0, **counts}
            stored_row(conn, tables.poll, feed_id=feeds[1], at=NOW - (9 - number) * DAY, outcome="ok", **plain)
        empty = {"new_entries": 0, "repeated": 0, "missed": 0}
        for each, number in product(feeds, range(40)):
            stored_row(conn, tables.poll, feed_id=each, at=NOW - number * SECOND, outcome="ok", **empty)
        found = poll.poll_history(conn, feeds[1], NOW)
        assert len(found) == 42
        assert [each.at for each in found[-2:]] == [NOW - 8 * DAY, NOW - 9 * DAY]
        rows = [{"feed_id": feeds[0], "at": NOW - DAY - number * SECOND} for number in range(501)]
        plain = {"outcome": "ok", "seconds": 0, "size": 0, "entries": 0, "dated": 0, "with_text": 0}
        conn.execute(sa.insert(tables.poll), [{**row, **plain, **empty, "new_entries": 1} for row in rows])
        assert len(poll.poll_history(conn, feeds[0], NOW)) == 500


POLLED = FeedUpdate(PollOutcome.OK, FeedState.HEALTHY, LATER, Exchange(LATER, PollOutcome.OK, 200, 0.25))


@pytest.mark.parametrize(("before", "told", "after"), [("", "New", "New"), ("Old", "New", "Old"), ("Old", "", "Old")])
def test_a_feed_keeps_its_title(database: Database, before: str, told: str, after: str) -> None:
    """It takes one where it has none."""
    with database.write() as conn:
        feeds = _feeds(conn, title=before)
        update = replace(POLLED, title=told, read_in_full=bool(told))
        feed.save_poll(conn, feeds[1], update, NOW)
        row = conn.execute(sa.select(tables.feed).where(tables.feed.c.id == feeds[1])).one()
        assert (row.title, row.last_poll_at, row.since_full) == (after, NOW, NOW if told else None)


def test_a_feed_moves_where_no_other_is(database: Database) -> None:
    """Its own turn goes along, those of others stay; onto another it does not move."""
    with database.write() as conn:
        feeds = _feeds(conn)
        for verb, each in product((Verb.FETCH, Verb.POLL, Verb.PROPOSE), feeds):
            stored_row(conn, tables.work, verb=verb, item_id=each, host="old", domain="old")
        feed.save_poll(conn, feeds[1], replace(POLLED, new_url="https://new.example/rss"), NOW)
        moved = conn.execute(sa.select(tables.work).where(tables.work.c.host != "old")).all()
        assert [(row.verb, row.item_id, row.host, row.domain) for row in moved] == [
            ("poll", feeds[1], "new.example", "new.example")
        ]
        kept = {row.id: row.url for row in conn.execute(sa.select(tables.feed))}
        assert kept[feeds[1]] == "https://new.example/rss"
        feed.save_poll(conn, feeds[0], replace(POLLED, new_url="https://new.example/rss"), NOW)
        row = conn.execute(sa.select(tables.feed).where(tables.feed.c.id == feeds[0])).one()
        assert (row.url, row.moved_to) == ("https://a.example/rss", "https://new.example/rss")
        assert row.cause.startswith("It has moved for good")
        feed.save_poll(conn, feeds[1], replace(POLLED, new_url="https://new.example/rss"), NOW)
        row = conn.execute(sa.select(tables.feed).where(tables.feed.c.id == feeds[1])).one()
        assert row.moved_to is None


def test_feeds_are_added_once(database: Database) -> None:
    """Each due at once at its host; one off the list comes back; how many that were is told."""
    specs = [FeedSpec(f"https://{name}.example/rss") for name in "abc"]
    with database.write() as conn:
        assert feed.add_feeds(conn, specs[:2], NOW, "ana") == 2
        assert feed.add_feeds(conn, specs, LATER, "ana") == 1
        due = conn.execute(sa.select(tables.work).order_by(tables.work.c.id)).all()
        assert [(row.host, row.due_at) for row in due] == [
            ("a.example", NOW),
            ("b.example", NOW),
            ("c.example", LATER),
        ]
        first = watch.find_feed(conn, specs[0].url)
        assert watch.remove_feed(conn, first, NOW, "ana")
        assert not watch.remove_feed(conn, first, NOW, "ana")
        assert feed.add_feeds(conn, specs, LATER, "ana") == 1
        assert watch.pause_feed(conn, first, NOW, "ana")
        assert not watch.pause_feed(conn, first, NOW, "ana")
        assert watch.resume_feed(conn, first, NOW)
        assert not watch.resume_feed(conn, first, NOW)


def test_an_alarm_stands_since_it_began(database: Database) -> None:
    """Another kind begins anew; without one nothing is odd."""
    with database.write() as conn:
        feeds = _feeds(conn)
        silent, flooding = (Alarm(kind, "Odd.", "Look.") for kind in (FeedAlarm.SILENT, FeedAlarm.FLOODING))
        for alarm, standing, at, since in (
            (silent, None, NOW, NOW),
            (silent, FeedAlarm.SILENT, LATER, NOW),
            (flooding, FeedAlarm.SILENT, LATER, LATER),
            (None, FeedAlarm.FLOODING, LATER, None),
        ):
            feed.save_alarm(conn, feeds[1], alarm, standing, at)
            found = feed.feed_status(conn, feeds[1])
            assert (found.alarm, found.alarm_since) == (alarm and alarm.kind, since)
            assert found.alarm_cause == ("Odd. Look." if alarm else "")


def test_credentials_are_looked_for_where_they_may_be(database: Database) -> None:
    """In addresses with a name or parameters; sentences, traces and tallies lose them, others stay."""
    secret, clean = "failed at https://ana:hunter2@a.example/x", "failed at https://a.example/x"
    with database.write() as conn:
        urls = ("https://a.example/?k=v", "https://b.example/x", "https://u:p@c.example/")
        feeds = [
            stored_row(conn, tables.feed, url=url, url_key=url, cause=said)
            for url, said in zip(urls, (secret, clean, "plain"), strict=True)
        ]
        assert [each.id for each in credentials.addresses(conn)] == [feeds[0], feeds[2]]
        assert "example" not in repr(credentials.addresses(conn))
        runs = [
            stored_row(conn, tables.run, pipeline="x", tally=tally)
            for tally in ({"a": clean}, {"a": secret}, {"a": clean}, None)
        ]
        work_id = stored_row(conn, tables.work, verb="poll", item_id=1, reason=secret, trace=secret)
        credentials.clean_words(conn)
        causes = dict(conn.execute(sa.select(tables.feed.c.id, tables.feed.c.cause)).all())
        assert "hunter2" not in causes[feeds[0]]
        assert (causes[feeds[1]], causes[feeds[2]]) == (clean, "plain")
        row = conn.execute(sa.select(tables.work).where(tables.work.c.id == work_id)).one()
        assert "hunter2" not in row.reason + row.trace
        tallies = dict(conn.execute(sa.select(tables.run.c.id, tables.run.c.tally)).all())
        assert "hunter2" not in str(tallies[runs[1]])
        assert [tallies[runs[place]] for place in (0, 2, 3)] == [{"a": clean}, {"a": clean}, None]
        for each in feeds:
            credentials.put_bare(conn, each, "https://same.example/rss")
        kept = {row.id: (row.url, row.url_key) for row in conn.execute(sa.select(tables.feed))}
        assert [kept[each][0] for each in feeds] == [
            "https://same.example/rss",
            f"https://same.example/rss#feed-{feeds[1]}",
            f"https://same.example/rss#feed-{feeds[2]}",
        ]
        assert len({key for _, key in kept.values()}) == 3


def _before(moment: datetime) -> dict[Prunable, datetime]:
    return Retention.alike(timedelta()).before(moment)


def test_records_of_what_was_done_go_by_their_time(database: Database) -> None:
    """Those before it, at most so many of each at once; what is of that moment stays."""
    with database.write() as conn:
        feeds = _feeds(conn)
        run_id = stored_row(conn, tables.run, pipeline="x")
        for at, number in product((EARLIER, NOW, LATER), range(3)):
            stored_row(conn, tables.poll, feed_id=feeds[0], at=at, outcome="ok")
            row = {"run_id": run_id, "verb": "poll", "item_id": 1, "ending": "done"}
            stored_row(conn, tables.outcome, **row, at=at)
            stored_row(conn, tables.robots, origin=f"{at}{number}", until=at)
            stored_row(conn, tables.second_answer, digest=f"{at}{number}", model="m", prompt="p", at=at)
            step = {"item_id": 10 * number + (EARLIER, NOW, LATER).index(at), "done_at": at}
            stored_row(conn, tables.work, verb=Verb.FETCH, **step)
            stored_row(conn, tables.work, verb=Verb.POLL, **step)
        kinds = ("polls", "outcomes", "finished steps", "second answers", "robots.txt")
        rows = {**dict.fromkeys(kinds, 3), "translations": 0}
        assert _counted(conn, NOW) == rows
        assert old_records.prune_records(conn, _before(NOW), 2) == {**dict.fromkeys(kinds, 2), "translations": 0}
        assert old_records.prune_records(conn, _before(NOW)) == {**dict.fromkeys(kinds, 1), "translations": 0}
        assert _counted(conn, NOW) == dict.fromkeys(rows, 0)
        assert _counted(conn, LATER + SECOND) == {**dict.fromkeys(kinds, 6), "translations": 0}
        assert old_records.prune_records(conn, {}) == {}
        turns = sa.select(sa.func.count()).where(tables.work.c.verb == Verb.POLL)
        assert conn.execute(turns).scalar_one() == 9


def _counted(conn: sa.Connection, moment: datetime) -> dict[str, int]:
    return {noun: size.rows for noun, size in old_records.size_of_records(conn, _before(moment)).items()}


def test_what_is_pruned_is_the_old_alone(database: Database) -> None:
    """An entry of that moment stays, and one with a copy of it; the rest goes with all that is its own."""
    with database.write() as conn:
        numbers = [stored_candidate(conn, above_cut=False) for _ in range(5)]
        entries = list(conn.execute(sa.select(tables.entry.c.id).order_by(tables.entry.c.id)).scalars())
        for each, at in zip(entries, (EARLIER, NOW, EARLIER, EARLIER, EARLIER), strict=True):
            conn.execute(sa.update(tables.entry).where(tables.entry.c.id == each).values(seen_at=at))
        for number, (same, at) in enumerate(((2, NOW), (3, EARLIER))):
            key = f"copy{number}"
            stored_row(conn, tables.entry, entry_key=key, url_key=key, same_as=entries[same], seen_at=at)
        waiting = {"verb": Verb.FETCH, "item_id": entries[4]}
        stored_row(conn, tables.work, **waiting)
        for verb in (Verb.EXTRACT, Verb.RECOGNIZE, Verb.PROPOSE, Verb.FETCH):
            for item in (entries[0], entries[3]):
                stored_row(conn, tables.work, verb=verb, item_id=item, done_at=NOW)
        stored_row(conn, tables.work, verb=Verb.POLL, item_id=entries[3])
        knots = prunable(conn, Ages.alike(NOW))
        assert [each.entries for each in knots] == [(entries[0],), (entries[3],)]
        found = {noun: size.rows for noun, size in sizes.size_of_knots(conn, knots).items()}
        of_below = {"stories": 2, "candidates below the cut": 2, "mentions": 0}
        assert found == {"entries": 3, "pages": 2, "articles": 2, **of_below}
        counts = prune.prune_knots(conn, knots, NOW)
        assert {name: counts[name] for name in ("entries", "pages", "articles", "stories", "contents")} == {
            "entries": 3,
            "pages": 2,
            "articles": 2,
            "stories": 2,
            "contents": 2,
        }
        assert counts["candidates below the cut"] == 2
        left = list(conn.execute(sa.select(tables.candidate.c.id).order_by(tables.candidate.c.id)).scalars())
        assert left == [numbers[1], numbers[2], numbers[4]]
        works = conn.execute(sa.select(tables.work.c.verb, tables.work.c.item_id)).all()
        assert sorted(tuple(row) for row in works) == [("fetch", entries[4]), ("poll", entries[3])]
        buried = conn.execute(sa.select(tables.tombstone.c.entry_key)).scalars().all()
        assert len(buried) == 3
        assert "copy1" in buried
        assert [len(each) for each in batches([Knot(tuple(range(n)), ()) for n in (499, 1, 1, 600, 2)])] == [
            2,
            1,
            1,
            1,
        ]
        tombstone.bury(conn, [entries[1]], NOW)
        assert len(conn.execute(sa.select(tables.tombstone)).all()) == 4
