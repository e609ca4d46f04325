"""Reads one page as a run would, without a database: fetched or from a file, in a worker with all limits."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from offing.extract import own_address
from offing.fetch import judge_page, reservation_of
from offing.model.article import ExtractedArticle, NoArticle
from offing.model.entry import DueEntry
from offing.model.page import FetchProblem, Request, StoredPage
from offing.model.policy import FetchPolicy
from offing.model.reservation import written
from offing.net.client import Client
from offing.steps.context import utc_now
from offing.steps.extract import EXTRACT_SECONDS
from offing.steps.workers import WorkerDied, Workers
from offing.steps.workers.extracting import extract_job

UNKNOWN_ADDRESS = "https://address.invalid/"


@dataclass(frozen=True, slots=True)
class PageRead:
    """What extraction sees on a page, and the page itself. `size` is in bytes, None where nothing was fetched."""

    found: ExtractedArticle | NoArticle
    url: str
    content_type: str = ""
    size: int | None = None
    reservation: str = ""


def read_url(url: str, policy: FetchPolicy, folders: tuple[Path, ...]) -> PageRead:
    """What extraction sees at an address. The worker reads by the outlet rules of the config folders."""
    return asyncio.run(_read_url(url, policy, folders))


def read_file(content: bytes, url: str, folders: tuple[Path, ...]) -> PageRead:
    """What extraction sees in a saved page; without an address, the one that the page names as its own is taken."""
    return asyncio.run(_read_file(content, url, folders))


async def _read_url(url: str, policy: FetchPolicy, folders: tuple[Path, ...]) -> PageRead:
    async with Client(policy) as client:
        answer = await client.ask(Request(url, body_limit=policy.page_limit))
    judged = judge_page(DueEntry(0, None, url), answer, utc_now(), policy)
    if isinstance(judged, FetchProblem):
        return PageRead(NoArticle(judged.cause), answer.final_url)
    reserved = reservation_of(judged.headers, judged.body, policy.user_agent.partition("/")[0])
    page = StoredPage(0, 0, url, judged.final_url, judged.content_type, judged.body, judged.fetched_at)
    with Workers(folders, 1) as workers:
        found = await _extracted(workers, page)
    return PageRead(found, judged.final_url, judged.content_type, len(judged.body), written(reserved))


async def _read_file(content: bytes, url: str, folders: tuple[Path, ...]) -> PageRead:
    with Workers(folders, 1) as workers:
        try:
            stated = "" if url else await workers.call(own_address, content, seconds=EXTRACT_SECONDS)
        except WorkerDied as error:
            return PageRead(NoArticle(f"reading it {error}"), UNKNOWN_ADDRESS, size=len(content))
        url = url or stated or UNKNOWN_ADDRESS
        found = await _extracted(workers, StoredPage(0, 0, url, url, "", content, utc_now()))
    return PageRead(found, url, size=len(content))


async def _extracted(workers: Workers, page: StoredPage) -> ExtractedArticle | NoArticle:
    try:
        return await workers.call(extract_job, page, utc_now(), seconds=EXTRACT_SECONDS)
    except WorkerDied as error:
        return NoArticle(f"reading it {error}")
