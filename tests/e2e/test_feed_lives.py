"""A month of four feeds, one dying, one moving, one falling silent, one flooding, and what ops see of each."""

from __future__ import annotations

import asyncio
import http.server
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from e2e.site import Site as Folder
from offing.model.sources.feed import FeedSpec
from offing.model.sources.policy import FetchPolicy
from offing.store.database.engine import open_database
from offing.store.database.migrate import upgrade
from services.polling import site

START = datetime(2026, 9, 1, 6, tzinfo=UTC)
TURN = timedelta(hours=6)
DAILY, FLOOD = 4, 300  # entries a day
BREAK = 20  # the day on which one dies, one moves and one falls silent
FLOODED = 24
OPERATE = Path(__file__).parents[2] / "docs" / "operate.md"


class Gazettes(http.server.ThreadingHTTPServer):
    """Four gazettes whose answers depend on the day."""

    now = START

    @property
    def day(self) -> int:
        """Days since the start."""
        return (self.now - START).days


class _Answers(http.server.BaseHTTPRequestHandler):
    server: Gazettes

    def do_GET(self) -> None:
        """The gazette named first in the path, as it is on that day."""
        name, broken = self.path.split("/")[1], self.server.day >= BREAK
        if name == "dying" and broken:
            self.send_error(404)
        elif self.path == "/moving/feed" and broken:
            self.send_response(301)
            self.send_header("Location", "/moving/new/feed")
            self.end_headers()
        else:
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.end_headers()
            self.wfile.write(self._document(name))

    def _document(self, name: str) -> bytes:
        day = min(self.server.day, BREAK) if name == "silent" else self.server.day
        first, last = max(0, day - 5) * DAILY, (day + 1) * DAILY
        keys = [(str(number), START + timedelta(days=number // DAILY)) for number in range(first, last)]
        if name == "flooding" and day >= FLOODED:
            keys = [(f"{day}-{number}", self.server.now) for number in range(FLOOD)]
        items = "".join(
            f"<item><title>News {key}</title><link>http://{name}.example/{key}</link><guid>{key}</guid>"
            f"<pubDate>{at:%a, %d %b %Y %H:%M:%S GMT}</pubDate><description>{'What is new. ' * 9}</description></item>"
            for key, at in keys
        )
        return f"<rss version='2.0'><channel><title>{name}</title>{items}</channel></rss>".encode()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def gazettes() -> Iterator[Gazettes]:
    """The server of all four."""
    server = Gazettes(("127.0.0.1", 0), _Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


async def _month(database: str, gazettes: Gazettes) -> list[str]:
    """Poll all four every six hours for a month; the notices that runs gave."""
    port = gazettes.server_address[1]
    allowed = frozenset({("127.0.0.1", port)})
    policy = FetchPolicy("offing/1", host_delay=timedelta(), allowed=allowed, obey_robots=False)
    opened, notices = open_database(database), []
    upgrade(opened)
    async with site(opened, policy, START) as here:
        names = ("dying", "moving", "silent", "flooding")
        specs = (FeedSpec(f"http://127.0.0.1:{port}/{name}/feed", f"{name.capitalize()} Gazette") for name in names)
        ids = await here.add(*specs)
        for _ in range(30 * 4):
            gazettes.now = here.now
            notices += [f"{here.now:%Y-%m-%d}: {said.notice}" for feed in ids if (said := await here.poll(feed)).notice]
            here.now += TURN
    opened.close()
    return notices


@pytest.mark.slow
def test_what_ops_see_of_four_feeds(tmp_path: Path, gazettes: Gazettes) -> None:
    """Each is told once, on the day on which it is sure; the list has cause and next step; docs/operate.md shows it."""
    folder = Folder(tmp_path, f"sqlite:///{tmp_path / 'offing.db'}")
    notices = asyncio.run(_month(folder.database, gazettes))
    told = [(notice[:10], notice.split(" is ")[1].split(":")[0]) for notice in notices]
    assert told == [("2026-09-23", "silent"), ("2026-09-25", "flooding"), ("2026-09-28", "gone")]
    feeds = {feed["title"].split()[0]: feed for feed in folder.json("feeds", "list", "--json")}
    assert (feeds["Dying"]["state"], feeds["Dying"]["outcome"]) == ("gone", "gone")
    assert feeds["Moving"]["url"].endswith("/moving/new/feed")
    assert (feeds["Silent"]["state"], feeds["Silent"]["alarm"]) == ("healthy", "silent")
    assert {name: feed["entries"] for name, feed in feeds.items()} == {
        "Dying": BREAK * DAILY,
        "Moving": 30 * DAILY,
        "Silent": (BREAK + 1) * DAILY,
        "Flooding": FLOODED * DAILY + 6 * FLOOD,
    }
    problems = folder.call("feeds", "list", "--problems")
    assert "Dying Gazette" in problems
    assert "Moving Gazette" not in problems
    page = " ".join(OPERATE.read_text(encoding="utf-8").split())
    for notice in notices:
        assert notice.split(" is ", 1)[1] in page, "docs/operate.md shows what ops read today"
