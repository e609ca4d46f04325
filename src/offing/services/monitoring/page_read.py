"""Reads one page as a run would, without a database: fetched or from a file, in a worker with all limits."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from offing.extract import own_address
from offing.extract.address import UNKNOWN_ADDRESS
from offing.fetch import classify_answer, reservation_of
from offing.model.sources.article import ExtractedArticle, NoArticle
from offing.model.sources.entry import DueEntry
from offing.model.sources.page import FetchProblem, Request, StoredPage
from offing.model.sources.policy import FetchPolicy
from offing.model.sources.reservation import written
from offing.net.client import Client
from offing.services.pipeline.extract import EXTRACT_SECONDS
from offing.services.running.run_context import utc_now
from offing.services.running.workers import WorkerDied, Workers
from offing.services.running.workers.extracting import extract_job


@dataclass(frozen=True, slots=True)
class PageRead:
    """The extraction result of a page, and the page itself. `size` is in bytes, None if nothing was fetched."""

    found: ExtractedArticle | NoArticle
    url: str
    content_type: str = ""
    size: int | None = None
    reservation: str = ""


def read_url(url: str, policy: FetchPolicy, folders: tuple[Path, ...]) -> PageRead:
    """Fetch and extract an address. The worker uses the outlet rules of the config folders."""
    return asyncio.run(_read_url(url, policy, folders))


def read_file(content: bytes, url: str, folders: tuple[Path, ...]) -> PageRead:
    """Extract a saved page; without an address, the one that the page names as its own is used."""
    return asyncio.run(_read_file(content, url, folders))


async def _read_url(url: str, policy: FetchPolicy, folders: tuple[Path, ...]) -> PageRead:
    async with Client(policy) as client:
        answer = await client.ask(Request(url, body_limit=policy.page_limit))
    judged = classify_answer(DueEntry(0, None, url), answer, utc_now(), policy)
    if isinstance(judged, FetchProblem):
        return PageRead(NoArticle(judged.cause), answer.final_url)
    reserved = reservation_of(judged.headers, judged.body, policy.user_agent.partition("/")[0])
    page = StoredPage(0, 0, url, judged.final_url, judged.content_type, judged.body, judged.fetched_at)
    with Workers(folders, 1) as workers:
        found = await extracted(workers, page)
    return PageRead(found, judged.final_url, judged.content_type, len(judged.body), written(reserved))


async def _read_file(content: bytes, url: str, folders: tuple[Path, ...]) -> PageRead:
    with Workers(folders, 1) as workers:
        try:
            stated = "" if url else await workers.call(own_address, content, seconds=EXTRACT_SECONDS)
        except WorkerDied as error:
            return PageRead(NoArticle(f"reading it {error}"), UNKNOWN_ADDRESS, size=len(content))
        url = url or stated or UNKNOWN_ADDRESS
        found = await extracted(workers, StoredPage(0, 0, url, url, "", content, utc_now()))
    return PageRead(found, url, size=len(content))


async def extracted(workers: Workers, page: StoredPage) -> ExtractedArticle | NoArticle:
    """Extract the article of a page in a worker."""
    try:
        return await workers.call(extract_job, page, utc_now(), seconds=EXTRACT_SECONDS)
    except WorkerDied as error:
        return NoArticle(f"reading it {error}")
