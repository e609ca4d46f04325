"""How much is looked at, kept or shown at most: one more is too many, and the figures are those that are told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from factories.candidate import FACTS, NOW, stored_candidate, stored_row
from factories.run import holding
from offing.model.operation.retention import Prunable
from offing.model.pairs.pairing import Ref
from offing.model.review.candidate import CandidateKind
from offing.model.review.queue import Facet, QueueFilter, QueueView
from offing.model.text.search import Search, parse_search
from offing.model.values.codec import to_plain
from offing.store import tables
from offing.store.candidates import facet, index, queue_count
from offing.store.candidates.queue import QueueRequest
from offing.store.candidates.search import keep_words, matches
from offing.store.database.engine import Database
from offing.store.database.trouble import database_trouble
from offing.store.feeds import feed, responsive_hosts
from offing.store.pairs import blocking
from offing.store.runs.run import Holder, start_run, take_lock
from offing.store.stories import repeat
from offing.store.upkeep import old_records, prune

SECOND = timedelta(seconds=1)


def _known(conn: sa.Connection, number: int) -> list[int]:
    row = {"source": "a", "facts": to_plain(FACTS), "description": "", "digest": "", "imported_at": NOW}
    conn.execute(sa.insert(tables.known_project), [{**row, "key": f"{each:04}"} for each in range(number)])
    return list(conn.execute(sa.select(tables.known_project.c.id).order_by(tables.known_project.c.key)).scalars())


def _keyed(conn: sa.Connection, key: str, ids: Iterable[int]) -> None:
    conn.execute(sa.insert(tables.known_key), [{"key": key, "known_id": each} for each in ids])


def _near(conn: sa.Connection, *keys: str) -> list[int]:
    return [int(each.key.partition(":")[2]) for each in blocking.near_known(conn, keys)]


def test_sixteen_known_projects_are_looked_at(database: Database) -> None:
    """The first of those that share as much; named ones besides."""
    with database.write() as conn:
        ids = _known(conn, 18)
        _keyed(conn, "k", ids)
        assert _near(conn, "k") == list(range(16))
        named = blocking.near_known(conn, ["k"], [Ref.parse("known:a:0017")])
        assert len(named) == 17


@pytest.mark.parametrize(("second", "found"), [(200, True), (201, False)])
def test_four_hundred_places_are_looked_up(database: Database, second: int, found: bool) -> None:
    """Of keys that many have; the rarer ones first."""
    with database.write() as conn:
        ids = _known(conn, 402)
        _keyed(conn, "rare", ids[202:402])
        _keyed(conn, "usual", ids[:second])
        assert (0 in _near(conn, "rare", "usual")) is found


@pytest.mark.parametrize(("each", "found"), [(60, True), (61, False)])
def test_a_key_of_sixty_is_looked_up_anyway(database: Database, each: int, found: bool) -> None:
    """Whatever was looked up before it."""
    with database.write() as conn:
        ids = _known(conn, 7 * each)
        for number in range(7):
            _keyed(conn, f"k{number}", ids[(6 - number) * each : (7 - number) * each])
        assert (0 in _near(conn, *(f"k{number}" for number in range(7)))) is found


def test_what_is_rare_counts_more(database: Database) -> None:
    """A key that one has counts as much as two that seven have; of equal ones the first stands first."""
    with database.write() as conn:
        ids = _known(conn, 9)
        _keyed(conn, "one", ids[8:9])
        _keyed(conn, "seven", ids[1:8])
        _keyed(conn, "seven too", ids[1:8])
        assert _near(conn, "one", "seven", "seven too") == [1, 2, 3, 4, 5, 6, 7, 8]
        _keyed(conn, "two", ids[7:9])
        assert _near(conn, "one", "seven", "seven too", "two") == [7, 8, 1, 2, 3, 4, 5, 6]


def test_twenty_four_tellings_say_the_same(database: Database) -> None:
    """The nearest, on both sides."""
    with database.write() as conn:
        stored_candidate(conn, articles=27)
        ids = list(conn.execute(sa.select(tables.story_article.c.id).order_by(tables.story_article.c.id)).scalars())
        rows = [{"key": "k", "telling_id": each, "at": NOW + place * SECOND} for place, each in enumerate(ids)]
        conn.execute(sa.insert(tables.story_key), rows)
        assert repeat.same_content(conn, ["k"], NOW, SECOND * 99) == tuple(ids[:24])
        assert repeat.same_content(conn, ["k"], NOW + 26 * SECOND, SECOND * 99) == tuple(ids[:2:-1])
        assert len(repeat.same_content(conn, ["k"], NOW + 13 * SECOND, SECOND * 99)) == 24


def test_values_are_counted_of_so_many(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The best of them; how many there are is told of all."""
    assert queue_count.COUNTED == 20_000
    monkeypatch.setattr(queue_count, "COUNTED", 200)
    with database.write() as conn:
        first = stored_row(conn, tables.story, first_at=NOW, last_at=NOW)
        conn.execute(sa.insert(tables.story), [{"first_at": NOW, "last_at": NOW} for _ in range(200)])
        plain = {
            "kind": CandidateKind.NEW,
            "state": "open",
            "facts": {},
            "reasons": [],
            "above_cut": True,
            "version": 1,
        }
        rows = [{**plain, "story_id": first + place, "score": 0.5, "created_at": NOW} for place in range(201)]
        conn.execute(sa.insert(tables.candidate), rows)
        ids = list(conn.execute(sa.select(tables.candidate.c.id).order_by(tables.candidate.c.id)).scalars())
        values = [{"candidate_id": each, "facet": "country", "value": "KEN"} for each in ids[:-1]]
        conn.execute(
            sa.insert(tables.candidate_facet), [*values, {**values[0], "candidate_id": ids[-1], "value": "UGA"}]
        )
        asked = QueueRequest(QueueFilter(view=QueueView.WAITING), Search(), "Ann", NOW, 3)
        found = queue_count.count(conn, asked)
    assert found.kinds == {CandidateKind.NEW: 201}
    assert found.facets == {Facet.COUNTRY: [("KEN", 200)]}


def test_five_thousand_records_are_pruned_at_once(database: Database) -> None:
    """The rest by the next run."""
    with database.write() as conn:
        number = stored_row(conn, tables.feed, url="a", url_key="a")
        plain = dict.fromkeys(
            ("seconds", "size", "entries", "new_entries", "dated", "with_text", "repeated", "missed"), 0
        )
        row = {"feed_id": number, "at": NOW, "outcome": "ok", **plain}
        conn.execute(sa.insert(tables.poll), [row] * 5001)
        assert old_records.prune_records(conn, {Prunable.POLLS: NOW + SECOND})["polls"] == 5000


def _found(conn: sa.Connection, words: str) -> bool:
    conditions = matches(conn, parse_search(words)).among(tables.candidate.c.id)
    return bool(conn.execute(sa.select(tables.candidate.c.id).where(*conditions)).scalars().all())


def test_a_candidate_is_found_by_its_first_words(database: Database) -> None:
    """16,000 of them, or 300,000 bytes; of an article 100,000 characters."""
    with database.write() as conn:
        number = stored_candidate(conn)
        keep_words(conn, {number: [" ".join(f"w{each}" for each in range(16_001))]})
        assert (_found(conn, "w15999"), _found(conn, "w16000")) == (True, False)
        first, last = "ሀ" * 40, "ለ" * 40  # of three bytes each
        keep_words(conn, {number: [f"{first} " * 2499 + f"{last} apple"]})
        assert (_found(conn, last), _found(conn, "apple")) == (True, False)
        long = "y" * 100
        for whole, found in ((f"{long[1:]} " * 1000, False), (f"{long[1:]} " * 999 + "y" * 98, True)):
            conn.execute(sa.update(tables.article).values(paragraphs=[whole, "zz apple"]))
            index.reindex(conn, number)
            assert _found(conn, "zz") is found


@pytest.mark.parametrize(("length", "kept"), [(160, True), (161, False)])
def test_a_reason_is_reported_in_160_characters(database: Database, length: int, kept: bool) -> None:
    """The whole stands in the quarantine."""
    with database.write() as conn:
        number = stored_row(conn, tables.feed, url="a", url_key="a")
        reason = "x " * (length // 2 - 1) + "y" * (length - 2 * (length // 2 - 1))
        row = {"verb": "poll", "item_id": number, "quarantined_at": NOW, "reason": reason}
        stored_row(conn, tables.work, **row)
        assert feed.feed_status(conn, number).cause.endswith(reason) is kept


def test_names_and_words_of_drivers_are_cut() -> None:
    """A name after 300 characters, what a driver says after 200."""
    assert facet.named("X" * 301) == "x" * 300
    error = sa.exc.OperationalError("", {}, _locked("m" * 201))
    found = database_trouble(error, "here")
    assert found
    assert "m" * 200 in str(found)
    assert "m" * 201 not in str(found)


def _locked(words: str) -> Exception:
    error = Exception(words)
    error.sqlite_errorcode = 5  # type: ignore[attr-defined]
    return error


def test_twenty_hosts_are_asked(database: Database) -> None:
    """Those asked last, each once, of the last 200 feeds."""
    with database.write() as conn:
        for place in range(22):
            url = f"https://h{place}.example/"
            row = {"url": url, "url_key": url, "last_poll_at": NOW + place * SECOND, "state": "healthy"}
            stored_row(conn, tables.feed, **row)
        expected = tuple(f"https://h{place}.example" for place in range(21, 1, -1))
        assert responsive_hosts.healthy_origins(conn) == expected
        for place in range(199):
            url = f"https://often.example/{place}"
            row = {"url": url, "url_key": url, "last_poll_at": NOW + (99 + place) * SECOND, "state": "healthy"}
            stored_row(conn, tables.feed, **row)
        assert responsive_hosts.healthy_origins(conn) == ("https://often.example", "https://h21.example")


def test_a_lock_may_last_an_hour_longer(database: Database) -> None:
    """Than a lease from now on; one that lasts longer was taken by a clock that ran ahead."""
    lease = timedelta(minutes=10)
    with database.write() as conn:
        run_id = start_run(conn, "daily", "there", 1, NOW)
        for until, held in ((lease + timedelta(hours=1), True), (lease + timedelta(hours=1) + SECOND, False)):
            conn.execute(sa.delete(tables.run_lock))
            stored_row(conn, tables.run_lock, name="run", run_id=run_id, holder="there", until=NOW + until)
            expected = Holder(run_id, "there", NOW + until) if held else None
            assert take_lock(conn, run_id, holding("here"), NOW, lease) == expected


def test_hundreds_of_stories_that_lead_to_one_are_pruned_together(database: Database) -> None:
    """More than go in one statement; the one that they lead to goes first."""
    with database.write() as conn:
        first = stored_row(conn, tables.story, first_at=NOW, last_at=NOW)
        plain = {
            "kind": "new",
            "state": "open",
            "facts": {},
            "reasons": [],
            "above_cut": False,
            "version": 1,
            "score": 0,
        }
        lead = stored_row(conn, tables.candidate, **plain, story_id=first)
        times = {"first_at": NOW, "last_at": NOW, "merged_into": first}
        conn.execute(sa.insert(tables.story), [times] * 500)
        stories = list(conn.execute(sa.select(tables.story.c.id).order_by(tables.story.c.id)).scalars())
        rows = [{**plain, "story_id": each, "merged_into": lead, "created_at": NOW} for each in stories[1:]]
        conn.execute(sa.insert(tables.candidate), rows)
        counts = prune.prune_knots(conn, [prune.Knot((), tuple(stories))], NOW)
    assert (counts["stories"], counts["candidates below the cut"]) == (501, 501)
