"""Measure the latency of review pages over HTTP, from a real server on an SQLite database with many candidates.

    python benchmarks/review_http.py                      # 10,000 generated candidates, as in `benchmarks/review.py`
    python benchmarks/review_http.py --at site/offing.db  # an existing database, which is written to

Each page is requested twice to warm up and then seven times over one connection. The output is the median and maximum
latency in milliseconds, and the CPU time of server and client, which does not depend on other load. Some candidates are
accepted along the way.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import httpx2
from lxml import html
from reviewing.newsroom import NOW
from reviewing.seeding import seed

from offing.model.operation.activity import Stamp
from offing.model.operation.user import UserRole
from offing.model.reading.rules import Entity, EntityKind
from offing.services.accounts.sessions import log_in_by_link, make_link
from offing.services.accounts.users import add_user
from offing.services.matching.match_rules import judge_of
from offing.services.views.actors import register
from offing.store.accounts.user import find_user
from offing.store.database.engine import Database, open_database
from offing.store.database.migrate import upgrade
from offing.web.access import Place
from offing.web.serve import keep_loaded, make_server

WHO, WARM, TIMES = "reader", 2, 7
PAGES = {
    "today's queue": "/queue",
    "all that waits": "/queue?view=waiting",
    "everything": "/queue?view=all",
    "a candidate": "/candidate/{id}",
    "all firms": "/queue/values/firm?view=all",
    "search: a word that nearly all have": "/queue?" + urlencode({"view": "all", "q": "government"}),
    "search: a firm": "/queue?" + urlencode({"view": "all", "q": '"firm 7"'}),
    "search: a phrase of two": "/queue?" + urlencode({"view": "all", "q": '"signed a"'}),
    "search: nothing, a typing error": "/queue?" + urlencode({"view": "waiting", "q": "governmemt"}),
    "search: nothing at all": "/queue?" + urlencode({"q": "zeppelin"}),
    "projects": "/projects",
    "projects, with a word": "/projects?text=firm-7",
    "projects of a country": "/projects?country=KEN",
    "sources": "/sources",
    "dashboard": "/dashboard",
}


def measure(ask: Callable[[], httpx2.Response], prepare: Callable[[], object] = lambda: None) -> str:
    """Time repeated requests, and return the median and maximum latency as text.

    Args:
        ask: sends the request.
        prepare: runs before each request, untimed.

    Raises:
        SystemExit: the server answers with an error.
    """
    spent, worked = [], []
    for turn in range(WARM + TIMES):
        prepare()
        started, before = time.perf_counter(), time.process_time()
        answer = ask()
        if turn >= WARM:
            spent.append((time.perf_counter() - started) * 1000)
            worked.append((time.process_time() - before) * 1000)
        if answer.status_code >= httpx2.codes.BAD_REQUEST:
            sys.exit(f"{answer.request.url} answers {answer.status_code}")
    waited, load = statistics.median(spent), os.getloadavg()[0]
    return f"{waited:5.0f} ms, max {max(spent):5.0f}; CPU {statistics.median(worked):5.0f}; load {load:.1f}"


class Decider:
    """A client that decides on one candidate after another by form, as a page without scripts does."""

    def __init__(self, client: httpx2.Client, numbers: Iterator[str]) -> None:
        self._client, self._numbers, self._number, self._fields = client, numbers, "", {}

    def look(self) -> None:
        """Open the next candidate, and wait as long as the server requires before a decision."""
        self._number = next(self._numbers)
        form = html.fromstring(self._client.get(f"/candidate/{self._number}").text).xpath("//form[@id='decision']")[0]
        self._fields = {name: value for name, value in form.form_values() if name in {"csrf", "version", "token"}}
        time.sleep(0.5)

    def decide(self) -> httpx2.Response:
        """Accept it, and return the response."""
        origin = {"Origin": str(self._client.base_url), "Sec-Fetch-Site": "same-origin"}
        return self._client.post(
            f"/candidate/{self._number}/decide", data={**self._fields, "judgement": "accept"}, headers=origin
        )


def client_of(database: Database, address: str) -> httpx2.Client:
    """Return a client that is logged in as a curator."""
    stamp = Stamp(NOW)
    with database.read() as conn:
        exists = find_user(conn, WHO) is not None
    if not exists:
        add_user(database, WHO, UserRole.CURATOR, None, stamp)
    token = log_in_by_link(database, make_link(database, WHO, stamp), NOW)
    client = httpx2.Client(base_url=address, timeout=60, trust_env=False)
    client.cookies.set("offing", token or "", domain="127.0.0.1")
    return client


def report(database: Database, like: str) -> None:
    """Serve the database, request the pages and print their latency."""
    judge_of(database)
    keep_loaded()
    known = register(
        {f"firm-{number}": Entity(f"firm-{number}", f"Firm-{number}", EntityKind.FIRM) for number in range(300)}, []
    )
    server = make_server(Place(database, lambda: NOW, known), "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    client = client_of(database, server.address)
    numbers = re.findall(r'data-line="(\d+)"', client.get("/queue?view=waiting").text)
    for name, path in PAGES.items():
        if like in name:
            print(f"  {name:40s} {measure(lambda path=path: client.get(path.format(id=numbers[0])))}", flush=True)
    decider = Decider(client, iter(numbers))
    if like in "a decision":
        print(f"  {'a decision':40s} {measure(decider.decide, decider.look)}", flush=True)
    server.should_exit = True
    thread.join(10)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--candidates", type=int, default=10_000)
    parser.add_argument("--at", help="file of an existing database")
    parser.add_argument("--like", default="", help="only pages whose name contains this text")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{given.at or f'{folder}/offing.db'}")
        if not given.at:
            upgrade(database)
            seed(database, given.candidates)
        report(database, given.like)
        database.close()


if __name__ == "__main__":
    main()
