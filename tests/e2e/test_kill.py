"""Killed at any moment, the next run finishes the work: nothing lost, nothing twice."""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from e2e.site import Newsroom, Site, gold, newsroom
from offing.store.database.engine import open_database
from offing.store.tables import article, candidate, entry, evidence, mention, outcome, page, run, story, work

KILLS = 20
ARTICLES = 24
COUNTED = (entry, page, article, mention, story, candidate, evidence)


def counts(url: str) -> dict[str, int]:
    """How many rows each noun has."""
    database = open_database(url)
    with database.read() as conn:
        found = {
            table.name: conn.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in COUNTED
        }
        waiting = (work.c.done_at.is_(None)) & (work.c.verb != "poll")
        found["left"] = conn.execute(sa.select(sa.func.count()).select_from(work).where(waiting)).scalar_one()
        twice = sa.select(outcome.c.item_id).where(outcome.c.ending == "done", outcome.c.verb != "poll")
        grouped = twice.group_by(outcome.c.verb, outcome.c.item_id).having(sa.func.count() > 1)
        found["done twice"] = len(conn.execute(grouped).all())
        found["unfinished runs"] = conn.execute(
            sa.select(sa.func.count()).select_from(run).where(run.c.ended_at.is_(None))
        ).scalar_one()
    database.close()
    return found


def prepared(folder: Path, url: str, room: Newsroom) -> Site:
    """A site with the newsroom's feeds."""
    folder.mkdir(exist_ok=True)
    site = Site(folder, url, room.hosts, delay="0.05")
    (folder / "feeds.opml").write_bytes(room.opml)
    site.call("init")
    site.call("feeds", "import", "feeds.opml")
    return site


@pytest.mark.slow(minutes=2)
@pytest.mark.timeout(900)
def test_killed_twenty_times_nothing_is_lost_and_nothing_twice(database_url: str, tmp_path: Path) -> None:
    """After 20 kills at random moments the database holds what an undisturbed run gives."""
    chance = random.Random(20)
    with newsroom(tmp_path, gold(ARTICLES)) as room:
        calm = prepared(tmp_path / "calm", f"sqlite:///{tmp_path / 'calm' / 'offing.db'}", room)
        calm.call("run")
        site = prepared(tmp_path / "killed", database_url, room)
        killed = 0
        while killed < KILLS:
            lines = len(site.log_lines())
            process = site.start("run")
            assert site.wait_for("run started", lines), process.communicate(timeout=5)
            time.sleep(chance.uniform(0, 1.2))
            process.send_signal(signal.SIGKILL)
            process.communicate()
            killed += 1
        site.call("run")
        found = counts(database_url)
        assert found.pop("unfinished runs") > 0, "no kill came in time"
        expected = counts(calm.database)
        assert expected.pop("unfinished runs") == 0
        assert found == expected
        assert found["left"] == 0
        assert found["done twice"] == 0
        site.call("run")
        again = counts(database_url)
        again.pop("unfinished runs")
        assert again == found


@pytest.mark.slow
def test_two_runs_at_once_one_works_the_other_says_so(database_url: str, tmp_path: Path) -> None:
    """The second run finds the lock taken, says so in one line and exits 0."""
    with newsroom(tmp_path, gold(ARTICLES)) as room:
        site = prepared(tmp_path / "site", database_url, room)
        first = site.start("run")
        assert site.wait_for("run started", 0)
        second = site.start("run")
        _, said = second.communicate(timeout=60)
        assert second.returncode == 0
        assert "is already running" in said
        first.communicate(timeout=200)
        assert first.returncode == 0
        assert counts(database_url)["page"] == ARTICLES


@pytest.mark.slow
def test_terminated_run_ends_its_items_and_exits(tmp_path: Path) -> None:
    """SIGTERM: what was begun is ended, the rest stays due for the next run."""
    url = f"sqlite:///{tmp_path / 'site' / 'offing.db'}"
    with newsroom(tmp_path, gold(ARTICLES)) as room:
        site = prepared(tmp_path / "site", url, room)
        process = site.start("run")
        assert site.wait_for("ended", 0)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
        assert process.returncode == 0
        assert counts(url)["unfinished runs"] == 0
        site.call("run")
        assert counts(url)["page"] == ARTICLES
