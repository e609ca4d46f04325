"""Asks hosts politely: robots.txt first, then the guarded exchange, then a pause for the host."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from offing.model.sources.page import BLOCKED_KINDS, Answer, AnswerKind, Request
from offing.model.sources.policy import RetryScope
from offing.net.robots import RobotsRules, read_robots, robots_origin, robots_request
from offing.services.running.connectivity import OUTAGE_FROM, UNREACHED, HostNotReachedError, NetworkDownError
from offing.services.running.run_context import RunContext
from offing.store.feeds.pace import StoredRobots, keep_robots, known_robots, rest
from offing.store.feeds.responsive_hosts import healthy_origins
from offing.store.runs.work import DOMAIN
from offing.urls import domain_of, host_of

ROBOTS_FRESH = timedelta(hours=24)
ROBOTS_RETRY = timedelta(hours=1)  # where robots.txt could not be fetched
DOWN_FOR = timedelta(minutes=10)  # an unreachable host is left alone this long, as Media Cloud does
_SERVER_ERROR = 500
NO_HOST = frozenset({AnswerKind.DNS, AnswerKind.CONNECT})
# What keeps us from robots.txt would keep us from the page, too, so it becomes the answer for the page.
NO_ROBOTS = BLOCKED_KINDS | NO_HOST | {AnswerKind.TLS, AnswerKind.PROTOCOL}
_ASKED_FOR_PROOF = 3  # hosts that answered recently and are asked again, to prove that the network works


async def ask_politely(context: RunContext, request: Request) -> Answer:
    """Return the answer to a request if robots.txt allows it, else an answer of kind ROBOTS.

    If robots.txt cannot be fetched because the host cannot be reached, that failed answer is returned.

    Raises:
        HostNotReachedError: the host could not be reached; the request should be repeated in a moment.
        NetworkDownError: hardly any host can be reached, so the failure is no evidence against this one.
    """
    host = host_of(request.url)
    patience = context.connectivity.patience(host, context.policy.deadline)
    answer = await _allowed(context, replace(request, deadline=patience))
    context.connectivity.note(host, answer)
    if answer.kind not in UNREACHED or answer.status is not None:
        return answer
    if _deserves_retry(context, host, answer):
        context.connectivity.retried.add(request.url)
        raise HostNotReachedError(answer.detail)
    if await _network_is_down(context):
        raise NetworkDownError("hardly any host can be reached: the network here seems to be down")
    return answer


def _deserves_retry(context: RunContext, host: str, answer: Answer) -> bool:
    """Return whether the exchange failed without any answer, and this was the first try of its address."""
    is_new = answer.url not in context.connectivity.retried
    return is_new and (
        answer.kind in NO_HOST or (answer.kind is AnswerKind.TIMEOUT and not context.connectivity.reached(host))
    )


async def _network_is_down(context: RunContext) -> bool:
    """Return whether our network is down; a suspicion is tested on hosts that answered recently."""
    connectivity = context.connectivity
    async with connectivity.testing:
        if connectivity.is_down or not connectivity.suspicious:
            return connectivity.is_down
        known = await context.read(healthy_origins)
        others = [origin for origin in known if host_of(origin) not in connectivity.unreached][:_ASKED_FOR_PROOF]
        answers = await asyncio.gather(*(context.client.ask(robots_request(origin)) for origin in others))
        if any(answer.status is not None for answer in answers):
            connectivity.clear()
            return False
        were_healthy = connectivity.unreached.intersection(map(host_of, known))
        connectivity.is_down = bool(others or were_healthy) or len(connectivity.unreached) >= OUTAGE_FROM
        return connectivity.is_down


async def _allowed(context: RunContext, request: Request) -> Answer:
    origin = robots_origin(request.url)  # "" for an unusable address: the guard reports that in its own words
    if not context.policy.obey_robots or not origin:
        return await context.client.ask(request)
    found = await _robots(context, origin, request.deadline)
    if isinstance(found, Answer):
        return replace(found, url=request.url, final_url=request.url)
    rules = RobotsRules(found.status, found.content)
    _keep_pause(context, request.url, rules)
    if not rules.allows(request.url, context.policy.user_agent):
        why = f"robots.txt of the site {forbids(found)}"
        return Answer(AnswerKind.ROBOTS, request.url, request.url, context.clock(), found.status, detail=why)
    return await context.client.ask(request)


def forbids(found: StoredRobots) -> str:
    """Explain why robots.txt forbids the request: by a rule, or because it cannot be read (RFC 9309 2.3.1.4)."""
    if found.status is not None and found.status < _SERVER_ERROR:
        return "does not allow it"
    answered = f"; its server answers {found.status}" if found.status else ""
    return f"cannot be had{answered}, and until it can nothing may be asked"


def _keep_pause(context: RunContext, url: str, rules: RobotsRules) -> None:
    asked = rules.crawl_delay(context.policy.user_agent)
    if asked is not None:
        context.crawl_delays[host_of(url)] = asked


async def _robots(context: RunContext, origin: str, patience: timedelta | None) -> StoredRobots | Answer:
    """Return robots.txt, stored or fetched now; the failed answer if the host cannot be reached at all."""
    now = context.clock()
    known = await context.read(lambda conn: known_robots(conn, origin, now))
    if known is not None:
        return known
    answer = await context.client.ask(replace(robots_request(origin), deadline=patience))
    status, content = read_robots(answer)
    if status is None and answer.kind in NO_ROBOTS:
        return answer
    found = StoredRobots(status, content)
    unsure = status is None or status >= _SERVER_ERROR
    until = context.clock() + (ROBOTS_RETRY if unsure else ROBOTS_FRESH)
    await context.write(lambda conn: keep_robots(conn, origin, found, until))
    await asyncio.sleep(context.policy.host_delay.total_seconds())  # fetching robots.txt was a request to the host, too
    return found


def let_rest(conn: sa.Connection, context: RunContext, answer: Answer, until: datetime | None) -> None:
    """Pause requests to a host after an exchange: for the usual delay, or as long as it asked for."""
    now = context.clock()
    for host in {host_of(answer.url), host_of(answer.final_url)} - {""}:
        delay = max(context.policy.host_delay, context.crawl_delays.get(host, timedelta()))
        if delay:
            rest(conn, host, now + delay)
    if context.policy.retry_scope is RetryScope.FEED:
        return
    if answer.kind in NO_HOST:
        rest(conn, host_of(answer.url), now + DOWN_FOR, "could not be reached")
    if until is None:
        return
    by_domain = context.policy.retry_scope is RetryScope.DOMAIN
    key = DOMAIN + domain_of(answer.url) if by_domain else host_of(answer.url)
    rest(conn, key, until, f"answered {answer.status} and asked for a rest")
