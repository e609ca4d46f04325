"""Polls feeds and pages once, without a database."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

from offing.model.sources.feed import DueFeed, FeedKind, FeedSpec, FeedState, FeedUpdate, NotAFeed, ParsedFeed
from offing.model.sources.links import link_rule
from offing.model.sources.page import Answer, AnswerKind, Request
from offing.model.sources.policy import FetchPolicy
from offing.net.client import Client
from offing.poll import decide_poll, join_parts, parse_feed, parse_links
from offing.services.monitoring.visit import Visit
from offing.services.running.run_context import utc_now


def check_feeds(specs: Sequence[FeedSpec], policy: FetchPolicy) -> list[tuple[FeedSpec, FeedUpdate]]:
    """Return the result of a first poll of each feed or page, robots.txt included."""
    return asyncio.run(_check_feeds(specs, policy))


async def _check_feeds(specs: Sequence[FeedSpec], policy: FetchPolicy) -> list[tuple[FeedSpec, FeedUpdate]]:
    async with Client(policy) as client:
        visit = Visit(client, policy)
        return [(spec, await _check_feed(visit, spec)) for spec in specs]


async def _check_feed(visit: Visit, spec: FeedSpec) -> FeedUpdate:
    return (await polled(visit, spec))[1]


async def polled(visit: Visit, spec: FeedSpec) -> tuple[Answer, FeedUpdate]:
    """Poll a feed or page for the first time; return the answer and what a run would make of it."""
    answer = await visit.ask(_request(spec.url, visit.policy))
    now = utc_now()
    parsed = _parsed(answer, spec, now) if answer.kind is AnswerKind.OK else None
    if isinstance(parsed, ParsedFeed) and parsed.parts:
        parsed = join_parts(parsed, [(url, await _part(visit, spec, url)) for url in parsed.parts])
    return answer, decide_poll(DueFeed(0, spec, FeedState.NEW), answer, parsed, now, visit.policy)


def _request(url: str, policy: FetchPolicy) -> Request:
    return Request(url, body_limit=policy.feed_limit, cut_at_limit=True)


async def _part(visit: Visit, spec: FeedSpec, url: str) -> ParsedFeed | NotAFeed | str:
    """Return the entries of one sitemap of an index, or why it could not be fetched."""
    answer = await visit.ask(_request(url, visit.policy))
    return _parsed(answer, spec, utc_now()) if answer.kind is AnswerKind.OK else answer.detail


def _parsed(answer: Answer, spec: FeedSpec, now: datetime) -> ParsedFeed | NotAFeed:
    document = (answer.body, answer.headers.get("content-type", ""), answer.final_url, now)
    if spec.kind is FeedKind.PAGE:
        return parse_links(*document, link_rule(spec.links, spec.dates, spec.timezone))
    return parse_feed(*document, spec.timezone)


def fetch_document(url: str, policy: FetchPolicy) -> bytes | str:
    """Return the document at an address, or a sentence that says why it cannot be fetched."""
    return asyncio.run(_fetch_document(url, policy))


async def _fetch_document(url: str, policy: FetchPolicy) -> bytes | str:
    async with Client(policy) as client:
        answer = await client.ask(Request(url, body_limit=policy.feed_limit))
    return answer.body if answer.kind is AnswerKind.OK else answer.detail or f"its server answers {answer.status}"
