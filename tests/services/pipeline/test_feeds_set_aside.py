"""A feed in quarantine is a problem of a feed wherever feeds are shown, until it is released."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from site_runner import Shell, site_in

from offing import __version__
from offing.doctor import check_database
from offing.model.sources.feed import FeedSpec, FeedState
from offing.model.values.vocabulary import Verb
from offing.poll.turns.explain import turn_reason
from offing.services.monitoring.problems import problems
from offing.services.running.run_context import utc_now
from offing.store.database.engine import Database, open_database
from offing.store.feeds.feed import add_feeds, list_feeds
from offing.store.runs.quarantine import Which, release, release_innocent
from offing.store.tables import work
from offing.store.upkeep.figures import Counted, counts_by

LOCKED = "OperationalError: (pysqlite3.dbapi2.OperationalError) database is locked\n[SQL: BEGIN IMMEDIATE]"
ENDED = "OperationalError: (psycopg.errors.AdminShutdown) terminating connection due to administrator command"
OURS = "OperationalError: (pysqlite3.dbapi2.OperationalError) no such column: database is locked"


def set_aside(database: Database, *reasons: str) -> None:
    """Feeds that are set aside, one for each reason, and one that is not."""
    specs = [FeedSpec(f"http://127.0.0.1:9/{number}", f"Ledger {number}") for number in range(len(reasons) + 1)]
    with database.write() as conn:
        add_feeds(conn, specs, utc_now(), "t")
        for number, reason in enumerate(reasons, start=1):
            why = {"reason": reason, "fault": reason.partition(":")[0], "set_aside_by": __version__}
            its = (work.c.verb == Verb.POLL) & (work.c.item_id == number)
            conn.execute(sa.update(work).where(its).values(quarantined_at=utc_now(), **why))


def test_it_has_a_state_a_cause_and_a_next_step(database: Database) -> None:
    """In the list, among the problems, in the figures and for the doctor; gone from all of them once it is released."""
    set_aside(database, "ValueError: odd")
    with database.read() as conn:
        ill, well = list_feeds(conn)
        counts = counts_by(conn, Counted.FEEDS, utc_now())
    assert (ill.state, well.state) == (FeedState.QUARANTINED, FeedState.NEW)
    assert "ValueError: odd" in ill.cause
    assert "offing quarantine retry 1" in ill.next_step
    assert ill.next_poll_at is None
    assert "quarantine" in turn_reason(ill, (), None)  # type: ignore[arg-type]
    assert counts == {"quarantined": 1, "new": 1}
    (told,) = [each for each in problems(database, utc_now()) if each.key == "feed:1:quarantined"]
    assert "offing quarantine retry 1" in told.next_step
    (found,) = [each for each in check_database(database) if each.what == "feeds in quarantine"]
    assert found.found == "1"
    with database.write() as conn:
        release(conn, Which(), utc_now(), "t")
        assert [each.state for each in list_feeds(conn)] == [FeedState.NEW, FeedState.NEW]
    assert [each.key for each in problems(database, utc_now())] == []


def test_what_the_database_was_to_blame_for_is_released(database: Database) -> None:
    """Items that versions of before set aside while the database was in trouble; others stay, whatever they quote."""
    set_aside(database, LOCKED, ENDED, "OSError: [Errno 28] No space left on device", OURS, "ValueError: odd")
    with database.write() as conn:
        assert release_innocent(conn, utc_now()) == 3
        assert release_innocent(conn, utc_now()) == 0
        aside = [each.id for each in list_feeds(conn) if each.state is FeedState.QUARANTINED]
    assert aside == [4, 5]


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_template: Path) -> Any:
    """A site with a feed that is set aside, and nothing that is due."""
    with site_in(tmp_path, monkeypatch, sqlite_template) as found:
        database = open_database(f"sqlite:///{tmp_path / 'offing.db'}")
        set_aside(database, "ValueError: odd")
        with database.write() as conn:
            conn.execute(sa.update(work).where(work.c.item_id == 2).values(done_at=utc_now()))
        database.close()
        yield found


def test_commands_and_runs_tell_it(shell: Shell) -> None:
    """`feeds list --problems` and `feeds show` have it, every run says it, and with --strict its exit code does."""
    (row,) = shell.json("feeds", "list", "--problems", "--json")
    assert (row["id"], row["state"]) == (1, "quarantined")
    assert "offing quarantine retry 1" in " ".join(shell.call("feeds", "list", "--problems").split())
    assert "quarantined" in shell.call("feeds", "show", "1")
    told = shell.json("poll", "--json")
    assert told["exit_code"] == 0
    assert "feed 1 http://127.0.0.1:9/0 is in quarantine" in told["notices"][0]
    done = shell.run("run", "--strict", "--json")
    assert done.exit_code == 3
    assert json.loads(done.stdout)["notices"] == told["notices"]
