"""recognize: mentions are found in articles."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from offing.model.article import Article
from offing.model.mention import Mention
from offing.model.run import Ending, Outcome, WorkItem
from offing.model.vocabulary import Verb
from offing.steps.context import RunContext
from offing.steps.runner import Change
from offing.steps.workers.analysing import recognize_job
from offing.store.article import get_article, save_mentions
from offing.store.work import enqueue, make_due

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
        )  # what is recognized again is proposed from again
        return Outcome(Ending.DONE, url=article.url, made={"mentions": len(found)})
