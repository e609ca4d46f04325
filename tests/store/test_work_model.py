"""Work beside what it is to hold: what is due, free and rested; turns and rests that lie too far ahead."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
import sqlalchemy as sa

from factories.candidate import NOW, stored_row
from offing import __version__
from offing.model.operation.run import Claim, Ending, Outcome, Spent, WorkItem
from offing.model.values.vocabulary import Verb
from offing.store import tables
from offing.store.database.engine import Database
from offing.store.feeds import pace
from offing.store.runs import run, work

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
EARLIER, LATER = NOW - SECOND, NOW + SECOND
VERBS = (Verb.EXTRACT, Verb.FETCH, Verb.POLL)
WHENS: dict[str, dict[str, Any]] = {
    "past": {"due_at": EARLIER},
    "now": {"due_at": NOW},
    "to come": {"due_at": LATER},
    "done": {"due_at": EARLIER, "done_at": NOW},
    "aside": {"due_at": EARLIER, "quarantined_at": NOW},
    "held": {"due_at": EARLIER, "lease": "x", "lease_until": NOW},
    "held no more": {"due_at": EARLIER, "lease": "x", "lease_until": EARLIER},
}


def _items(conn: sa.Connection, **more: Any) -> dict[tuple[Verb, str], int]:
    return {
        (verb, when): stored_row(conn, tables.work, verb=verb, item_id=number, **values, **more)
        for verb in VERBS
        for number, (when, values) in enumerate(WHENS.items(), 1)
    }


def _claim(conn: sa.Connection, verb: Verb = Verb.FETCH, limit: int = 99, **terms: Any) -> list[int]:
    busy = terms.pop("busy", ())
    run_id = terms.pop("run_id", None) or run.start_run(conn, "daily", "here", 1, NOW)
    return [each.id for each in work.claim(conn, verb, Claim(run_id, NOW, NOW + HOUR, **terms), limit, busy)]


def test_what_can_be_claimed(database: Database) -> None:
    """What is due by now and held by nobody, of that verb, the oldest first; it bears who holds it and until when."""
    with database.write() as conn:
        ids = _items(conn)
        waiting = work.waiting(conn)
        assert waiting == dict.fromkeys(VERBS, 5)
        left = {verb: sum(each.items for each in work.left_due(conn, verb, None, NOW)) for verb in VERBS}
        assert left == dict.fromkeys(VERBS, 4)
        assert [each.items for each in work.left_due(conn, Verb.FETCH, frozenset({1, 3, 4}), NOW)] == [1]
        run_id = run.start_run(conn, "daily", "here", 1, NOW)
        found = work.claim(conn, Verb.FETCH, Claim(run_id, NOW, NOW + HOUR, token="mark"), 99, ())
        expected = [ids[Verb.FETCH, when] for when in ("past", "now", "held no more")]
        assert sorted(each.id for each in found) == sorted(expected)
        assert {(each.verb, each.lease, each.tries) for each in found} == {(Verb.FETCH, "mark", 0)}
        held = conn.execute(sa.select(tables.work).where(tables.work.c.lease == "mark")).all()
        assert {row.id for row in held} == set(expected)
        assert {(row.lease_run, row.lease_until) for row in held} == {(run_id, NOW + HOUR)}
        assert _claim(conn) == []
        assert work.release_leases(conn, [run_id, run_id + 1]) == 3
        assert len(_claim(conn)) == 3


def test_claims_are_limited_and_narrowed(database: Database) -> None:
    """The oldest, of equal ones the first; only some items; of hosts one each, none of a busy or resting one."""
    with database.write() as conn:
        ids = {
            name: stored_row(conn, tables.work, verb=Verb.FETCH, item_id=number, due_at=NOW + due * SECOND)
            for number, (name, due) in enumerate((("b", -1), ("c", -1), ("a", -2), ("d", 0)))
        }
        for limit, names in ((1, "a"), (2, "ab"), (3, "abc"), (0, "")):
            assert sorted(_claim(conn, limit=limit)) == sorted(ids[name] for name in names)
            conn.execute(sa.update(tables.work).values(lease_until=None))
        assert sorted(_claim(conn, only=frozenset({1, 2, 9}))) == [ids["c"], ids["a"]]
        conn.execute(sa.delete(tables.work))
        for number, (host, domain) in enumerate((("a.x", "x"), ("a.x", "x"), ("b.x", "x"), ("c.y", "y"), ("d.z", "z"))):
            row = {"host": host, "domain": domain, "due_at": NOW - (number % 2) * SECOND}
            stored_row(conn, tables.work, verb=Verb.FETCH, item_id=number, **row)
        hosts = (
            sa.select(tables.work.c.host).where(tables.work.c.lease_until == NOW + HOUR).order_by(tables.work.c.host)
        )

        def taken(**terms: Any) -> list[str]:
            conn.execute(sa.update(tables.work).values(lease_until=None))
            _claim(conn, **terms)
            return sorted(conn.execute(hosts).scalars())

        assert taken() == ["a.x", "b.x", "c.y", "d.z"]
        assert taken(busy=("b.x",)) == ["a.x", "c.y", "d.z"]
        assert taken(spent=Spent(outlets=frozenset({"x"}))) == ["c.y", "d.z"]
        for key, until in (("c.y", LATER), ("d.z", NOW), ("domain:x", LATER), ("domain:z", NOW), ("x", LATER)):
            pace.rest(conn, key, until)
        assert taken() == ["d.z"]


def test_feeds_take_turns(database: Database) -> None:
    """Who waits longest is next; one that had enough gets nothing, nor does another run's feed of none lose its own."""
    with database.write() as conn:
        feeds = [stored_row(conn, tables.feed, url=name, url_key=name) for name in "abc"]
        for number, each in product(range(3), [*feeds, None]):
            item = 10 * (feeds.index(each) + 1 if each else 9) + number
            stored_row(conn, tables.work, verb=Verb.FETCH, item_id=item, feed_id=each, due_at=NOW - number * SECOND)
        chosen = sa.select(tables.work.c.item_id).where(tables.work.c.lease_until == NOW + HOUR)

        def taken(limit: int, **terms: Any) -> list[int]:
            conn.execute(sa.update(tables.work).values(lease_until=None))
            _claim(conn, limit=limit, **terms)
            return sorted(conn.execute(chosen).scalars())

        assert taken(4) == [12, 22, 32, 92]
        assert taken(8) == [11, 12, 21, 22, 31, 32, 91, 92]
        late = {feeds[0]: 3, feeds[1]: 2, feeds[2]: 1}
        assert taken(2, turns=late) == [32, 92]
        assert taken(3, turns=late) == [22, 32, 92]
        assert taken(2, turns={each: -number for each, number in late.items()}) == [12, 22]
        assert taken(9, spent=Spent(feeds=frozenset(feeds[:2]))) == [30, 31, 32, 90, 91, 92]


@pytest.mark.parametrize(
    ("values", "rests", "at"),
    [
        ({}, {}, NOW),
        ({"lease_until": LATER}, {}, LATER),
        ({"lease_until": EARLIER}, {}, NOW),
        ({}, {"a.x": LATER}, LATER),
        ({}, {"a.x": EARLIER}, NOW),
        ({}, {"domain:x": LATER}, LATER),
        ({}, {"domain:x": LATER, "a.x": NOW + MINUTE}, NOW + MINUTE),
        ({}, {"a.w": LATER, "a.y": LATER, "domain:w": LATER, "domain:y": LATER, "x": LATER}, NOW),
        ({"done_at": NOW}, {}, None),
        ({"quarantined_at": NOW}, {}, None),
    ],
)
def test_when_the_next_can_be_claimed(database: Database, values: Any, rests: Any, at: Any) -> None:
    """Due, its host and domain rested, and held by nobody."""
    with database.write() as conn:
        row = {"verb": Verb.FETCH, "item_id": 2, "due_at": NOW, "host": "a.x", "domain": "x", **values}
        stored_row(conn, tables.work, **row)
        for verb in (Verb.EXTRACT, Verb.POLL):
            stored_row(conn, tables.work, **{**row, "verb": verb, "due_at": EARLIER - MINUTE})
        for key, until in rests.items():
            pace.rest(conn, key, until)
        assert work.next_due(conn, Verb.FETCH) == at
        assert work.next_due(conn, Verb.FETCH, frozenset({1, 3})) is None
        assert work.next_due(conn, Verb.FETCH, spent=Spent(outlets=frozenset({"x"}))) is None
        assert work.next_due(conn, Verb.FETCH, spent=Spent(outlets=frozenset({"w", "a.x"}))) == at


@pytest.mark.parametrize(
    ("outcome", "tries", "due", "is_done"),
    [
        (Outcome(Ending.DONE, "fine"), 0, None, True),
        (Outcome(Ending.LATER, "soon", due_again=LATER), 4, LATER, False),
        (Outcome(Ending.LATER, "soon", due_again=LATER, is_try=False), 3, LATER, False),
        (Outcome(Ending.LATER, "soon"), 4, None, True),
        (Outcome(Ending.UNCHANGED, "same", due_again=LATER), 0, LATER, False),
        (Outcome(Ending.FAILED, "broken", due_again=LATER), 0, LATER, False),
    ],
)
def test_an_item_ends_as_its_outcome_says(
    database: Database, outcome: Outcome, tries: int, due: Any, is_done: bool
) -> None:
    """Tries count as long as it is to be tried again; its lease is given up, its outcome written."""
    with database.write() as conn:
        run_id = run.start_run(conn, "daily", "here", 1, NOW)
        held = {"tries": 3, "lease": "mark", "lease_run": run_id, "lease_until": LATER, "due_at": EARLIER}
        number = stored_row(conn, tables.work, verb=Verb.FETCH, item_id=7, **held)
        work.finish(conn, WorkItem(number, Verb.FETCH, 7, "", 3, "mark"), run_id, outcome, NOW)
        row = conn.execute(sa.select(tables.work)).one()
        assert (row.tries, row.due_at, row.done_at) == (tries, due or EARLIER, NOW if is_done else None)
        assert (row.lease, row.lease_run, row.lease_until, row.reason) == (None, None, None, outcome.cause)
        told = conn.execute(sa.select(tables.outcome)).one()
        assert (told.run_id, told.verb, told.item_id, told.ending, told.at) == (run_id, "fetch", 7, outcome.ending, NOW)


def test_an_item_set_aside_says_by_whom(database: Database) -> None:
    """By which version, after one more try, with its fault."""
    with database.write() as conn:
        run_id = run.start_run(conn, "daily", "here", 1, NOW)
        number = stored_row(conn, tables.work, verb=Verb.FETCH, item_id=7, tries=3, lease="mark")
        crash = Outcome(Ending.CRASHED, "fell over", fault="crash", trace="line 1")
        work.set_aside(conn, WorkItem(number, Verb.FETCH, 7, "", 3, "mark"), run_id, crash, NOW)
        row = conn.execute(sa.select(tables.work)).one()
        assert (row.tries, row.quarantined_at, row.set_aside_by, row.fault) == (4, NOW, __version__, "crash")


def test_what_is_left_is_reported_by_feeds(database: Database) -> None:
    """Those with most first, of equal ones the first; what no feed brought stands under no name."""
    with database.write() as conn:
        feeds = [stored_row(conn, tables.feed, url=name, url_key=name) for name in "abc"]
        for number, each in enumerate([feeds[0], feeds[1], feeds[1], feeds[2], feeds[2], None, None, None]):
            stored_row(conn, tables.work, verb=Verb.FETCH, item_id=number, feed_id=each, due_at=NOW)
        found = work.left_due(conn, Verb.FETCH, None, NOW)
    assert [(each.feed, each.items) for each in found] == [("", 3), ("b", 2), ("c", 2), ("a", 1)]
