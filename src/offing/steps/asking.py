"""Asking politely: robots.txt first, then the guarded exchange; and the rest that a host gets afterwards."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import sqlalchemy as sa

from offing.model.page import Answer, AnswerKind, Request
from offing.model.rules import RetryScope
from offing.net.robots import RobotsRules, read_robots, robots_origin, robots_request
from offing.steps.context import RunContext
from offing.store.pace import StoredRobots, keep_robots, known_robots, rest
from offing.store.work import DOMAIN
from offing.urls import domain_of, host_of

ROBOTS_FRESH = timedelta(hours=24)
ROBOTS_RETRY = timedelta(hours=1)  # where it could not be had
_SERVER_ERROR = 500


async def ask_politely(context: RunContext, request: Request) -> Answer:
    """The answer to a request that robots.txt allows; an answer of kind ROBOTS where it does not."""
    if not context.policy.obey_robots:
        return await context.client.ask(request)
    rules = await _rules(context, request.url)
    if rules is not None and not rules.allows(request.url, context.policy.user_agent):
        why = "robots.txt of the site does not allow it"
        return Answer(AnswerKind.ROBOTS, request.url, request.url, context.clock(), detail=why)
    return await context.client.ask(request)


async def _rules(context: RunContext, url: str) -> RobotsRules | None:
    origin = robots_origin(url)
    if not origin:
        return None  # no address to speak of; the guard says so in its own words
    now = context.clock()
    known = await context.read(lambda conn: known_robots(conn, origin, now))
    if known is None:
        known = await _fetch_robots(context, origin)
    rules = RobotsRules(known.status, known.content)
    asked = rules.crawl_delay(context.policy.user_agent)
    if asked is not None:
        context.crawl_delays[host_of(url)] = asked
    return rules


async def _fetch_robots(context: RunContext, origin: str) -> StoredRobots:
    answer = await context.client.ask(robots_request(origin))
    found = StoredRobots(*read_robots(answer))
    unsure = found.status is None or found.status >= _SERVER_ERROR
    until = context.clock() + (ROBOTS_RETRY if unsure else ROBOTS_FRESH)
    await context.write(lambda conn: keep_robots(conn, origin, found, until))
    await asyncio.sleep(context.policy.host_delay.total_seconds())  # that was a request to the host, too
    return found


def let_rest(conn: sa.Connection, context: RunContext, answer: Answer, until: datetime | None) -> None:
    """Let the host rest after an exchange: the usual pause, or as long as it asked for."""
    now = context.clock()
    for host in {host_of(answer.url), host_of(answer.final_url)} - {""}:
        delay = max(context.policy.host_delay, context.crawl_delays.get(host, timedelta()))
        if delay:
            rest(conn, host, now + delay)
    if until is None or context.policy.retry_scope is RetryScope.FEED:
        return
    by_domain = context.policy.retry_scope is RetryScope.DOMAIN
    key = DOMAIN + domain_of(answer.url) if by_domain else host_of(answer.url)
    rest(conn, key, until, f"answered {answer.status} and asked for a rest")
