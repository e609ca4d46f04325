"""Asking politely: robots.txt first, then the guarded exchange; and the rest that a host gets afterwards."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from offing.model.page import BLOCKED_KINDS, Answer, AnswerKind, Request
from offing.model.rules import RetryScope
from offing.net.robots import RobotsRules, read_robots, robots_origin, robots_request
from offing.steps.context import RunContext
from offing.store.pace import StoredRobots, keep_robots, known_robots, rest
from offing.store.work import DOMAIN
from offing.urls import domain_of, host_of

ROBOTS_FRESH = timedelta(hours=24)
ROBOTS_RETRY = timedelta(hours=1)  # where it could not be had
_SERVER_ERROR = 500
UNREACHED = BLOCKED_KINDS | {AnswerKind.DNS, AnswerKind.CONNECT, AnswerKind.TLS}


async def ask_politely(context: RunContext, request: Request) -> Answer:
    """The answer to a request that robots.txt allows; an answer of kind ROBOTS where it does not.

    Where robots.txt cannot be had because the host itself cannot, that is the answer.
    """
    origin = robots_origin(request.url)  # none where it is no address to speak of: the guard says so in its own words
    if not context.policy.obey_robots or not origin:
        return await context.client.ask(request)
    found = await _robots(context, origin)
    if isinstance(found, Answer):
        return replace(found, url=request.url, final_url=request.url)
    rules = RobotsRules(found.status, found.content)
    _keep_pause(context, request.url, rules)
    if not rules.allows(request.url, context.policy.user_agent):
        why = "robots.txt of the site does not allow it"
        return Answer(AnswerKind.ROBOTS, request.url, request.url, context.clock(), detail=why)
    return await context.client.ask(request)


def _keep_pause(context: RunContext, url: str, rules: RobotsRules) -> None:
    asked = rules.crawl_delay(context.policy.user_agent)
    if asked is not None:
        context.crawl_delays[host_of(url)] = asked


async def _robots(context: RunContext, origin: str) -> StoredRobots | Answer:
    """robots.txt as it is known or fetched now; the failed answer where the host cannot be reached at all."""
    now = context.clock()
    known = await context.read(lambda conn: known_robots(conn, origin, now))
    if known is not None:
        return known
    answer = await context.client.ask(robots_request(origin))
    status, content = read_robots(answer)
    if status is None and answer.kind in UNREACHED:
        return answer
    found = StoredRobots(status, content)
    unsure = status is None or status >= _SERVER_ERROR
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
