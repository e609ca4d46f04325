"""Asking feeds and pages once, without a database."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from offing.extract import extract_article
from offing.fetch import judge_page
from offing.model.article import ExtractedArticle, NoArticle
from offing.model.entry import DueEntry
from offing.model.feed import DueFeed, FeedSpec, FeedState, FeedUpdate
from offing.model.page import AnswerKind, FetchProblem, Request, StoredPage
from offing.model.rules import FetchPolicy
from offing.net.client import Client
from offing.poll import decide_poll, parse_feed
from offing.steps.context import utc_now


def check_feeds(urls: Sequence[str], policy: FetchPolicy) -> list[tuple[str, FeedUpdate]]:
    """What a first poll of each address would come to."""
    return asyncio.run(_check_feeds(urls, policy))


async def _check_feeds(urls: Sequence[str], policy: FetchPolicy) -> list[tuple[str, FeedUpdate]]:
    async with Client(policy) as client:
        return [(url, await _check_feed(client, url, policy)) for url in urls]


async def _check_feed(client: Client, url: str, policy: FetchPolicy) -> FeedUpdate:
    answer = await client.ask(Request(url, body_limit=policy.feed_limit))
    now = utc_now()
    parsed = None
    if answer.kind is AnswerKind.OK:
        parsed = parse_feed(answer.body, answer.headers.get("content-type", ""), answer.final_url, now, None)
    return decide_poll(DueFeed(0, FeedSpec(url), FeedState.NEW), answer, parsed, now, policy)


def fetch_document(url: str, policy: FetchPolicy) -> bytes | str:
    """The document at an address, or a sentence that says why it cannot be had."""
    return asyncio.run(_fetch_document(url, policy))


async def _fetch_document(url: str, policy: FetchPolicy) -> bytes | str:
    async with Client(policy) as client:
        answer = await client.ask(Request(url, body_limit=policy.feed_limit))
    return answer.body if answer.kind is AnswerKind.OK else answer.detail or f"its server answers {answer.status}"


def read_page(url: str, policy: FetchPolicy) -> ExtractedArticle | NoArticle:
    """What extraction sees at an address."""
    return asyncio.run(_read_page(url, policy))


async def _read_page(url: str, policy: FetchPolicy) -> ExtractedArticle | NoArticle:
    async with Client(policy) as client:
        answer = await client.ask(Request(url, body_limit=policy.page_limit))
    now = utc_now()
    found = judge_page(DueEntry(0, None, url), answer, now, policy)
    if isinstance(found, FetchProblem):
        return NoArticle(found.cause)
    return extract_article(StoredPage(0, 0, url, found.final_url, found.content_type, found.body, now), now)


def read_file(content: bytes, name: str) -> ExtractedArticle | NoArticle:
    """What extraction sees in a saved page."""
    now = utc_now()
    return extract_article(StoredPage(0, 0, name, name, "text/html", content, now), now)
