"""A clock that ran ahead once, or was set back: turns, rests, claims and locks come back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from click.testing import CliRunner

from factories.run import holding
from offing.cli import group
from offing.config.files.layers import Layers
from offing.jobs import missed
from offing.model.operation.activity import Activity, ActivityKind, Stamp
from offing.model.operation.run import Claim
from offing.model.operation.user import UserRole
from offing.model.sources.feed import Exchange, FeedSpec, FeedState, PollOutcome
from offing.model.sources.policy import FetchPolicy, PipelineSpec
from offing.model.values.vocabulary import Verb
from offing.services.accounts import sessions
from offing.services.accounts.users import add_user
from offing.services.pipeline.clock_repair import bring_back, misplaced, reach_of
from offing.services.pipeline.run import Plant, RunReport, run_pipeline
from offing.services.pipeline.runner import LEASE
from offing.services.running.run_lock import LOCK_LEASE
from offing.store.accounts.activity import note
from offing.store.database.engine import Database
from offing.store.feeds.feed import add_feeds, due_feed, list_feeds
from offing.store.feeds.pace import StoredRobots, keep_robots, known_robots, rest
from offing.store.feeds.poll import record_poll
from offing.store.runs.run import Holder, last_end, start_run, take_lock
from offing.store.runs.work import claim, enqueue, next_due
from offing.store.tables import feed, pace, work
from offing.web.throttle import PER_PAIR, WINDOW, Throttle
from services.publisher import publisher
from suite import some

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
AHEAD = NOW + timedelta(days=400)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
POLICY = FetchPolicy(user_agent="offing-test")
REACH = reach_of(POLICY)
POLLING = PipelineSpec("hourly", "d", ("poll", "fetch"), "7 * * * *")
RSS = """<rss version="2.0"><channel><title>News</title><link>http://a.test/</link>
<item><title>{0}</title><link>http://{1}/{0}</link><guid>{0}</guid></item></channel></rss>"""


def dues(database: Database) -> dict[tuple[str, int], datetime]:
    """When each open item is due."""
    with database.read() as conn:
        rows = conn.execute(sa.select(work.c.verb, work.c.item_id, work.c.due_at).where(work.c.done_at.is_(None)))
        return {(row.verb, row.item_id): row.due_at for row in rows}


def test_turns_beyond_the_longest_pause_come_back(database: Database) -> None:
    """Those of all verbs that lie farther ahead than any pause are due now; those within it stay."""
    with database.write() as conn:
        enqueue(conn, Verb.POLL, 1, AHEAD)
        enqueue(conn, Verb.POLL, 2, NOW + DAY)
        enqueue(conn, Verb.FETCH, 3, NOW + REACH.turn + timedelta(seconds=1))
        enqueue(conn, Verb.FETCH, 4, NOW + DAY)
        enqueue(conn, Verb.EXTRACT, 5, NOW + HOUR)  # what needs no pause was due at once
        enqueue(conn, Verb.PROPOSE, 6, NOW + timedelta(seconds=30))
        assert "3 turns lie beyond the longest pause (the last one 2027-04-05 12:00 UTC)" in misplaced(
            conn, POLICY, NOW
        )
        (told,) = bring_back(conn, POLICY, NOW)
        assert "brought back and are due now" in told
        assert misplaced(conn, POLICY, NOW) == ""
        assert bring_back(conn, POLICY, NOW) == ()
    assert {key[1] for key, due in dues(database).items() if due == NOW} == {1, 3, 5}
    assert dues(database)[("poll", 2)] == NOW + DAY


def test_the_longest_pause_is_that_of_the_policy(database: Database) -> None:
    """A site that lets feeds wait for three days keeps turns that lie so far ahead."""
    slow = replace(POLICY, max_interval=3 * DAY)
    with database.write() as conn:
        enqueue(conn, Verb.POLL, 1, NOW + 3 * DAY)
        assert misplaced(conn, slow, NOW) == ""
        assert misplaced(conn, POLICY, NOW)


def test_a_clock_some_hours_ahead_is_known_by_its_polls(database: Database) -> None:
    """A turn within the longest pause comes back too, where the poll that it follows is still to come."""
    with database.write() as conn:
        add_feeds(conn, [FeedSpec("http://a.test/"), FeedSpec("http://b.test/")], NOW, "test")
        conn.execute(sa.update(work).values(due_at=NOW + 13 * HOUR))
        conn.execute(sa.update(feed).where(feed.c.id == 1).values(last_poll_at=NOW + 12 * HOUR))
        bring_back(conn, POLICY, NOW)
    assert dues(database) == {("poll", 1): NOW, ("poll", 2): NOW + 13 * HOUR}


def test_rests_robots_and_claims_come_back(database: Database) -> None:
    """A host may be asked now, its robots.txt is asked for anew, and nobody holds the item; true ones stand."""
    with database.write() as conn:
        run_id = start_run(conn, "hourly", "elsewhere", 1, NOW)
        for number, now in ((1, AHEAD), (2, NOW)):
            enqueue(conn, Verb.FETCH, number, now, (f"{number}.test", f"{number}.test"))
            claim(conn, Verb.FETCH, Claim(run_id, now, now + LEASE), 10, ())
            rest(conn, f"{number}.test", now + DAY, "asked for a rest")
            keep_robots(conn, f"http://{number}.test", StoredRobots(200, ""), now + DAY)
        told = misplaced(conn, POLICY, NOW)
        assert "1 turn, 2 rests of hosts, 1 claim of a run lie beyond" in told
        bring_back(conn, POLICY, NOW)
        assert known_robots(conn, "http://1.test", NOW) is None
        assert known_robots(conn, "http://2.test", NOW)
        rested = dict(conn.execute(sa.select(pace.c.key, pace.c.next_at)).all())
        assert rested == {"1.test": NOW, "2.test": NOW + DAY}
        assert [item.item_id for item in claim(conn, Verb.FETCH, Claim(run_id, NOW, NOW + LEASE), 10, ())] == [1]


def test_a_run_lock_from_the_future_is_taken(database: Database) -> None:
    """A run elsewhere that died while its clock was ahead holds up nobody; one that lives does."""
    with database.write() as conn:
        dead = start_run(conn, "hourly", "elsewhere", 1, AHEAD)
        assert take_lock(conn, dead, holding("elsewhere"), AHEAD, LOCK_LEASE) is None
        mine = start_run(conn, "hourly", "here", 1, NOW)
        assert take_lock(conn, mine, holding("here"), NOW, LOCK_LEASE) is None
        other = start_run(conn, "hourly", "third", 1, NOW - timedelta(minutes=30))
        assert isinstance(take_lock(conn, other, holding("third"), NOW - timedelta(minutes=30), LOCK_LEASE), Holder)


def test_a_feed_is_judged_without_what_is_still_to_come(database: Database) -> None:
    """Exchanges and dates from the future count for nothing, so that silence and endless 304 are seen."""
    here, there = (Exchange(at, PollOutcome.OK, 200, new_entries=1) for at in (NOW - HOUR, AHEAD))
    with database.write() as conn:
        add_feeds(conn, [FeedSpec("http://a.test/")], NOW, "test")
        record_poll(conn, 1, here)
        record_poll(conn, 1, there)
        conn.execute(sa.update(feed).values(since_full=AHEAD, first_gone_at=AHEAD, moved_since=AHEAD))
        due = due_feed(conn, 1, NOW)
        assert due.history == (here,)
        assert (due.since_full, due.first_gone_at, due.moved_since) == (None, None, None)
        assert due_feed(conn, 1, AHEAD).history == (there, here)


def test_a_run_from_the_future_hides_no_missed_turn(database: Database) -> None:
    """Turns that were missed are caught up with although a later run is on record; so are the tidings of a day."""
    with database.write() as conn:
        start_run(conn, "hourly", "here", 1, NOW - DAY)
        start_run(conn, "hourly", "here", 1, AHEAD)
        assert last_end(conn, until=NOW) is None
    assert missed(database, POLLING, NOW)


def test_sessions_and_links_of_the_future_are_worth_nothing(database: Database) -> None:
    """What would be valid for more than a year ends at once; a session of now goes on."""
    add_user(database, "ana", UserRole.ANALYST, "harbour light at noon", Stamp(NOW))
    early = sessions.log_in(database, "ana", "harbour light at noon", AHEAD)
    link = sessions.make_link(database, "ana", Stamp(AHEAD))
    assert sessions.session_of(database, early, NOW) is None
    assert sessions.log_in_by_link(database, link, NOW) is None
    token = sessions.log_in(database, "ana", "harbour light at noon", NOW)
    assert sessions.session_of(database, token, NOW)
    assert sessions.session_of(database, early, AHEAD) is None, "it comes to life later"


def test_tries_of_the_future_lock_nobody_out(database: Database) -> None:
    """Failed log-ins count as of now at most, and those on record from the future are not recalled."""
    limits = Throttle()
    for _ in range(PER_PAIR):
        assert limits.admit("ana", "a", AHEAD) is None
    assert limits.admit("ana", "a", NOW) == WINDOW
    assert limits.admit("ana", "a", NOW + WINDOW) is None
    with database.write() as conn:
        for at in (AHEAD, NOW):
            note(conn, Activity(at, ActivityKind.LOG_IN_FAILED, "ana", "by password", address="a"))
    assert [each.at for each in sessions.log_ins_before(database, NOW)[0]] == [NOW]


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """The clock of this process, going on from a moment."""
    with time_machine.travel(moment, tick=True):
        yield


def run(database: Database, port: int, moment: datetime) -> RunReport:
    """One run of feeds and pages, begun at a moment."""
    policy = replace(POLICY, allowed=frozenset({("127.0.0.1", port)}), host_delay=timedelta(0), obey_robots=False)
    with clock_at(moment):
        return run_pipeline(Plant(database, Layers.of(), policy), POLLING)


def test_feeds_are_asked_in_their_usual_time_after_a_run_ahead(database: Database) -> None:
    """A run 400 days ahead, then runs of today: feeds and pages go on as if nothing had been."""
    with publisher() as desk:
        desk.put("/feed", RSS.format("one", desk.host))
        with database.write() as conn:
            add_feeds(conn, [FeedSpec(desk.url("/feed"))], NOW, "test")
        run(database, desk.port, AHEAD)
        assert desk.times("/feed") == 1
        assert dues(database)[("poll", 1)] > AHEAD
        desk.put("/feed", RSS.format("two", desk.host))
        report = run(database, desk.port, NOW)
        assert desk.times("/feed") == 2
        assert any("the clock of this machine ran ahead" in told for told in report.tally.notices)
        for due in dues(database).values():
            assert due <= NOW + 25 * HOUR
        assert NOW < dues(database)[("poll", 1)] <= NOW + 2 * HOUR
        later = run(database, desk.port, NOW + 2 * HOUR)
        assert (desk.times("/feed"), later.tally.notices) == (3, [])
    with database.read() as conn:
        (status,) = list_feeds(conn)
        assert status.state is FeedState.HEALTHY
        assert next_due(conn, Verb.POLL) <= NOW + 5 * HOUR


@pytest.mark.parametrize("command", some([["doctor"], ["db", "check"]]))
def test_doctor_and_check_say_so(
    command: list[str], sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One plain line and exit code 1, before anything is brought back."""
    monkeypatch.setenv("OFFING_DATABASE", sqlite_database.engine.url.render_as_string())
    with sqlite_database.write() as conn:
        enqueue(conn, Verb.POLL, 1, datetime.now(UTC) + 400 * DAY)
    done = CliRunner().invoke(group, command)
    assert done.exit_code == 1
    assert "the clock of this machine ran ahead, or is behind now: 1 turn lies beyond" in done.output
    assert "the next run brings them back" in done.output
    assert "report them" not in done.output
