"""What monitoring asks of the database, on both kinds of it."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from factories.candidate import NOW, stored_article, stored_candidate
from factories.run import holding
from offing.model.operation.run import Ending
from offing.model.sources.feed import FeedAlarm
from offing.model.values.vocabulary import Verb
from offing.store.database.engine import Database
from offing.store.runs.run import end_run, start_run, take_lock
from offing.store.runs.work import enqueue
from offing.store.tables import candidate, feed, lease, outcome, work
from offing.store.upkeep.gauges import (
    Durations,
    LastEnd,
    LastTimes,
    Queue,
    database_size,
    endings_of,
    feed_alarms,
    last_ends,
    last_times,
    newest_moment,
    review_queue,
    run_at_work,
    run_durations,
    runs_after,
    work_queues,
)

MINUTE = timedelta(minutes=1)


def test_runs_are_measured_by_pipeline_and_exit(database: Database) -> None:
    """Those that ended by their durations, the newest by its own; what a fast clock wrote is no last time."""
    with database.write() as conn:
        assert (run_durations(conn), last_times(conn, NOW), newest_moment(conn)) == ((), (), None)
        for began, took, code in ((NOW - 9 * MINUTE, 1, 0), (NOW - 7 * MINUTE, 2, 0), (NOW - 4 * MINUTE, 3, 4)):
            end_run(conn, start_run(conn, "hourly", "here", 1, began), began + took * MINUTE, code, {})
        live = start_run(conn, "hourly", "here", 1, NOW)
        take_lock(conn, live, holding("here"), NOW, MINUTE)
        start_run(conn, "daily", "here", 1, NOW + timedelta(days=3))
        found = [(each.pipeline, each.exit_code, each.runs, round(each.seconds)) for each in run_durations(conn)]
        assert [Durations(*each) for each in found] == [Durations("hourly", 0, 2, 180), Durations("hourly", 4, 1, 180)]
        assert last_times(conn, NOW) == (LastTimes("hourly", NOW, NOW - MINUTE, NOW - 5 * MINUTE),)
        assert last_ends(conn) == (LastEnd("hourly", 4, 180.0),)
        assert newest_moment(conn) == NOW + timedelta(days=3)
        assert run_at_work(conn) == live
        assert [row.id for row in runs_after(conn, 3, {1})] == [1, 4, 5]


def test_items_of_a_run_are_counted_by_ending(database: Database) -> None:
    """Of that run alone."""
    with database.write() as conn:
        one, other = (start_run(conn, "hourly", "here", 1, NOW) for _ in range(2))
        for run_id, ending in ((one, Ending.DONE), (one, Ending.DONE), (one, Ending.FAILED), (other, Ending.DONE)):
            row = {"run_id": run_id, "verb": Verb.FETCH, "item_id": 1, "ending": ending, "cause": "", "url": ""}
            conn.execute(sa.insert(outcome).values(**row, at=NOW))
        assert sorted(endings_of(conn, one)) == [("fetch", "done", 2), ("fetch", "failed", 1)]


def test_queues_have_size_age_and_claims(database: Database) -> None:
    """Of work what waits, is due and is claimed; of review what is undecided and open on a screen."""
    with database.write() as conn:
        assert (work_queues(conn, NOW), review_queue(conn, NOW)) == ({}, Queue(0, 0, None, 0))
        for item, due_at in enumerate((NOW - MINUTE, NOW, NOW + MINUTE), 1):
            enqueue(conn, Verb.FETCH, item, due_at)
        claimed = sa.update(work).where(work.c.item_id == 2).values(lease="t", lease_until=NOW + MINUTE)
        conn.execute(claimed)
        assert work_queues(conn, NOW) == {"fetch": Queue(3, 2, NOW - MINUTE, 1)}
        old, new, _ = stored_candidate(conn), stored_candidate(conn), stored_candidate(conn, above_cut=False)
        conn.execute(sa.update(candidate).where(candidate.c.id == old).values(created_at=NOW - MINUTE))
        for number, until in ((old, NOW + MINUTE), (new, NOW - MINUTE)):
            conn.execute(sa.insert(lease).values(candidate_id=number, by="ana", since=NOW, until=until))
        assert review_queue(conn, NOW) == Queue(2, 2, NOW - MINUTE, 1)


def test_alarms_count_feeds_on_the_list(database: Database) -> None:
    """And the database has a size."""
    with database.write() as conn:
        for _ in range(3):
            stored_article(conn)
        conn.execute(sa.update(feed).values(alarm=FeedAlarm.SILENT))
        conn.execute(sa.update(feed).where(feed.c.id == 1).values(removed_at=NOW))
        assert feed_alarms(conn) == {"silent": 2}
        assert database_size(conn) > 100_000
