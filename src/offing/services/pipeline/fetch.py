"""fetch: fetches the pages of new entries, and fetches those of changed entries again."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from offing.fetch import classify_answer
from offing.model.operation.run import Ending, Outcome, WorkItem
from offing.model.sources.entry import DueEntry, KnownPage
from offing.model.sources.page import Answer, AnswerKind, FetchedPage, FetchProblem, FetchVerdict, Request
from offing.model.values.vocabulary import Verb
from offing.services.pipeline.degraded import with_summary_of_entry
from offing.services.pipeline.runner import Change
from offing.services.running.polite_requests import ask_politely, let_rest
from offing.services.running.reservations import let_go_of_page, with_reservation
from offing.services.running.run_context import RunContext
from offing.store.articles.entry import due_entry
from offing.store.articles.page import save_page
from offing.store.articles.revision import save_change
from offing.store.runs.work import enqueue, make_due

ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
_ENDINGS = {
    FetchVerdict.RETRY: Ending.LATER,
    FetchVerdict.GONE: Ending.REFUSED,
    FetchVerdict.BLOCKED: Ending.REFUSED,
    FetchVerdict.REFUSED: Ending.REFUSED,
    FetchVerdict.UNUSABLE: Ending.EMPTY,
}


@dataclass(frozen=True, slots=True)
class Fetch:
    """Entry → Page."""

    context: RunContext
    verb: Verb = Verb.FETCH
    only: frozenset[int] | None = None

    async def handle(self, item: WorkItem) -> Change:
        """Fetch the page of one entry and judge the answer."""
        entry = await self.context.read(lambda conn: due_entry(conn, item.item_id, item.tries))
        answer = await ask_politely(self.context, self._request(entry))
        found = classify_answer(entry, answer, self.context.clock(), self.context.policy)
        if isinstance(found, FetchedPage):
            found = await with_reservation(self.context, found)
        known = entry.known
        if known is not None:
            return lambda conn: self._save_again(conn, known, answer, found)
        return lambda conn: self._save(conn, entry, answer, found)

    def _request(self, entry: DueEntry) -> Request:
        etag, since = (entry.known.etag, entry.known.last_modified) if entry.known else (None, None)
        return Request(entry.url, etag, since, accept=ACCEPT, body_limit=self.context.policy.page_limit)

    def _save(self, conn: sa.Connection, entry: DueEntry, answer: Answer, found: FetchedPage | FetchProblem) -> Outcome:
        if isinstance(found, FetchProblem):
            let_rest(conn, self.context, answer, found.host_until)
            ended = Outcome(_ENDINGS[found.verdict], found.cause, entry.url, due_again=found.retry_at)
            return with_summary_of_entry(conn, self.context, entry.id, answer, ended)
        let_rest(conn, self.context, answer, None)
        page_id, again = save_page(conn, entry.id, found)
        if page_id is None or again:
            if page_id is not None:
                let_go_of_page(conn, self.context, page_id)
            return Outcome(Ending.DUPLICATE, f"leads to {found.final_url}, which is known", entry.url)
        enqueue(conn, Verb.EXTRACT, page_id, self.context.clock())
        return Outcome(Ending.DONE, url=entry.url, made={"pages": 1})

    def _save_again(
        self, conn: sa.Connection, known: KnownPage, answer: Answer, found: FetchedPage | FetchProblem
    ) -> Outcome:
        """Store a repeated fetch of a known page: nothing, or content to be compared; it is never retried."""
        let_rest(conn, self.context, answer, found.host_until if isinstance(found, FetchProblem) else None)
        if answer.kind is AnswerKind.UNCHANGED:
            return Outcome(Ending.UNCHANGED, "its server says that the page was not changed", answer.url)
        if isinstance(found, FetchProblem):
            ending = Ending.FAILED if found.verdict is FetchVerdict.RETRY else _ENDINGS[found.verdict]
            return Outcome(ending, f"a change was announced, but {found.cause}", answer.url)
        if found.reservation and self.context.policy.honour_reservations:
            return Outcome(Ending.UNCHANGED, "the publisher reserves the changed page, so it is not kept", answer.url)
        if not save_change(conn, known.id, found):
            return Outcome(Ending.UNCHANGED, "the page is the same as before", answer.url)
        make_due(conn, Verb.EXTRACT, known.id, self.context.clock())
        return Outcome(Ending.DONE, "a change was announced, and the page is another", answer.url, {"pages": 1})
