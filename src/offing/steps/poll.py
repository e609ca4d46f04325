"""poll: feeds are asked for their entries."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from offing.model.feed import DueFeed, FeedKind, FeedState, FeedUpdate, NotAFeed, ParsedFeed, PollOutcome
from offing.model.page import Answer, AnswerKind, Request
from offing.model.run import Ending, Outcome, WorkItem
from offing.model.vocabulary import Verb
from offing.poll import decide_poll
from offing.steps.asking import ask_politely, let_rest
from offing.steps.context import RunContext
from offing.steps.runner import Change
from offing.steps.workers import parse_job, parse_page_job
from offing.store.entry import save_entries
from offing.store.feed import due_feed, save_poll

PARSE_SECONDS = 20
ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
PAGE_ACCEPT = "text/html, application/xhtml+xml, */*;q=0.5"
NEEDS_A_PERSON = frozenset({FeedState.BLOCKED, FeedState.GONE})
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
        """Ask one feed, parse its document in a worker, decide what is to be written."""
        feed = await self.context.read(lambda conn: due_feed(conn, item.item_id))
        answer = await ask_politely(self.context, self._request(feed))
        parsed = await self._parse(feed, answer)
        update = decide_poll(feed, answer, parsed, self.context.clock(), self.context.policy)
        return lambda conn: self._save(conn, feed, answer, update)

    def _request(self, feed: DueFeed) -> Request:
        limit = self.context.policy.feed_limit
        accept = PAGE_ACCEPT if feed.spec.kind is FeedKind.PAGE else ACCEPT
        return Request(feed.spec.url, feed.etag, feed.last_modified, accept=accept, body_limit=limit)

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

    def _save(self, conn: sa.Connection, feed: DueFeed, answer: Answer, update: FeedUpdate) -> Outcome:
        now = self.context.clock()
        new, pages = save_entries(conn, feed.id, update.entries, now)
        save_poll(conn, feed.id, update, now)
        later = update.next_poll_at if update.outcome is PollOutcome.RETRY_LATER else None
        let_rest(conn, self.context, answer, later)
        return Outcome(
            _ENDINGS[update.outcome],
            update.cause,
            feed.spec.url,
            {"entries": new, "new pages": pages},
            due_again=update.next_poll_at,
            notice=self._notice(feed, update),
        )

    def _notice(self, feed: DueFeed, update: FeedUpdate) -> str:
        if update.state is feed.state or update.state not in NEEDS_A_PERSON:
            return ""
        return f"feed {feed.id} {feed.spec.url} is {update.state}: {update.cause} {update.next_step}".strip()
