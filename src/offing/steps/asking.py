"""Asking politely: robots.txt first, then the guarded exchange; and the rest that a host gets afterwards."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from offing.model.page import BLOCKED_KINDS, Answer, AnswerKind, Request
from offing.model.policy import RetryScope
from offing.net.robots import RobotsRules, read_robots, robots_origin, robots_request
from offing.steps.context import RunContext
from offing.steps.weather import OUTAGE_FROM, UNREACHED, NetworkDown, NotReached
from offing.store.pace import StoredRobots, keep_robots, known_robots, rest
from offing.store.reach import healthy_origins
from offing.store.work import DOMAIN
from offing.urls import domain_of, host_of

ROBOTS_FRESH = timedelta(hours=24)
ROBOTS_RETRY = timedelta(hours=1)  # where it could not be had
DOWN_FOR = timedelta(minutes=10)  # a host that cannot be reached is left alone so long, as Media Cloud does
_SERVER_ERROR = 500
NO_HOST = frozenset({AnswerKind.DNS, AnswerKind.CONNECT})
# What keeps robots.txt from us, and would keep the page from us, too: then it is the answer.
NO_ROBOTS = BLOCKED_KINDS | NO_HOST | {AnswerKind.TLS, AnswerKind.PROTOCOL}
_ASKED_FOR_PROOF = 3  # hosts that answered lately, when hardly any other does


async def ask_politely(context: RunContext, request: Request) -> Answer:
    """The answer to a request that robots.txt allows; an answer of kind ROBOTS where it does not.

    Where robots.txt cannot be had because the host itself cannot, that is the answer.

    Raises:
        NotReached: the host could not be reached; the request is to be made once more in a moment.
        NetworkDown: hardly any host can be reached, so the answer says nothing about this one.
    """
    host = host_of(request.url)
    patience = context.weather.patience(host, context.policy.deadline)
    answer = await _allowed(context, replace(request, deadline=patience))
    context.weather.note(host, answer)
    if answer.kind not in UNREACHED or answer.status is not None:
        return answer
    if _deserves_second_look(context, host, answer):
        context.weather.looked_twice.add(request.url)
        raise NotReached(answer.detail)
    if await _network_is_down(context):
        raise NetworkDown("hardly any host can be reached: the network here seems to be down")
    return answer


def _deserves_second_look(context: RunContext, host: str, answer: Answer) -> bool:
    """Whether nothing came of the exchange at all, and it was the first of its kind."""
    is_new = answer.url not in context.weather.looked_twice
    return is_new and (
        answer.kind in NO_HOST or (answer.kind is AnswerKind.TIMEOUT and not context.weather.reached(host))
    )


async def _network_is_down(context: RunContext) -> bool:
    """Whether the fault is ours; where many hosts fail, some that answered lately are asked for their robots.txt."""
    weather = context.weather
    async with weather.asking:
        if weather.down or not weather.suspicious:
            return weather.down
        known = await context.read(healthy_origins)
        others = [origin for origin in known if host_of(origin) not in weather.unreached][:_ASKED_FOR_PROOF]
        answers = await asyncio.gather(*(context.client.ask(robots_request(origin)) for origin in others))
        if any(answer.status is not None for answer in answers):
            weather.clear()
            return False
        were_healthy = weather.unreached.intersection(map(host_of, known))
        weather.down = bool(others or were_healthy) or len(weather.unreached) >= OUTAGE_FROM
        return weather.down


async def _allowed(context: RunContext, request: Request) -> Answer:
    origin = robots_origin(request.url)  # none where it is no address to speak of: the guard says so in its own words
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
    """How robots.txt keeps us out: by a rule, or by not being there to be read (RFC 9309 2.3.1.4)."""
    if found.status is not None and found.status < _SERVER_ERROR:
        return "does not allow it"
    answered = f"; its server answers {found.status}" if found.status else ""
    return f"cannot be had{answered}, and until it can nothing may be asked"


def _keep_pause(context: RunContext, url: str, rules: RobotsRules) -> None:
    asked = rules.crawl_delay(context.policy.user_agent)
    if asked is not None:
        context.crawl_delays[host_of(url)] = asked


async def _robots(context: RunContext, origin: str, patience: timedelta | None) -> StoredRobots | Answer:
    """robots.txt as it is known or fetched now; the failed answer where the host cannot be reached at all."""
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
    await asyncio.sleep(context.policy.host_delay.total_seconds())  # that was a request to the host, too
    return found


def let_rest(conn: sa.Connection, context: RunContext, answer: Answer, until: datetime | None) -> None:
    """Let the host rest after an exchange: the usual pause, or as long as it asked for."""
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
