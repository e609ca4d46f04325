"""Asks a hostile server for everything that it serves, in a process of its own so that its memory can be measured.

Reads the server's `/cases.json` from stdin, writes one JSON object: the peak memory before and after, and
what became of each case.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import resource
import ssl
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from offing.model.sources.page import Request
from offing.model.sources.policy import FetchPolicy
from offing.net.client import Client
from offing.net.robots import RobotsRules, read_robots, robots_origin, robots_request

DEADLINE = timedelta(seconds=6)
LIMIT = 10 * 1024 * 1024
AT_ONCE = 16
BIG_AT_ONCE = 2  # the bodies that are held at one moment count as memory, too
AGENT, ROBOTS_AGENT = "offing/1", "hostiletest/1"  # the server knows the second by name


def policy_for(listing: dict[str, Any]) -> FetchPolicy:
    """The policy that allows exactly what the server says, and the ports of its cases."""
    allowed = {tuple(pair.rsplit(":", 1)) for pair in listing["allow"]}
    allowed |= {(url.hostname, str(url.port)) for case in listing["cases"] if (url := urlsplit(case["url"])).port}
    pairs = frozenset((str(host), int(port)) for host, port in allowed)
    return FetchPolicy(user_agent=AGENT, deadline=DEADLINE, connect_timeout=timedelta(seconds=3), allowed=pairs)


async def _robots(client: Client, url: str, agent: str) -> dict[str, Any]:
    answer = await client.ask(robots_request(robots_origin(url)))
    status, content = read_robots(answer)
    rules = RobotsRules(status, content)
    delay = rules.crawl_delay(agent)
    return {
        "robots_kind": answer.kind,
        "robots_status": status,
        "robots_size": len(content),
        "robots_seconds": answer.seconds,
        "allowed": rules.allows(url, agent),
        "delay": delay.total_seconds() if delay else None,
    }


async def _one(clients: dict[str, Client], case: dict[str, Any]) -> dict[str, Any]:
    client = clients["trusting" if case["id"] == "net-tls-ok" else "plain"]
    agent = ROBOTS_AGENT if case["id"] == "robots-agent" else AGENT
    found = await _robots(client, case["url"], agent) if case["kind"] == "robots" else {"allowed": True}
    if not found["allowed"]:
        return found
    first = await client.ask(Request(case["url"], body_limit=LIMIT))
    found |= {"first": _told(first)}
    if case["group"] == "cache" or case["id"] in ("net-desync", "net-cookies", "ssrf-second-fetch"):
        etag, last_modified = first.headers.get("etag"), first.headers.get("last-modified")
        found["second"] = _told(await client.ask(Request(case["url"], etag, last_modified, body_limit=LIMIT)))
    return found


def _told(answer: Any) -> dict[str, Any]:
    return {
        "kind": answer.kind,
        "status": answer.status,
        "size": len(answer.body),
        "digest": hashlib.sha256(answer.body).hexdigest(),
        "hops": len(answer.hops),
        "detail": answer.detail,
        "seconds": answer.seconds,
        "headers": answer.headers,
        "final_url": answer.final_url,
    }


async def run(listing: dict[str, Any]) -> dict[str, Any]:
    """What became of each served case, by id."""
    policy, trust = policy_for(listing), ssl.create_default_context(cafile=listing["tls_ca_file"])
    gates = {True: asyncio.Semaphore(BIG_AT_ONCE), False: asyncio.Semaphore(AT_ONCE)}
    async with Client(policy) as plain, Client(policy, trust=trust) as trusting:
        clients = {"plain": plain, "trusting": trusting}

        async def gated(case: dict[str, Any]) -> tuple[str, dict[str, Any]]:
            async with gates[bool({"big", "bomb"} & set(case["flags"]))]:
                return case["id"], await _one(clients, case)

        return dict(await asyncio.gather(*(gated(case) for case in listing["cases"] if case["served"])))


def _peak() -> int:
    """The most memory that this process ever had; `ru_maxrss` would count what its parent had, too."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    given = json.load(sys.stdin)
    before = _peak()
    outcomes = asyncio.run(run(given))
    json.dump({"before": before, "after": _peak(), "cases": outcomes}, sys.stdout)
