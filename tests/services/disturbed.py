"""Runs with real trouble in them: a lock that another process holds, a feed to run on, what was written in the end."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from offing.config.files.layers import Layers
from offing.config.sites.fetch import load_fetch_policy
from offing.model.sources.entry import AnnouncedEntry
from offing.model.sources.feed import FeedSpec
from offing.model.sources.policy import PipelineSpec
from offing.services.pipeline.run import Plant, RunReport, run_pipeline
from offing.services.running.retrying import Waits
from offing.services.running.run_context import utc_now
from offing.store.articles.entry import save_entries
from offing.store.database.engine import Database, open_database
from offing.store.feeds.feed import add_feeds
from offing.store.tables import article, entry, outcome, page, run, run_lock, work
from offing.urls import url_key
from services.publisher import Publisher

BUSY = 0.2  # seconds for which SQLite itself waits here; 10 in earnest
PAGES = 4
EVERY = PipelineSpec("test", "", ("fetch", "recognize", "propose", "promote"), "", concurrency=2)  # all phases
FETCH = PipelineSpec("test", "", ("fetch",), "", concurrency=2)  # starts no worker
WHOLE = PipelineSpec("test", "", ("poll", "fetch", "extract"), "", concurrency=4)
_HOLDER = """
import sys
try:
    import pysqlite3.dbapi2 as sqlite
except ImportError:
    import sqlite3 as sqlite
held = sqlite.connect(sys.argv[1], isolation_level=None, timeout=60)
for line in sys.stdin:
    held.execute(line.strip())
    print("done", flush=True)
"""


@dataclass
class Holder:
    """Another process with a session of its own on an SQLite file."""

    process: subprocess.Popen[str]

    def _do(self, statement: str) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(statement, file=self.process.stdin, flush=True)
        assert self.process.stdout.readline() == "done\n"

    def take(self) -> None:
        """Take the lock on writing."""
        self._do("BEGIN IMMEDIATE")

    def give(self) -> None:
        """Give it back."""
        self._do("ROLLBACK")


@contextmanager
def holder(database: Database) -> Iterator[Holder]:
    """A process that can hold the lock on writing; it is gone at the end, and the lock with it."""
    command = [sys.executable, "-c", _HOLDER, str(database.engine.url.database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Holder(process)
        finally:
            process.kill()


def publish(desk: Publisher, pages: int = PAGES) -> None:
    """Let a publisher have a feed with some articles."""
    items = ""
    for number in range(pages):
        path, title = f"/story-{number}", f"Bridge number {number} is opened by the minister"
        text = " ".join(f"The bridge number {number} over river {each} was opened on Monday." for each in range(30))
        ballast = random.Random(number).randbytes(20_000).hex()  # so that the file has to grow for it
        head = f"<html><head><title>{title}</title></head>"
        desk.put(path, f"{head}<body><article><h1>{title}</h1><p>{text}</p></article><!-- {ballast} --></body></html>")
        items += f"<item><title>{title}</title><link>{desk.url(path)}</link><guid>{path}</guid></item>"
    feed = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Ledger</title>{items}</channel></rss>"
    desk.put("/feed", feed, content_type="application/rss+xml")


def plant_of(database: Database, desk: Publisher, waits: Waits | None = None) -> Plant:
    """What runs on a database with a publisher's feed are made with."""
    policy = load_fetch_policy(Layers.of(), "")
    allowed = frozenset({("127.0.0.1", desk.port)})
    policy = replace(policy, allowed=allowed, host_delay=timedelta(seconds=0.02))
    return Plant(database, Layers.of(), policy, waits=waits or Waits())


def watching(database: Database, desk: Publisher) -> None:
    """Watch the feed, whose articles are announced already."""
    urls = [desk.url(path) for path in desk.pages if path != "/feed"]
    with database.write() as conn:
        add_feeds(conn, [FeedSpec(desk.url("/feed"), "The Ledger", language="en")], utc_now(), "t")
        save_entries(conn, 1, [AnnouncedEntry(url, url, url_key(url), title="A bridge") for url in urls], utc_now())


def run_well(database: Database, desk: Publisher, spec: PipelineSpec) -> RunReport:
    """A run that has to end well."""
    report = run_pipeline(plant_of(database, desk), spec)
    assert report.exit_code == 0
    return report


def undisturbed(file: Path, desk: Publisher, spec: PipelineSpec) -> dict[str, Any]:
    """What a run writes that nothing disturbs, into a file with all tables."""
    database = open_database(f"sqlite:///{file}")
    watching(database, desk)
    run_well(database, desk, spec)
    found = written(database)
    database.close()
    assert len(found["pages"]) == PAGES
    assert not found["leases"]
    return found


def written(database: Database) -> dict[str, Any]:
    """What a database holds, in words that do not depend on ids or times; and whose leases stand."""
    with database.read() as conn:
        endings = sa.select(outcome.c.verb, outcome.c.ending, outcome.c.url).where(outcome.c.ending != "later")
        open_work = work.c.done_at.is_(None)
        return {
            "entries": sorted(conn.execute(sa.select(entry.c.url)).scalars()),
            "pages": sorted(conn.execute(sa.select(page.c.url)).scalars()),
            "articles": sorted(map(tuple, conn.execute(sa.select(article.c.url, article.c.title)))),
            "endings": sorted(map(tuple, conn.execute(endings))),
            "open": sorted(map(tuple, conn.execute(sa.select(work.c.verb, work.c.tries).where(open_work)))),
            "set aside": list(
                conn.execute(sa.select(work.c.reason).where(work.c.quarantined_at.is_not(None))).scalars()
            ),
            "leases": list(conn.execute(sa.select(work.c.id).where(work.c.lease.is_not(None))).scalars()),
            "lock": list(conn.execute(sa.select(run_lock.c.run_id)).scalars()),
        }


@dataclass
class Disturbance:
    """Takes the lock from each transaction that writes, once: it is given back when the run has waited for it."""

    other: Holder
    log: Path
    taken: int = 0
    holding: bool = False
    passing: bool = False

    def before(self, *asked: Any) -> None:
        """Called before a statement is executed, with connection, cursor and statement."""
        if asked[2] != "BEGIN IMMEDIATE" or self.holding:
            return
        if self.passing:
            self.passing = False
            return
        self.other.take()
        self.taken, self.holding = self.taken + 1, True
        threading.Thread(target=self._give, args=(self.taken,)).start()

    def _give(self, count: int) -> None:
        wait_for_line(self.log, "waiting", count)
        self.other.give()
        self.holding, self.passing = False, True


def exit_codes(database: Database) -> list[int | None]:
    """With what each run ended, oldest first."""
    with database.read() as conn:
        return list(conn.execute(sa.select(run.c.exit_code).order_by(run.c.id)).scalars())


def wait_for_line(log: Path, event: str, count: int = 1) -> None:
    """Wait until a log has an event so many times."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        lines = log.read_text().splitlines() if log.exists() else []
        if sum(_event(line) == event for line in lines) >= count:
            return
        time.sleep(0.02)
    raise AssertionError(f"{event!r} never came")


def _event(line: str) -> str:
    try:
        return str(json.loads(line).get("event"))
    except ValueError:  # it is being written
        return ""


def once(path: str, do: Callable[[], None]) -> Callable[[str], None]:
    """Do something when a path is asked for the first time."""
    left = [path]

    def on_asked(asked: str) -> None:
        if asked in left:
            left.remove(asked)
            do()

    return on_asked
