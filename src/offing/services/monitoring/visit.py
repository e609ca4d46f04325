"""Polite requests without a database, for a person at a terminal: robots.txt first, and pauses in between."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from offing.model.sources.page import Answer, AnswerKind, Request
from offing.model.sources.policy import FetchPolicy
from offing.net.client import Client
from offing.net.robots import RobotsRules, read_robots, robots_origin, robots_request
from offing.services.running.polite_requests import NO_ROBOTS, forbids
from offing.services.running.run_context import utc_now
from offing.store.feeds.pace import StoredRobots
from offing.urls import host_of


@dataclass(slots=True)
class Visit:
    """One visit to some hosts. `asked` counts its requests; `tell` is called with each before it is made."""

    client: Client
    policy: FetchPolicy
    tell: Callable[[str], None] = lambda _url: None
    asked: int = 0
    _robots: dict[str, StoredRobots | Answer] = field(default_factory=dict)
    _next: dict[str, float] = field(default_factory=dict)  # monotonic, by host

    async def ask(self, request: Request) -> Answer:
        """Return the answer to a request if robots.txt allows it, else an answer of kind ROBOTS.

        If robots.txt cannot be fetched because the host cannot be reached, that failed answer is returned.
        """
        origin = robots_origin(request.url)
        if self.policy.obey_robots and origin:
            found = await self._rules(origin)
            if isinstance(found, Answer):
                return replace(found, url=request.url, final_url=request.url)
            if not RobotsRules(found.status, found.content).allows(request.url, self.policy.user_agent):
                why = f"robots.txt of the site {forbids(found)}"
                return Answer(AnswerKind.ROBOTS, request.url, request.url, utc_now(), found.status, detail=why)
        return await self._exchange(request)

    async def robots(self, url: str) -> str:
        """Return the text of robots.txt of an address's host, "" if there is none."""
        origin = robots_origin(url)
        found = await self._rules(origin) if origin else None
        return found.content if isinstance(found, StoredRobots) else ""

    async def _rules(self, origin: str) -> StoredRobots | Answer:
        if origin not in self._robots:
            answer = await self._exchange(robots_request(origin))
            status, text = read_robots(answer)
            is_lost = status is None and answer.kind in NO_ROBOTS
            self._robots[origin] = answer if is_lost else StoredRobots(status, text)
        return self._robots[origin]

    async def _exchange(self, request: Request) -> Answer:
        host = host_of(request.url)
        await asyncio.sleep(max(0.0, self._next.get(host, 0.0) - time.monotonic()))
        self.tell(request.url)
        self.asked += 1
        answer = await self.client.ask(request)
        for each in {host, host_of(answer.final_url)}:
            self._next[each] = time.monotonic() + self._pause(request.url).total_seconds()
        return answer

    def _pause(self, url: str) -> timedelta:
        known = self._robots.get(robots_origin(url))
        if not isinstance(known, StoredRobots):
            return self.policy.host_delay
        asked = RobotsRules(known.status, known.content).crawl_delay(self.policy.user_agent)
        return max(self.policy.host_delay, asked or timedelta())
