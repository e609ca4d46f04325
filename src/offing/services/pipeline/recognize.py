"""recognize: finds mentions in articles."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from offing.model.operation.run import Ending, Outcome, WorkItem
from offing.model.reading.mention import Mention
from offing.model.sources.article import Article
from offing.model.values.vocabulary import Verb
from offing.services.pipeline.runner import Change
from offing.services.running.run_context import RunContext
from offing.services.running.workers.analysing import recognize_job
from offing.store.articles.article import get_article, save_mentions
from offing.store.runs.work import enqueue, make_due

RECOGNIZE_SECONDS = 120  # a worker's first item loads lexicons: half a minute on a busy machine


@dataclass(frozen=True, slots=True)
class Recognize:
    """Article → Mention*."""

    context: RunContext
    verb: Verb = Verb.RECOGNIZE
    only: frozenset[int] | None = None

    async def handle(self, item: WorkItem) -> Change:
        """Find the mentions of one article, in a worker."""
        article = await self.context.read(lambda conn: get_article(conn, item.item_id))
        found = await self.context.workers.call(recognize_job, article, seconds=RECOGNIZE_SECONDS)
        return lambda conn: self._save(conn, article, found)

    def _save(self, conn: sa.Connection, article: Article, found: tuple[Mention, ...]) -> Outcome:
        save_mentions(conn, article.id, found)
        enqueue(conn, Verb.PROPOSE, article.id, self.context.clock())
        make_due(
            conn, Verb.PROPOSE, article.id, self.context.clock()
        )  # after recognition, the article is proposed from again
        return Outcome(Ending.DONE, url=article.url, made={"mentions": len(found)})
