"""fetch: the pages of new entries are fetched."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from offing.fetch import judge_page
from offing.model.entry import DueEntry
from offing.model.page import Answer, FetchedPage, FetchProblem, FetchVerdict, Request
from offing.model.run import Ending, Outcome, WorkItem
from offing.model.vocabulary import Verb
from offing.steps.asking import ask_politely, let_rest
from offing.steps.context import RunContext
from offing.steps.runner import Change
from offing.store.entry import due_entry
from offing.store.page import save_page
from offing.store.work import enqueue

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
        request = Request(entry.url, accept=ACCEPT, body_limit=self.context.policy.page_limit)
        answer = await ask_politely(self.context, request)
        found = judge_page(entry, answer, self.context.clock(), self.context.policy)
        return lambda conn: self._save(conn, entry, answer, found)

    def _save(self, conn: sa.Connection, entry: DueEntry, answer: Answer, found: FetchedPage | FetchProblem) -> Outcome:
        if isinstance(found, FetchProblem):
            let_rest(conn, self.context, answer, found.host_until)
            return Outcome(_ENDINGS[found.verdict], found.cause, entry.url, due_again=found.retry_at)
        let_rest(conn, self.context, answer, None)
        page_id, again = save_page(conn, entry.id, found)
        if page_id is None or again:
            return Outcome(Ending.DUPLICATE, f"leads to {found.final_url}, which is known", entry.url)
        enqueue(conn, Verb.EXTRACT, page_id, self.context.clock())
        return Outcome(Ending.DONE, url=entry.url, made={"pages": 1})
