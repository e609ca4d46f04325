"""All feeds of a hostile server in one run: nothing crashes, nothing leaks, all are told apart."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from e2e.site import Site
from equipment import hostile_server
from offing.model.values.vocabulary import MACHINE_VERBS, Verb
from offing.store.database.engine import open_database
from offing.store.tables import entry, feed, run, work
from services.pipeline.test_poll_hostile import ALSO_RIGHT, ON_A_FIRST_POLL

AGREEMENT = 0.95
PER_FEED = 30  # pages of one feed: those of the largest feeds are all alike
# Not asked, by policy: the guard refuses the address itself, before any connection.
NEVER_ASKED = {"blocked", "error", "skip"}


@pytest.mark.slow(minutes=8)
@pytest.mark.timeout(1100)
def test_every_hostile_feed_in_one_run(tmp_path: Path) -> None:
    """More than 250 hostile feeds, their pages and all that follows, in one run of the main job."""
    with hostile_server.HostileServer(hostile_server.Options(port=0, seconds=1000, quiet=True)) as server:
        listing = server.listing()
        cases = [case for case in listing["cases"] if case["served"] and case["kind"] in ("feed", "sitemap")]
        ports = {f"{url.hostname}:{url.port}" for case in cases if (url := urlsplit(case["url"])).port}
        site = _site(tmp_path, (*listing["allow"], *sorted(ports)), pages_per_feed=PER_FEED)
        urls = {case["url"] for case in cases}
        (tmp_path / "feeds.json").write_text(json.dumps(sorted(urls)))
        assert f"{len(urls)} feeds added" in site.call("feeds", "import", "feeds.json")
        done = _run(site)
        asked = {row["case"] for row in server.requests()}
        canary = server.requests(canary=True)
        token = listing["canary_token"]
    assert done.returncode in (0, 1)
    assert "Traceback" not in done.stderr
    assert canary == []
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("offing.*") if file.is_file())
    assert token.encode() not in kept, "what only the internal service says is neither stored nor logged"
    found = {feed["url"]: feed for feed in site.json("feeds", "list", "--json")}
    assert len(found) == len(urls) >= 250
    wrong = {}
    for case in cases:
        outcome = found[case["url"]]["outcome"]
        right = {case["expect"]["outcome"], ON_A_FIRST_POLL.get(case["id"]), ALSO_RIGHT.get(case["id"])}
        if outcome not in right:
            wrong[case["id"]] = (outcome, found[case["url"]]["cause"])
        on_main_port = urlsplit(case["url"]).netloc == urlsplit(listing["base"]).netloc
        if on_main_port and urlsplit(case["url"]).scheme == "http" and case["id"] not in asked:
            assert outcome in NEVER_ASKED, f"{case['id']} was never asked"
    assert len(wrong) <= (1 - AGREEMENT) * len(cases), wrong


CROWD = ("feed-1k", "feed-10k")  # 11,000 pages, of which a run fetches PER_FEED each
MINUTES = 2
JUST_NOW = timedelta(seconds=20)  # what falls due while a run ends may be told or not
BESIDE = 12  # other feeds


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_what_a_limited_run_leaves_is_reported_to_the_last_item(tmp_path: Path) -> None:
    """It ends in its time. Of the large feeds, what was fetched, is put off and is due later are all their entries."""
    with hostile_server.HostileServer(hostile_server.Options(port=0, seconds=500, quiet=True)) as server:
        listing = server.listing()
        cases = [
            case
            for case in listing["cases"]
            if case["served"] and case["kind"] == "feed" and "big" not in case["flags"]
        ]
        crowd = [case for case in listing["cases"] if case["id"] in CROWD]
        urls = {case["url"] for case in (*crowd, *cases[:: len(cases) // BESIDE])}
        ports = {f"{url.hostname}:{url.port}" for each in urls if (url := urlsplit(each)).port}
        site = _site(tmp_path, (*listing["allow"], *sorted(ports)), max_minutes=MINUTES, pages_per_feed=PER_FEED)
        (tmp_path / "feeds.json").write_text(json.dumps(sorted(urls)))
        site.call("feeds", "import", "feeds.json")
        done = _run(site, "--json")
    told = json.loads(done.stdout)
    assert told["seconds"] < MINUTES * 60 + 60
    put_off: Counter[tuple[str, str]] = Counter()
    for each in told["put_off"]:
        put_off[each["verb"], each["feed"]] += each["items"]
    database = open_database(site.database)
    with database.read() as conn:
        ended = conn.execute(sa.select(run.c.ended_at)).scalar_one()
        for verb in MACHINE_VERBS:
            of_verb = work.c.verb == verb
            least, most = (_open(conn, of_verb & (work.c.due_at <= at)) for at in (ended - JUST_NOW, ended))
            assert least <= sum(items for (of, _), items in put_off.items() if of == verb) <= most, verb
        large = sa.select(feed.c.id).where(feed.c.url.in_([case["url"] for case in crowd]))
        own = (work.c.verb == Verb.FETCH) & work.c.feed_id.in_(large)
        fetched, later = _count(conn, own & work.c.done_at.is_not(None)), _open(conn, own & (work.c.due_at > ended))
        pages = sa.select(sa.func.count()).where(entry.c.feed_id.in_(large), entry.c.same_as.is_(None))
        told_of = sum(put_off[Verb.FETCH, case["url"]] for case in crowd)
        assert 0 < fetched + later <= PER_FEED * len(crowd)
        assert told_of + fetched + later == conn.execute(pages).scalar_one() > 900
    database.close()


def _run(site: Site, *options: str) -> subprocess.CompletedProcess[str]:
    """A run of the main job. All cases are on one host: one that wants rest does not speak for others."""
    env = {**site.env, "OFFING_RETRY_SCOPE": "feed"}
    command = [sys.executable, "-m", "offing", "run", *options]
    return subprocess.run(command, cwd=site.folder, env=env, capture_output=True, text=True, check=False)


def _open(conn: sa.Connection, which: sa.ColumnElement[bool]) -> int:
    """How many items are neither ended nor set aside."""
    return _count(conn, work.c.done_at.is_(None) & work.c.quarantined_at.is_(None) & which)


def _count(conn: sa.Connection, which: sa.ColumnElement[bool]) -> int:
    return int(conn.execute(sa.select(sa.func.count()).select_from(work).where(which)).scalar_one())


def _site(folder: Path, allowed: tuple[str, ...], **limits: int) -> Site:
    """A site that is done with slow answers, and with the thousands of like pages of the largest feeds, sooner."""
    site = Site(folder, f"sqlite:///{folder / 'offing.db'}", allowed)
    site.call("init")
    (folder / "config" / "fetch.toml").write_text("deadline_seconds = 10\n")
    text = (Path(__file__).parents[2] / "pipelines" / "hourly.toml").read_text()
    # Feeds come first; pages that are not read by then may wait for the next run.
    for name, limit in {"max_minutes": 8, **limits}.items():
        text, number = re.subn(rf"(?m)^{name} = \d+", f"{name} = {limit}", text)
        assert number == 1, name
    (folder / "pipelines").mkdir()
    (folder / "pipelines" / "hourly.toml").write_text(text)
    return site
