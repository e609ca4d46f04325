"""Measure polling and fetching from hundreds of hosts, relative to plain downloads.

    python benchmarks/fetching.py

A local server plays 300 hosts (addresses 127.1.x.y). Each answers after 0.3 s, one in twenty after 6 s, and has a
robots.txt, a feed and two pages. Complete runs of `offing poll` and `offing fetch` (with robots.txt, conditional
requests, parsing in workers and one transaction per outcome) are compared with the same downloads by httpx2 without
robots.txt, guard, limits or database: one at a time (extrapolated from a sample of hosts), and twenty at a time. Times
depend on the machine and its load; compare the ratios.
"""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any

import feedparser
import httpx2

from offing.config.files.layers import Layers
from offing.model.sources.feed import FeedSpec
from offing.model.sources.policy import FetchPolicy, PipelineSpec
from offing.services.pipeline.run import Plant, run_pipeline
from offing.services.running.run_context import utc_now
from offing.shipped import shipped
from offing.store.database.engine import open_database
from offing.store.database.migrate import upgrade
from offing.store.feeds.feed import add_feeds

HOSTS = 300
PAGES = 2
LATENCY, SLOW, SLOW_EVERY = 0.3, 6.0, 20
SAMPLE = 20  # hosts requested one at a time
AT_ONCE = 20

TEXT = "<p>The ministry of transport opened a new road to the north of the country on Monday.</p>" * 60


async def serve() -> None:
    """Serve all hosts on one port, distinguished by the `Host` header, and print the port."""
    server = await asyncio.start_server(_answer, "0.0.0.0", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().splitlines()
    path = head[0].split()[1]
    host = next(line.split(": ")[1] for line in head if line.lower().startswith("host:"))
    _, _, high, low = host.split(":")[0].split(".")
    await asyncio.sleep(SLOW if (250 * int(high) + int(low)) % SLOW_EVERY == 0 else LATENCY)
    kind, body = _document(host, path)
    fields = {"Content-Type": kind, "Content-Length": len(body), "Connection": "close"}
    lines = ["HTTP/1.1 200 OK", *(f"{name}: {value}" for name, value in fields.items()), "", ""]
    writer.write("\r\n".join(lines).encode() + body)
    await writer.drain()
    writer.close()


def _document(host: str, path: str) -> tuple[str, bytes]:
    if path == "/robots.txt":
        return "text/plain", b"User-agent: *\nDisallow: /private\n"
    if path == "/feed":
        item = "<item><title>News {0} of {1}</title><link>http://{1}/{0}</link></item>"
        items = "".join(item.format(number, host) for number in range(PAGES))
        return "application/rss+xml", f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
    return "text/html", f"<html><title>News {path} of {host}</title><article>{TEXT}</article></html>".encode()


def hosts(port: int) -> list[str]:
    """Return the addresses of all hosts."""
    return [f"127.1.{number // 250}.{number % 250 + 1}:{port}" for number in range(HOSTS)]


def ours(folder: Path, port: int) -> tuple[float, float]:
    """Return the seconds of a run that polls all feeds, and of one that fetches all pages."""
    database = open_database(f"sqlite:///{folder / 'bench.db'}")
    upgrade(database)
    allowed = frozenset((host.split(":")[0], port) for host in hosts(port))
    policy = FetchPolicy("offing-bench", host_delay=timedelta(), allowed=allowed)
    plant = Plant(database, Layers((shipped("config"),)), policy)
    with database.write() as conn:
        add_feeds(conn, [FeedSpec(f"http://{host}/feed") for host in hosts(port)], utc_now(), "bench")
    seconds = []
    for verb in ("poll", "fetch"):
        report = run_pipeline(plant, PipelineSpec(verb, "", (verb,), ""))
        seconds.append(report.seconds)
        print(f"  {verb}: {dict(report.tally.made)}", file=sys.stderr)
    database.close()
    return seconds[0], seconds[1]


async def peers(urls: list[str], at_once: int, use: Callable[[bytes], Any]) -> float:
    """Return the seconds that httpx2 takes to download all URLs, at most `at_once` at a time."""
    slots = asyncio.Semaphore(at_once)
    started = time.perf_counter()
    async with httpx2.AsyncClient(timeout=30, trust_env=False) as client:

        async def one(url: str) -> None:
            async with slots:
                use((await client.get(url)).content)

        await asyncio.gather(*(one(url) for url in urls))
    return time.perf_counter() - started


def run(work: Coroutine[Any, Any, float]) -> float:
    """Run a peer, and return its seconds."""
    return asyncio.run(work)


def main() -> None:
    """Print the table."""
    server = subprocess.Popen([sys.executable, __file__, "--serve"], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    port = int(server.stdout.readline())
    try:
        with tempfile.TemporaryDirectory() as folder:
            poll, fetch = ours(Path(folder), port)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        feeds = [f"http://{host}/feed" for host in hosts(port)]
        pages = [f"http://{host}/{number}" for host in hosts(port) for number in range(PAGES)]
        share = HOSTS / SAMPLE
        print(f"{HOSTS} hosts, {LATENCY} s each, one in {SLOW_EVERY} {SLOW:g} s; peak memory {memory:.0f} MB")
        for name, seconds, urls, use in (("poll", poll, feeds, feedparser.parse), ("fetch", fetch, pages, len)):
            one = run(peers(urls[: SAMPLE * len(urls) // HOSTS], 1, use)) * share
            some = run(peers(urls, AT_ONCE, use))
            print(f"{name:6s} {seconds:7.1f} s  {len(urls) / seconds:6.1f} a second")
            print(f"       {one:7.1f} s  httpx2, one at a time (extrapolated)         ratio {seconds / one:5.2f}")
            print(
                f"       {some:7.1f} s  httpx2, {AT_ONCE} at a time                        ratio {seconds / some:5.2f}"
            )
    finally:
        server.kill()


if __name__ == "__main__":
    asyncio.run(serve()) if "--serve" in sys.argv else main()
