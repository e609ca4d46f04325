"""Due work: claimed once, fenced by its lease, ended with one outcome."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from factories.run import holding
from offing.model.operation.run import Claim, Ending, Outcome
from offing.model.values.vocabulary import Verb
from offing.store.database.engine import Database
from offing.store.feeds.pace import rest
from offing.store.runs.quarantine import Which, quarantined, release
from offing.store.runs.run import Holder, end_run, start_run, take_lock
from offing.store.runs.work import (
    LeaseLost,
    claim,
    enqueue,
    finish,
    make_due,
    next_due,
    set_aside,
    waiting,
)
from offing.store.tables import outcome

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def begin(database: Database) -> int:
    """A run."""
    with database.write() as conn:
        return start_run(conn, "hourly", "here", 1, NOW)


def take(database: Database, run_id: int, now: datetime = NOW, limit: int = 10, busy: tuple[str, ...] = ()):
    """What a run can claim for fetch."""
    with database.write() as conn:
        return claim(conn, Verb.FETCH, Claim(run_id, now, now + HOUR), limit, busy)


def add(database: Database, item_id: int, host: str = "", due: datetime = NOW) -> None:
    """Make an item due."""
    with database.write() as conn:
        enqueue(conn, Verb.FETCH, item_id, due, (host, host))


def test_an_item_is_claimed_once(database: Database) -> None:
    """What one run holds no other can claim, until the lease ends."""
    run_id = begin(database)
    add(database, 1)
    assert [item.item_id for item in take(database, run_id)] == [1]
    assert take(database, run_id) == ()
    assert [item.item_id for item in take(database, run_id, NOW + HOUR * 2)] == [1]


def test_enqueue_twice_is_one_item(database: Database) -> None:
    """The unique key makes a repeat harmless."""
    run_id = begin(database)
    add(database, 1)
    add(database, 1)
    assert len(take(database, run_id)) == 1


def test_hosts_are_asked_one_at_a_time(database: Database) -> None:
    """One item for each host, none of a busy or resting one; the oldest first."""
    run_id = begin(database)
    for number, host in enumerate(("a.test", "a.test", "b.test", "c.test", "d.test")):
        add(database, number, host, NOW - HOUR + timedelta(minutes=number))
    with database.write() as conn:
        rest(conn, "c.test", NOW + HOUR)
        rest(conn, "domain:d.test", NOW + HOUR)
    assert [item.item_id for item in take(database, run_id, busy=("b.test",))] == [0]
    assert {item.item_id for item in take(database, run_id)} == {1, 2}
    with database.read() as conn:
        assert next_due(conn, Verb.FETCH) is not None


def test_a_shorter_rest_does_not_end_a_longer_one(database: Database) -> None:
    """A host that asked for a rest gets it, whatever the usual pause says."""
    run_id = begin(database)
    add(database, 1, "a.test")
    with database.write() as conn:
        rest(conn, "a.test", NOW + HOUR, "asked for a rest")
        rest(conn, "a.test", NOW)
    assert take(database, run_id) == ()


def test_finish_writes_one_outcome_and_frees_the_item(database: Database) -> None:
    """Done is done; later is due again with one more try."""
    run_id = begin(database)
    add(database, 1)
    add(database, 2)
    first, second = sorted(take(database, run_id), key=lambda item: item.item_id)
    with database.write() as conn:
        finish(conn, first, run_id, Outcome(Ending.DONE, url="https://a.test/"), NOW)
        finish(conn, second, run_id, Outcome(Ending.LATER, "busy", due_again=NOW + HOUR), NOW)
    with database.read() as conn:
        endings = conn.execute(sa.select(outcome.c.ending).order_by(outcome.c.id)).scalars().all()
        assert endings == ["done", "later"]
        assert waiting(conn) == {Verb.FETCH: 1}
        assert next_due(conn, Verb.FETCH) == NOW + HOUR
    (again,) = take(database, run_id, NOW + HOUR)
    assert (again.item_id, again.tries) == (2, 1)


def test_a_lost_lease_refuses_the_write(database: Database) -> None:
    """Who was paused beyond its lease can write nothing: the token fences it off."""
    run_id = begin(database)
    add(database, 1)
    (slow,) = take(database, run_id)
    take(database, run_id, NOW + HOUR * 2)
    with pytest.raises(LeaseLost), database.write() as conn:
        finish(conn, slow, run_id, Outcome(Ending.DONE), NOW)
    with database.read() as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(outcome)).scalar() == 0


def test_quarantine_keeps_the_reason_and_lets_go(database: Database) -> None:
    """What was set aside is not due, is listed with its reason, and can be released."""
    run_id = begin(database)
    add(database, 1)
    (item,) = take(database, run_id)
    with database.write() as conn:
        set_aside(conn, item, run_id, Outcome(Ending.CRASHED, "ValueError: odd"), NOW)
    assert take(database, run_id, NOW + HOUR * 9) == ()
    with database.write() as conn:
        (aside,) = quarantined(conn)
        assert (aside.item_id, aside.reason) == (1, "ValueError: odd")
        assert release(conn, Which(verb=Verb.POLL), NOW, "ada") == 0
        assert release(conn, Which(verb=Verb.FETCH), NOW, "ada") == 1
    assert len(take(database, run_id)) == 1


def test_what_was_done_can_be_made_due_again(database: Database) -> None:
    """Changed rules run over what older ones made."""
    run_id = begin(database)
    add(database, 1)
    (item,) = take(database, run_id)
    with database.write() as conn:
        finish(conn, item, run_id, Outcome(Ending.DONE), NOW)
        make_due(conn, Verb.FETCH, 1, NOW)
    assert len(take(database, run_id)) == 1


def test_the_lock_of_a_dead_run_here_is_taken_over_at_once(database: Database) -> None:
    """The holder of this machine's lock file takes lock and leases of a run that was killed."""
    dead = begin(database)
    add(database, 1)
    with database.write() as conn:
        assert take_lock(conn, dead, holding("here"), NOW, HOUR) is None
    take(database, dead)
    heir = begin(database)
    with database.write() as conn:
        assert take_lock(conn, heir, holding("here"), NOW, HOUR) is None
    assert len(take(database, heir)) == 1


def test_the_lock_of_a_living_run_elsewhere_stands(database: Database) -> None:
    """A run on another machine keeps its lock until it ends or falls silent."""
    other, mine = begin(database), begin(database)
    with database.write() as conn:
        take_lock(conn, other, holding("there"), NOW, HOUR)
        assert take_lock(conn, mine, holding("here"), NOW, HOUR) == Holder(other, "there", NOW + HOUR)
        assert take_lock(conn, mine, holding("here"), NOW + HOUR * 2, HOUR) is None
        end_run(conn, mine, NOW, 0, {})
        assert take_lock(conn, other, holding("there"), NOW, HOUR) is None


def test_what_another_run_holds_keeps_no_place(database: Database) -> None:
    """Items under a lease are not claimed, and take no place of those that are free, however long they are due."""
    first, second = begin(database), begin(database)
    for item_id in (1, 2, 3):
        add(database, item_id, due=NOW - HOUR / item_id)
    assert [item.item_id for item in take(database, first, limit=2)] == [1, 2]
    assert [item.item_id for item in take(database, second, limit=2)] == [3]
    assert take(database, second, limit=2) == ()
    late = take(database, second, NOW + HOUR + timedelta(seconds=1))
    assert [item.item_id for item in late] == [1, 2, 3]


def test_two_runs_that_ask_at_once_never_hold_one_item(database: Database) -> None:
    """Who was looking when another's claim was not yet written gets nothing that the other holds."""
    first, second = begin(database), begin(database)
    for item_id in (1, 2):
        add(database, item_id)
    got: list[tuple[int, ...]] = []
    other = threading.Thread(target=lambda: got.append(tuple(i.item_id for i in take(database, second, limit=1))))
    with database.write() as conn:
        mine = claim(conn, Verb.FETCH, Claim(first, NOW, NOW + HOUR), 1, ())
        other.start()
        _wait_until_blocked(database, other)
    other.join(30)
    assert [item.item_id for item in mine] == [1]
    assert got in ([()], [(2,)])
    with database.write() as conn:  # the first one's lease still counts
        finish(conn, mine[0], first, Outcome(Ending.DONE), NOW)


def _wait_until_blocked(database: Database, other: threading.Thread) -> None:
    """Wait until another thread waits for a lock: PostgreSQL tells so; SQLite lets nobody begin to write."""
    waiting_for_a_lock = sa.text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    while database.engine.dialect.name == "postgresql" and other.is_alive():
        with database.read() as conn:
            if conn.execute(waiting_for_a_lock).scalar_one():
                return
