"""poll: asks feeds for their entries."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

import sqlalchemy as sa

from offing.model.operation.run import Ending, Outcome, WorkItem
from offing.model.sources.feed import (
    Alarm,
    DueFeed,
    FeedAlarm,
    FeedKind,
    FeedState,
    FeedUpdate,
    NotAFeed,
    ParsedFeed,
    PollOutcome,
)
from offing.model.sources.page import BLOCKED_KINDS, Answer, AnswerKind, Request
from offing.model.values.vocabulary import Verb
from offing.poll import decide_poll, join_parts, judge_alarm
from offing.services.pipeline.runner import Change
from offing.services.running.polite_requests import ask_politely, let_rest
from offing.services.running.run_context import RunContext
from offing.services.running.workers.parsing import parse_job, parse_page_job
from offing.store.articles.entry import save_entries
from offing.store.feeds.feed import due_feed, save_alarm, save_poll
from offing.store.feeds.poll import known_entries, record_poll, rename_entries

PARSE_SECONDS = 20
ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
PAGE_ACCEPT = "text/html, application/xhtml+xml, */*;q=0.5"
NEEDS_A_PERSON = frozenset({FeedState.BLOCKED, FeedState.GONE})
_ADJECTIVES = {FeedAlarm.ENDLESS_304: "hiding news behind 304"}
_ENDINGS = {
    PollOutcome.OK: Ending.DONE,
    PollOutcome.PARTIAL: Ending.DONE,
    PollOutcome.MOVED: Ending.DONE,
    PollOutcome.UNCHANGED: Ending.UNCHANGED,
    PollOutcome.RETRY_LATER: Ending.FAILED,
    PollOutcome.ERROR: Ending.FAILED,
    PollOutcome.GONE: Ending.FAILED,
    PollOutcome.BLOCKED: Ending.REFUSED,
    PollOutcome.SKIP: Ending.REFUSED,
}


@dataclass(frozen=True, slots=True)
class Poll:
    """Feed → Entry."""

    context: RunContext
    verb: Verb = Verb.POLL
    only: frozenset[int] | None = None

    async def handle(self, item: WorkItem) -> Change:
        """Ask one feed, parse its document in a worker, and decide what to write."""
        now = self.context.clock()
        feed = await self.context.read(lambda conn: due_feed(conn, item.item_id, now))
        answer = await ask_politely(self.context, self._request(feed))
        parsed = await self._parse(feed, answer)
        if isinstance(parsed, ParsedFeed) and parsed.parts:
            answer, parsed = await self._with_parts(feed, answer, parsed)
        if isinstance(parsed, ParsedFeed):
            entries = parsed.entries
            known = await self.context.read(lambda conn: known_entries(conn, feed.id, entries))
            feed = replace(feed, known=known)
        update = decide_poll(feed, answer, parsed, self.context.clock(), self.context.policy)
        return lambda conn: self._save(conn, feed, answer, update)

    def _request(self, feed: DueFeed) -> Request:
        limit = self.context.policy.feed_limit
        accept = PAGE_ACCEPT if feed.spec.kind is FeedKind.PAGE else ACCEPT
        return Request(feed.spec.url, feed.etag, feed.last_modified, accept=accept, body_limit=limit, cut_at_limit=True)

    async def _parse(self, feed: DueFeed, answer: Answer) -> ParsedFeed | NotAFeed | None:
        if answer.kind is not AnswerKind.OK:
            return None
        kind = answer.headers.get("content-type", "")
        now, zone = self.context.clock(), feed.spec.timezone
        if feed.spec.kind is FeedKind.PAGE:
            page = (answer.body, kind, answer.final_url, now, feed.spec)
            return await self.context.workers.call(parse_page_job, *page, seconds=PARSE_SECONDS)
        return await self.context.workers.call(
            parse_job, answer.body, kind, answer.final_url, now, zone, seconds=PARSE_SECONDS
        )

    async def _with_parts(
        self, feed: DueFeed, answer: Answer, index: ParsedFeed
    ) -> tuple[Answer, ParsedFeed | NotAFeed | None]:
        """Return a sitemap index with the entries of its likeliest parts; the refusal if all of them are refused."""
        read: list[tuple[str, ParsedFeed | NotAFeed | str]] = []
        refused: list[Answer] = []
        for url in index.parts:
            await asyncio.sleep(self.context.policy.host_delay.total_seconds())
            part = await ask_politely(
                self.context, replace(self._request(feed), url=url, etag=None, last_modified=None)
            )
            refused += [part] if part.kind in BLOCKED_KINDS else []
            read.append((url, await self._parse(feed, part) or part.detail))
        if refused and len(refused) == len(read):
            return replace(refused[0], url=answer.url), None
        return answer, join_parts(index, read)

    def _save(self, conn: sa.Connection, feed: DueFeed, answer: Answer, update: FeedUpdate) -> Outcome:
        now = self.context.clock()
        rename_entries(conn, feed.id, update.renamed)
        new, pages = save_entries(conn, feed.id, update.entries, now)
        save_poll(conn, feed.id, update, now)
        alarm = self._remember(conn, feed, update, new)
        later = update.next_poll_at if update.outcome is PollOutcome.RETRY_LATER else None
        let_rest(conn, self.context, answer, later)
        return Outcome(
            _ENDINGS[update.outcome],
            update.cause,
            feed.spec.url,
            {"entries": new, "new pages": pages},
            due_again=update.next_poll_at,
            notice=_notice(feed, update, alarm),
        )

    def _remember(self, conn: sa.Connection, feed: DueFeed, update: FeedUpdate, new: int) -> Alarm | None:
        """Store the exchange and what follows for a feed that answers; return its alarm, if there is one.

        Pruned entries that are announced again are not new, which only the store knows.
        """
        exchange = replace(update.exchange, new_entries=new)
        record_poll(conn, feed.id, exchange)
        if update.state is not FeedState.HEALTHY:
            return None
        alarm = judge_alarm((exchange, *feed.history), exchange.at, feed.alarm)
        save_alarm(conn, feed.id, alarm, feed.alarm, exchange.at)
        return alarm


def _notice(feed: DueFeed, update: FeedUpdate, alarm: Alarm | None) -> str:
    """Return a one-time notice for operators: a feed that newly needs a person, or is newly odd; else ""."""
    clauses = []
    if update.state is not feed.state and update.state in NEEDS_A_PERSON:
        clauses.append(f"is {update.state}: {update.cause} {update.next_step}".strip())
    if alarm and alarm.kind is not feed.alarm:
        clauses.append(f"is {_ADJECTIVES.get(alarm.kind, alarm.kind)}: {alarm.cause} {alarm.next_step}")
    return f"feed {feed.id} {feed.spec.url} {'; it '.join(clauses)}" if clauses else ""
