"""What doctor says of a site at work: its clock, runs, turns and feeds, and the network where it is asked."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from little_site import little_site
from site_runner import ended

from factories.run import holding
from offing.config.files.layers import Layers
from offing.fetch_policy import fetch_policy
from offing.model.sources.feed import FeedSpec
from offing.model.sources.policy import PipelineSpec
from offing.services.monitoring.site_check import (
    check_double_feeds,
    check_network,
    check_runs,
    check_site,
    check_time,
)
from offing.services.running.run_context import utc_now
from offing.settings import Settings
from offing.store.database.engine import Database
from offing.store.feeds.feed import add_feeds
from offing.store.runs.run import end_run, start_run, take_lock
from offing.store.tables import feed

HOURLY = {"hourly": PipelineSpec("hourly", "", ("poll",), "7 * * * *", max_minutes=50)}
FEED = "<rss version='2.0'><channel><title>L</title><item><title>T</title><link>{site}/1</link></item></channel></rss>"


def ran(database: Database, began: datetime, code: int | None = 0) -> int:
    """A run of some time ago; one without exit code never ended."""
    with database.write() as conn:
        run_id = start_run(conn, "hourly", "here", 1, began)
        if code is not None:
            end_run(conn, run_id, began + timedelta(minutes=1), code, {})
    return run_id


def test_a_clock_that_is_behind_shows_by_runs_and_files(database: Database, tmp_path: Path) -> None:
    """A run or a file from the future is named; some minutes are within what file systems differ by."""
    now, file = utc_now(), tmp_path / "some.db"
    ran(database, now - timedelta(hours=1))
    file.touch()
    assert check_time(database, [file, tmp_path / "none"], now).advice == ""
    os.utime(file, ((now + timedelta(hours=2)).timestamp(),) * 2)
    found = check_time(database, [file], now)
    assert ("is from" in found.found, "NTP" in found.advice) == (True, True)
    ran(database, now + timedelta(days=2))
    assert f"{now + timedelta(days=2, minutes=1):%Y-%m-%d %H:%M}" in check_time(database, [], now).found


def test_a_site_whose_runs_come_in_time_has_nothing_to_mend(database: Database) -> None:
    """Nor has one that never ran, or whose run is at work."""
    now = utc_now()
    assert [(each.found, each.advice) for each in check_runs(database, HOURLY, now)] == [("none yet", "")]
    ran(database, now - timedelta(minutes=2))
    assert [each.advice for each in check_runs(database, HOURLY, now)] == [""]
    run_id = ran(database, now, None)
    with database.write() as conn:
        take_lock(conn, run_id, holding("here"), now, timedelta(minutes=2))
    assert [each.advice for each in check_runs(database, HOURLY, now)] == [""]


@pytest.mark.parametrize(
    ("code", "found", "advice"),
    [
        (None, "has not ended and is not at work", "the next run takes its work over: offing run hourly"),
        (1, "ended with exit code 1", "offing quarantine list"),
        (4, "was stopped by the machine", "no longer waiting"),
    ],
)
def test_a_run_that_died_or_failed_says_what_to_do(
    database: Database, code: int | None, found: str, advice: str
) -> None:
    """Each by its number, with its next step."""
    now = utc_now()
    run_id = ran(database, now - timedelta(minutes=3), code)
    (fault,) = check_runs(database, {}, now)
    assert fault.found.startswith(f"run {run_id} (hourly, ")
    assert found in fault.found
    assert advice in fault.advice


def test_a_missed_turn_is_named_with_its_time(database: Database) -> None:
    """By the same rule as the queue and the metrics."""
    now = utc_now()
    ran(database, now - timedelta(hours=5))
    (fault,) = check_runs(database, HOURLY, now)
    assert fault.found.startswith("hourly missed its turn at ")
    assert fault.advice.endswith("offing run hourly catches up")


def test_feeds_with_the_same_final_address_are_named_in_pairs(database: Database) -> None:
    """One that has moved to another's address, and two spellings of one; a paused one asks nobody twice."""
    urls = ["https://a.co.ke/feed", "https://b.co.ke/feed", "http://www.a.co.ke/feed/", "https://c.co.ke/feed"]
    with database.write() as conn:
        add_feeds(conn, [FeedSpec(url, url) for url in urls], utc_now(), "t")
        conn.execute(sa.update(feed).where(feed.c.url == urls[1]).values(moved_to=urls[0]))
    found = list(check_double_feeds(database))
    assert [each.advice for each in found] == ["keep one: offing feeds remove 2", "keep one: offing feeds remove 3"]
    assert "feeds 1 and 2 have the same final address, https://a.co.ke/feed" in found[0].found
    with database.write() as conn:
        conn.execute(sa.update(feed).where(feed.c.id != 1).values(state="paused"))
    assert list(check_double_feeds(database)) == []


def test_the_network_is_asked_only_on_request(sqlite_database: Database) -> None:
    """One host that answers is enough; none says what to see to; without a policy nobody is asked."""
    with little_site({"/feed": (200, "application/rss+xml", FEED)}) as site:
        with sqlite_database.write() as conn:
            add_feeds(conn, [FeedSpec(site.url("/feed"), "L")], utc_now(), "t")
        settings = Settings(allowed_hosts=frozenset({("127.0.0.1", site.port)}), host_delay=timedelta())
        policy = fetch_policy(settings, Layers.of())
        assert "network" not in {each.what for each in check_site(sqlite_database, None, None)}
        assert site.asked == []
        found = next(each for each in check_site(sqlite_database, None, policy) if each.what == "network")
        assert (found.found, found.advice) == ("1 of 1 hosts answer", "")
        assert "/feed" in site.asked
    gone = check_network(sqlite_database, policy)
    assert gone.found == "0 of 1 hosts answer"
    assert gone.advice.startswith("see to name servers, proxy and firewall: ")


def test_doctor_exits_with_what_is_to_be_mended(sqlite_database: Database) -> None:
    """A line with `!` and a remedy each, and exit code 1."""
    ran(sqlite_database, utc_now() - timedelta(minutes=3), None)
    done = ended(Path(str(sqlite_database.engine.url.database)).parent, "doctor")
    assert done.returncode == 1
    assert "! runs: run 1 (hourly, " in done.stdout
    assert "  clock: 20" in done.stdout
