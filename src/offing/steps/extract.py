"""extract: articles are drawn from pages."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from offing import __version__
from offing.extract import text_hash
from offing.model.article import ExtractedArticle, NoArticle
from offing.model.page import StoredPage
from offing.model.run import Ending, Outcome, Stamp, WorkItem
from offing.model.vocabulary import Verb
from offing.steps.context import RunContext
from offing.steps.runner import Change
from offing.steps.workers import extract_job
from offing.store.article import save_article
from offing.store.page import stored_page
from offing.store.work import enqueue

EXTRACT_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Extract:
    """Page → Article."""

    context: RunContext
    verb: Verb = Verb.EXTRACT
    only: frozenset[int] | None = None

    async def handle(self, item: WorkItem) -> Change:
        """Draw the article from one page, in a worker."""
        page = await self.context.read(lambda conn: stored_page(conn, item.item_id))
        found = await self.context.workers.call(extract_job, page, self.context.clock(), seconds=EXTRACT_SECONDS)
        return lambda conn: self._save(conn, page, found)

    def _save(self, conn: sa.Connection, page: StoredPage, found: ExtractedArticle | NoArticle) -> Outcome:
        if isinstance(found, NoArticle):
            return Outcome(Ending.EMPTY, found.reason, page.url)
        stamp = Stamp(self.context.clock(), f"extract {__version__}")
        article_id = save_article(conn, page.id, found, text_hash(found.paragraphs), stamp)
        if article_id is None:
            return Outcome(Ending.DUPLICATE, f"the page names {found.url} as its address, which is known", page.url)
        enqueue(conn, Verb.RECOGNIZE, article_id, stamp.at)
        return Outcome(Ending.DONE, url=page.url, made={"articles": 1})
