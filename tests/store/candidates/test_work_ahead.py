"""How far ahead work, leases and looks at pages lie: each border from both sides."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
import sqlalchemy as sa

from factories.candidate import NOW, stored_article, stored_candidate, stored_row
from offing.model.review.lease import LASTS
from offing.model.sources.clock import SKEW, Beyond, Reach
from offing.model.values.vocabulary import Verb
from offing.store import tables
from offing.store.articles import revision
from offing.store.candidates.lease import standing, take
from offing.store.database.engine import Database
from offing.store.feeds import clock_repair, pace
from offing.store.runs import run

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
EARLIER, LATER = NOW - SECOND, NOW + SECOND
VERBS = (Verb.EXTRACT, Verb.FETCH, Verb.POLL)
REACH = Reach(turn=timedelta(days=2), robots=timedelta(days=3), claim=HOUR)


@pytest.mark.parametrize("over", [timedelta(0), SECOND])
def test_what_lies_farther_ahead_than_it_can_is_brought_back(database: Database, over: timedelta) -> None:
    """Beyond the longest pause, of what has none beyond what clocks differ; at just that time it stays."""
    far = NOW + REACH.turn + over
    with database.write() as conn:
        feeds = [stored_row(conn, tables.feed, url=name, url_key=name) for name in "abc"]
        asked = sa.update(tables.feed).where(tables.feed.c.id == feeds[1])
        conn.execute(asked.values(last_poll_at=NOW + SKEW + over))
        rows = {
            "turn": {"verb": Verb.POLL, "item_id": 100, "due_at": far},
            "fetch": {"verb": Verb.FETCH, "item_id": 100, "due_at": far},
            "at once": {"verb": Verb.PROPOSE, "item_id": 100, "due_at": NOW + SKEW + over},
            "after a poll to come": {"verb": Verb.POLL, "item_id": feeds[1], "due_at": NOW + SKEW + SECOND},
        }
        ids = {name: stored_row(conn, tables.work, **row) for name, row in rows.items()}
        for name, row in rows.items():
            for more in ({"done_at": NOW}, {"quarantined_at": NOW}):
                item = {**row, "item_id": 1000 + 10 * ids[name] + len(next(iter(more)))}
                stored_row(conn, tables.work, **{**item, "due_at": far + 9 * DAY}, **more)
        stored_row(conn, tables.work, verb=Verb.FETCH, item_id=feeds[1], due_at=NOW + SKEW + SECOND)
        stored_row(conn, tables.work, verb=Verb.POLL, item_id=feeds[0], due_at=NOW + SKEW + SECOND)
        conn.execute(sa.update(tables.feed).where(tables.feed.c.id == feeds[0]).values(last_poll_at=NOW + SKEW))
        held = {"lease": "x", "lease_until": NOW + REACH.claim + over, "due_at": NOW}
        stored_row(conn, tables.work, verb=Verb.EXTRACT, item_id=1, **held)
        pace.rest(conn, "host", far)
        pace.keep_robots(conn, "origin", pace.StoredRobots(200, ""), NOW + REACH.robots + over)
        beyond = Beyond(4, 2, 1, far) if over else Beyond(0, 0, 0, None)
        assert clock_repair.beyond(conn, REACH, NOW) == beyond
        before = conn.execute(sa.select(tables.work).order_by(tables.work.c.id)).all()
        assert clock_repair.bring_back(conn, REACH, NOW) == beyond
        after = conn.execute(sa.select(tables.work).order_by(tables.work.c.id)).all()
        changed = {row.id for row, was in zip(after, before, strict=True) if row != was}
        assert len(changed) == (5 if over else 0)
        if over:
            assert {row.due_at for row in after if row.id in ids.values()} == {NOW}
            assert {row.lease_until for row in after} == {None}
            assert conn.execute(sa.select(tables.pace.c.next_at)).scalar_one() == NOW
            assert conn.execute(sa.select(tables.robots.c.until)).scalar_one() == NOW
        assert clock_repair.beyond(conn, REACH, NOW) == Beyond(0, 0, 0, None)


@pytest.mark.parametrize(
    ("until", "stands"),
    [
        (EARLIER, False),
        (NOW, False),
        (LATER, True),
        (NOW + LASTS + SKEW, True),
        (NOW + LASTS + SKEW + SECOND, False),
    ],
)
def test_a_lease_stands_until_its_time(database: Database, until: Any, stands: bool) -> None:
    """Unless it lasts longer than any can; another person gets the candidate only where it does not stand."""
    with database.write() as conn:
        numbers = [stored_candidate(conn) for _ in range(3)]
        for each, by in zip(numbers, ("ana", "bo", "cy"), strict=True):
            stored_row(conn, tables.lease, candidate_id=each, by=by, since=EARLIER, until=until)
        assert set(standing(conn, numbers[:2], NOW)) == (set(numbers[:2]) if stands else set())
        mine = take(conn, numbers[1], "bo", NOW)
        assert (mine.by, mine.since, mine.until) == ("bo", EARLIER if stands else NOW, NOW + LASTS)
        other = take(conn, numbers[2], "bo", NOW)
        assert (other.candidate_id, other.by) == (numbers[2], "cy" if stands else "bo")
        first = take(conn, numbers[0], "bo", NOW)
        assert (first.candidate_id, first.by) == (numbers[0], "ana" if stands else "bo")


def test_long_names_of_hosts_are_cut(database: Database) -> None:
    """And found by what is kept of them: a shorter rest of the same host does not end a longer one."""
    host = "h" * 301
    with database.write() as conn:
        pace.rest(conn, host, LATER)
        pace.rest(conn, host, NOW)
        assert conn.execute(sa.select(tables.pace)).one() == (host[:300], LATER, "")
        pace.keep_robots(conn, host, pace.StoredRobots(200, "x"), LATER)
        assert pace.known_robots(conn, host, NOW) == pace.StoredRobots(200, "x")
        assert conn.execute(sa.select(tables.robots.c.origin)).scalar_one() == host[:300]


def _looked(conn: sa.Connection, looks: int, last: Any, **values: Any) -> tuple[int, Any]:
    """An entry that was read and then looked at so often; its number, and when its page is due after another change."""
    number = stored_article(conn)
    entry = sa.select(tables.page.c.entry_id).join(tables.article, tables.article.c.page_id == tables.page.c.id)
    entry_id = conn.execute(entry.where(tables.article.c.id == number)).scalar_one()
    read = {"extracted_at": NOW - DAY, "published": NOW - DAY, **values}
    conn.execute(sa.update(tables.article).where(tables.article.c.id == number).values(**read))
    run_id = run.start_run(conn, "daily", "here", 1, NOW)
    for verb, item in product(VERBS, (entry_id - 1, entry_id, entry_id + 1)):
        stored_row(conn, tables.work, verb=verb, item_id=item, done_at=NOW, tries=2)
    at = {"run_id": run_id, "ending": "done"}
    for look in range(looks):
        stored_row(conn, tables.outcome, verb=Verb.FETCH, item_id=entry_id, at=last - look * SECOND, **at)
    for verb, item in ((Verb.EXTRACT, entry_id), (Verb.FETCH, entry_id - 1), (Verb.FETCH, entry_id + 1)):
        stored_row(conn, tables.outcome, verb=verb, item_id=item, at=NOW, **at)
    stored_row(conn, tables.outcome, verb=Verb.FETCH, item_id=entry_id, at=read["extracted_at"], **at)
    again = revision.look_again(conn, entry_id, NOW)
    due = conn.execute(sa.select(tables.work).where(tables.work.c.done_at.is_(None))).all()
    assert len(due) == again
    if again:
        assert (due[0].verb, due[0].item_id, due[0].tries) == (Verb.FETCH, entry_id, 0)
    return entry_id, due[0].due_at if again else None


@pytest.mark.parametrize(
    ("looks", "last", "values", "due"),
    [
        (0, NOW, {}, NOW),
        (0, NOW, {"extracted_at": NOW}, NOW + HOUR),
        (1, NOW, {}, NOW + 2 * HOUR),
        (2, NOW - HOUR, {}, NOW + 3 * HOUR),
        (4, NOW, {}, NOW + 16 * HOUR),
        (5, NOW, {}, None),
        (0, NOW, {"published": NOW - 30 * DAY}, NOW),
        (0, NOW, {"published": NOW - 30 * DAY - SECOND}, None),
        (0, NOW, {"published": None}, NOW),
        (0, NOW, {"published": None, "extracted_at": NOW - 30 * DAY - SECOND}, None),
        (0, NOW, {"withheld_at": NOW}, None),
        (0, NOW, {"completeness": "summary-only"}, None),
        (0, NOW, {"completeness": "truncated"}, NOW),
        (0, NOW, {"completeness": "paywalled"}, NOW),
        (2, NOW, {"extracted_at": NOW + DAY}, NOW + 8 * HOUR),
    ],
)
def test_when_a_page_is_looked_at_again(database: Database, looks: int, last: Any, values: Any, due: Any) -> None:
    """Each look doubles the wait, five are the most; no old article, nor one of which no text is kept."""
    with database.write() as conn:
        stored_article(conn)
        assert _looked(conn, looks, last, **values)[1] == due
