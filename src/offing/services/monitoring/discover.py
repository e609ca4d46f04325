"""Finds the feeds and news sitemaps of a site: each clue is tried once, and counts only if its document parses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from offing.model.sources.entry import AnnouncedEntry
from offing.model.sources.feed import FeedForm, NotAFeed, ParsedFeed
from offing.model.sources.links import LinkRule
from offing.model.sources.page import BLOCKED_KINDS, Answer, AnswerKind, Request
from offing.model.sources.policy import FetchPolicy
from offing.net.client import Client
from offing.poll import parse_feed, parse_links
from offing.poll.listings.discover import (
    FEED_PATHS,
    NEWS_PATHS,
    Clue,
    ClueKind,
    index_clues,
    page_clues,
    robots_clues,
    usual_clues,
)
from offing.services.monitoring.visit import Visit
from offing.urls import feed_key

MOST_ASKED = 40  # requests of one search


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that was found and parses. `same_as` is the number (from 1) of the one that announces the same."""

    url: str
    kind: ClueKind
    form: FeedForm
    title: str
    entries: int
    newest: datetime | None
    problems: tuple[str, ...] = ()
    same_as: int | None = None


@dataclass(slots=True)
class FeedSearch:
    """The result of a search: feeds found, the page itself as a watched page, sentences on the rest."""

    url: str
    found: list[FoundFeed] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    asked: int = 0
    page: tuple[AnnouncedEntry, ...] = ()
    reached: bool = True


def discover(url: str, policy: FetchPolicy, tell: Callable[[str], None], *, everywhere: bool = False) -> FeedSearch:
    """Search a site for feeds.

    Args:
        url: a page of the site.
        policy: limits and manners of fetching.
        tell: called with each address before it is requested.
        everywhere: try the usual places even if the site names its feeds itself.
    """
    return asyncio.run(_discover(url, policy, tell, everywhere=everywhere))


async def _discover(url: str, policy: FetchPolicy, tell: Callable[[str], None], *, everywhere: bool) -> FeedSearch:
    async with Client(policy) as client:
        searcher = _Searcher(Visit(client, policy, tell), FeedSearch(url))
        await searcher.run(everywhere=everywhere)
        searcher.search.asked = searcher.visit.asked
        return searcher.search


@dataclass(slots=True)
class _Searcher:
    """A search in progress. `seen` has the identities of requested addresses, `announced` the entries of each feed."""

    visit: Visit
    search: FeedSearch
    seen: set[str] = field(default_factory=set)
    announced: list[frozenset[str]] = field(default_factory=list)

    async def run(self, *, everywhere: bool) -> None:
        """Try the page, what it names, what robots.txt names, and the usual places."""
        answer = await self._page()
        if not self.search.reached:
            return
        base = answer.final_url
        await self._try(page_clues(answer.body, answer.headers.get("content-type", ""), base) if answer.body else ())
        has_feed = bool(self.search.found)
        await self._try(robots_clues(await self.visit.robots(base), base))
        has_news = any(found.form is FeedForm.SITEMAP for found in self.search.found)
        if everywhere or not has_feed:
            await self._try(usual_clues(base, FEED_PATHS))
        if everywhere or not (has_news or has_feed):
            await self._try(usual_clues(base, NEWS_PATHS))
        if has_feed and not everywhere:
            self.search.notes.append(
                "the usual places were not asked, since the site names its feeds (--all asks them)"
            )

    async def _page(self) -> Answer:
        """Request the page itself, once: it may be a feed, name feeds, or be worth watching."""
        policy = self.visit.policy
        request = Request(self.search.url, accept="text/html, */*;q=0.8", body_limit=policy.page_limit)
        answer = await self.visit.ask(request)
        self.seen |= {feed_key(answer.url), feed_key(answer.final_url)}
        if answer.kind is not AnswerKind.OK:
            why = answer.detail or f"its server answers {answer.status}"
            self.search.notes.append(f"{self.search.url}: {why}")
            self.search.reached = answer.kind is AnswerKind.HTTP_ERROR
            if answer.kind is AnswerKind.ROBOTS or answer.kind in BLOCKED_KINDS:
                self.search.notes.append("nothing else was asked")
            return answer
        kind = answer.headers.get("content-type", "")
        parsed = parse_feed(answer.body, kind, answer.final_url, answer.at)
        if isinstance(parsed, ParsedFeed):
            self._take(Clue(answer.final_url, ClueKind.ITSELF), answer, parsed)
        else:
            page = parse_links(answer.body, kind, answer.final_url, answer.at, LinkRule())
            self.search.page = page.entries if isinstance(page, ParsedFeed) else ()
        return answer

    async def _try(self, clues: Iterable[Clue]) -> None:
        """Try one clue after the other; a sitemap index is opened one level."""
        for clue in clues:
            answer = await self._asked(clue)
            if answer is None:
                continue
            kind = answer.headers.get("content-type", "")
            inner = index_clues(answer.body, kind, answer.final_url) if clue.kind is not ClueKind.INDEX else ()
            parsed = parse_feed(answer.body, kind, answer.final_url, answer.at)
            if inner:
                await self._try(inner)
            elif isinstance(parsed, ParsedFeed) and parsed.entries:
                self._take(clue, answer, parsed)
            elif clue.kind is not ClueKind.PATH:
                self._miss(clue, parsed)

    async def _asked(self, clue: Clue) -> Answer | None:
        """Return the document of a clue; None if it was requested before or fails."""
        if feed_key(clue.url) in self.seen:
            return None
        self.seen.add(feed_key(clue.url))
        if self.visit.asked >= MOST_ASKED:
            self._note(f"the search ended after {MOST_ASKED} requests")
            return None
        answer = await self.visit.ask(Request(clue.url, body_limit=self.visit.policy.feed_limit))
        if answer.kind is not AnswerKind.OK:
            if clue.kind is not ClueKind.PATH:
                why = answer.detail or f"its server answers {answer.status}"
                self._note(f"{clue.url}, named by {clue.kind}: {why}")
            return None
        is_known = feed_key(answer.final_url) in self.seen - {feed_key(clue.url)}
        self.seen.add(feed_key(answer.final_url))
        return None if is_known else answer

    def _take(self, clue: Clue, answer: Answer, parsed: ParsedFeed) -> None:
        keys = frozenset(entry.url_key for entry in parsed.entries)
        same = self.announced.index(keys) + 1 if keys in self.announced else None
        self.announced.append(keys)
        newest = max((entry.published for entry in parsed.entries if entry.published), default=None)
        self.search.found.append(
            FoundFeed(
                answer.final_url,
                clue.kind,
                parsed.form,
                parsed.title,
                len(parsed.entries),
                newest,
                parsed.problems,
                same,
            )
        )

    def _miss(self, clue: Clue, parsed: ParsedFeed | NotAFeed) -> None:
        why = parsed.reason if isinstance(parsed, NotAFeed) else "it announces nothing now"
        self._note(f"{clue.url}, named by {clue.kind}: {why}")

    def _note(self, sentence: str) -> None:
        if sentence not in self.search.notes:
            self.search.notes.append(sentence)
