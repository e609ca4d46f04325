"""extract: draws articles from pages; changes of a known article are stored as a revision."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import sqlalchemy as sa

from offing import __version__
from offing.extract import LOOKED_AT, repeated_lines, text_hash
from offing.fetch import changes
from offing.model.operation.run import Ending, Outcome, Stamp, WorkItem
from offing.model.sources.article import Completeness, ExtractedArticle, NoArticle
from offing.model.sources.page import StoredPage
from offing.model.sources.revision import ArticleText
from offing.model.values.vocabulary import Verb
from offing.services.pipeline.degraded import with_summary_of_page
from offing.services.pipeline.runner import Change
from offing.services.running.reservations import let_go_of_page
from offing.services.running.run_context import RunContext
from offing.services.running.workers.extracting import extract_job
from offing.store.articles.article import save_article
from offing.store.articles.outlet import latest_texts
from offing.store.articles.page import body_of, stored_page
from offing.store.articles.revision import UnreadRevision, drop_revision, save_revision, unread_revision
from offing.store.runs.work import enqueue
from offing.urls import domain_of

EXTRACT_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Extract:
    """Page → Article."""

    context: RunContext
    verb: Verb = Verb.EXTRACT
    only: frozenset[int] | None = None
    repeated: dict[str, frozenset[str]] = field(default_factory=dict)  # by outlet, computed once in a run

    async def handle(self, item: WorkItem) -> Change:
        """Draw the article from one page, in a worker."""
        page, unread = await self.context.read(lambda conn: _due(conn, item.item_id))
        found = await self._drawn(page)
        if unread is None:
            return lambda conn: self._save(conn, page, found)
        if isinstance(found, NoArticle):
            return lambda conn: _drop(conn, page, unread, found.reason)
        diff = await self._compared(page, unread, found)
        return lambda conn: _save_change(conn, page, unread, found, diff)

    async def _drawn(self, page: StoredPage) -> ExtractedArticle | NoArticle:
        repeated = await self._repeated(page)
        return await self.context.workers.call(
            extract_job, page, self.context.clock(), repeated, seconds=EXTRACT_SECONDS
        )

    async def _repeated(self, page: StoredPage) -> frozenset[str]:
        """Return the lines that the outlet repeats in many of its articles."""
        domain = domain_of(page.final_url)
        if domain not in self.repeated:
            texts = await self.context.read(lambda conn: latest_texts(conn, domain, LOOKED_AT))
            self.repeated[domain] = repeated_lines(texts)
        return self.repeated[domain]

    async def _compared(self, page: StoredPage, unread: UnreadRevision, found: ExtractedArticle) -> str:
        """Return the diff of a change, with both contents read by today's rules: a change of rules is no change."""
        content = await self.context.read(lambda conn: body_of(conn, unread.sha256_before))
        again = await self._drawn(replace(page, body=content))
        before = unread.before if isinstance(again, NoArticle) else ArticleText(again.title, again.paragraphs)
        after = ArticleText(found.title, found.paragraphs)
        return await self.context.workers.call(changes, before, after, seconds=EXTRACT_SECONDS)

    def _save(self, conn: sa.Connection, page: StoredPage, found: ExtractedArticle | NoArticle) -> Outcome:
        if isinstance(found, NoArticle):
            return self._without(conn, page, found)
        stamp = Stamp(self.context.clock(), f"extract {__version__}")
        article_id = save_article(conn, page.id, found, text_hash(found.paragraphs), stamp)
        if article_id is None:
            let_go_of_page(conn, self.context, page.id)
            return Outcome(Ending.DUPLICATE, f"the page names {found.url} as its address, which is known", page.url)
        enqueue(conn, Verb.RECOGNIZE, article_id, stamp.at)
        return Outcome(Ending.DONE, url=page.url, made={"articles": 1})

    def _without(self, conn: sa.Connection, page: StoredPage, found: NoArticle) -> Outcome:
        let_go_of_page(conn, self.context, page.id)
        ended = Outcome(Ending.EMPTY, found.reason, page.url)
        if found.obstacle is None:
            return ended
        return with_summary_of_page(conn, self.context, page.entry_id, page.id, ended)


def _due(conn: sa.Connection, page_id: int) -> tuple[StoredPage, UnreadRevision | None]:
    """Return a page, with its changed content if some was fetched that is unread."""
    page, unread = stored_page(conn, page_id), unread_revision(conn, page_id)
    return (replace(page, body=body_of(conn, unread.sha256)), unread) if unread else (page, None)


def _drop(conn: sa.Connection, page: StoredPage, unread: UnreadRevision, why: str) -> Outcome:
    drop_revision(conn, unread)
    return Outcome(Ending.UNCHANGED, f"the text as first read stays: {why}", page.url)


def _save_change(
    conn: sa.Connection, page: StoredPage, unread: UnreadRevision, found: ExtractedArticle, diff: str
) -> Outcome:
    """Store a change as a revision. A text that is now cut short was not changed by its author but by a paywall."""
    if not diff:
        return _drop(conn, page, unread, "only what stands around it was changed")
    if found.completeness is not Completeness.COMPLETE and unread.completeness is Completeness.COMPLETE:
        return _drop(conn, page, unread, found.completeness_sign or "the page now shows a part of it only")
    save_revision(conn, unread, found, text_hash(found.paragraphs), diff)
    return Outcome(Ending.DONE, "its outlet has changed the article", page.url, {"revisions": 1})
