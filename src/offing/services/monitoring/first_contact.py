"""First contact with the real web: some outlets are asked as a run would ask them, and their answers judged together.

One outlet that fails says something of that outlet; what most of them have in common says something of this machine and
its network.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import zip_longest
from statistics import median

from offing.config.files.layers import Layers
from offing.fetch import classify_answer
from offing.model.sources.article import ExtractedArticle
from offing.model.sources.entry import DueEntry
from offing.model.sources.feed import FeedKind, FeedSpec
from offing.model.sources.page import Answer, AnswerKind, FetchProblem, Request, StoredPage
from offing.model.sources.policy import FetchPolicy
from offing.model.values.numbers import counted
from offing.net.client import Client
from offing.redaction import redact
from offing.services.monitoring.feed_check import polled
from offing.services.monitoring.page_read import extracted
from offing.services.monitoring.site_check import Finding
from offing.services.monitoring.visit import Visit
from offing.services.running.run_context import utc_now
from offing.services.running.workers import Workers
from offing.urls import host_of

OUTLETS = 10
EXPECTED = 0.7  # share of outlets that answer with news on a good day: some are down, some refuse foreign addresses
MOST = 0.5  # what more outlets than this share have in common is no trouble of theirs
SKEW = timedelta(minutes=5)  # servers keep time to the second; a date that a cache put there may be older
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
REFUSALS = frozenset({401, 403, 406, 429, 451})
_ADVICE = {
    AnswerKind.DNS: "see to the name servers of this machine (/etc/resolv.conf), and to a firewall before port 53",
    AnswerKind.CONNECT: "see to the firewall: connections to ports 80 and 443 have to be open",
    AnswerKind.TIMEOUT: "see to the firewall, which seems to drop packets to ports 80 and 443",
    AnswerKind.TLS: "something between here and the web presents certificates of its own: have this machine excepted "
    "from it, or its certificate authority added to the system; see also to the clock",
    AnswerKind.BLOCKED_ADDRESS: "names lead to private addresses: a captive portal or a filtering name server answers",
}


@dataclass(frozen=True, slots=True)
class Contact:
    """What one outlet answered.

    Args:
        outlet: its name.
        url: the address of its feed.
        kind: how the exchange ended.
        status: of HTTP, None without an answer.
        cause: why there are no entries, in a sentence; "" where there are.
        seconds: that the exchange took.
        entries: how many the feed has.
        ahead: by how many seconds the clock here is ahead of the server's; None if that does not say its time.
        page: the address of the newest page; "" if none was asked for.
        words: of the article on that page.
        page_cause: why there is no article.
    """

    outlet: str
    url: str
    kind: AnswerKind
    status: int | None
    cause: str
    seconds: float
    entries: int = 0
    ahead: float | None = None
    page: str = ""
    words: int = 0
    page_cause: str = ""


def choose_outlets(feeds: Collection[FeedSpec], most: int = OUTLETS) -> tuple[FeedSpec, ...]:
    """Return feeds of different hosts, as many groups as possible one after the other.

    Args:
        feeds: of a catalogue.
        most: how many to choose.
    """
    groups: dict[str, dict[str, FeedSpec]] = {}
    for each in feeds:
        if each.kind is FeedKind.FEED:
            groups.setdefault(next(iter(each.groups), ""), {}).setdefault(host_of(each.url), each)
    turns = (each for turn in zip_longest(*(group.values() for group in groups.values())) for each in turn if each)
    by_host: dict[str, FeedSpec] = {}
    for each in turns:
        by_host.setdefault(host_of(each.url), each)
    return tuple(by_host.values())[:most]


def meet(specs: Sequence[FeedSpec], policy: FetchPolicy, layers: Layers) -> tuple[Contact, ...]:
    """Ask each feed, robots.txt first, and the newest page of each; nothing is stored."""
    return asyncio.run(_meet(specs, policy, layers))


async def _meet(specs: Sequence[FeedSpec], policy: FetchPolicy, layers: Layers) -> tuple[Contact, ...]:
    async with Client(policy) as client:
        with Workers(layers.folders, 1) as workers:
            return tuple(await asyncio.gather(*(_contact(Visit(client, policy), workers, each) for each in specs)))


async def _contact(visit: Visit, workers: Workers, spec: FeedSpec) -> Contact:
    answer, update = await polled(visit, spec)
    entries = [each for each in update.entries if each.url]
    page, words, why = await _page(visit, workers, entries[0].url) if entries else ("", 0, "")
    return Contact(
        spec.title or host_of(spec.url),
        redact(spec.url),
        answer.kind,
        answer.status,
        "" if entries else update.cause or "the feed has no entries",
        round(answer.seconds, 2),
        len(update.entries),
        _ahead(answer),
        redact(page),
        words,
        why,
    )


async def _page(visit: Visit, workers: Workers, url: str) -> tuple[str, int, str]:
    """Return address, words and trouble of an article's page."""
    answer = await visit.ask(Request(url, body_limit=visit.policy.page_limit))
    judged = classify_answer(DueEntry(0, None, url), answer, utc_now(), visit.policy)
    if isinstance(judged, FetchProblem):
        return url, 0, judged.cause
    page = StoredPage(0, 0, url, judged.final_url, judged.content_type, judged.body, judged.fetched_at)
    found = await extracted(workers, page)
    if isinstance(found, ExtractedArticle):
        return url, sum(len(paragraph.split()) for paragraph in found.paragraphs), ""
    return url, 0, found.reason


def _ahead(answer: Answer) -> float | None:
    """Return by how many seconds the clock here is ahead of that of a server."""
    try:
        theirs = parsedate_to_datetime(answer.headers.get("date", ""))
    except ValueError:
        return None
    return (answer.at - theirs).total_seconds() if theirs.tzinfo else None


def judge(contacts: Sequence[Contact], environment: Mapping[str, str], now: datetime) -> Iterator[Finding]:
    """Yield what the answers say together; `advice` is set where something here is to be mended.

    Args:
        contacts: of all outlets.
        environment: of this process, for proxies that are set in it.
        now: aware UTC.
    """
    news = sum(bool(each.entries) for each in contacts)
    found = f"{news} of {counted(len(contacts), 'outlet')} answer with news"
    causes = tuple(_common(contacts, environment))
    enough = news >= EXPECTED * len(contacts)
    yield Finding("live", found, "" if enough or causes else f"{EXPECTED:.0%} are usual: see the causes above")
    yield from causes
    yield from _clock(contacts, now)
    yield from _articles(contacts)


def _common(contacts: Sequence[Contact], environment: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what more than half of the outlets have in common."""
    kind, count = Counter(each.kind for each in contacts).most_common(1)[0]
    if kind in _ADVICE and count > MOST * len(contacts):
        yield Finding("live", f"{kind} at {count} of {len(contacts)}", _ADVICE[kind] + _proxies(environment))
    refused = sum(each.status in REFUSALS for each in contacts)
    if refused > MOST * len(contacts):
        advice = (
            "they refuse this network or user agent: set OFFING_CONTACT, so that they see who asks, or write to them"
        )
        yield Finding("live", f"{refused} of {len(contacts)} refuse to answer", advice)


def _proxies(environment: Mapping[str, str]) -> str:
    """Return a sentence on proxies that are set, and that offing does not use."""
    names = [name for name in PROXIES if environment.get(name) or environment.get(name.lower())]
    return f"; {' and '.join(names)} is set, but offing connects directly" if names else ""


def _clock(contacts: Iterable[Contact], now: datetime) -> Iterator[Finding]:
    aheads = [each.ahead for each in contacts if each.ahead is not None]
    if not aheads:
        return
    skew = timedelta(seconds=median(aheads))
    if abs(skew) > SKEW:
        way = "ahead of" if skew > timedelta() else "behind"
        minutes = round(abs(skew).total_seconds() / 60)
        found = f"the clock here ({now:%Y-%m-%d %H:%M} UTC) is {minutes} min {way} those of servers"
        yield Finding("live", found, "set it (NTP)")


def _articles(contacts: Sequence[Contact]) -> Iterator[Finding]:
    asked = [each for each in contacts if each.page]
    if asked:
        read = sum(bool(each.words) for each in asked)
        enough = read >= MOST * len(asked)
        advice = "" if enough else "send the output of `offing doctor --live --json`: their pages are not read"
        yield Finding("live", f"{read} of {counted(len(asked), 'page')} hold an article that is read", advice)
