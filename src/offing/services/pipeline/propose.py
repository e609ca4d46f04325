"""propose: draws candidates from articles and their mentions, and joins them to stories."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import sqlalchemy as sa

from offing import __version__
from offing.model.operation.run import Ending, Outcome, Stamp, WorkItem
from offing.model.projects.project import ProjectFacts
from offing.model.review.candidate import Proposal, Proposed
from offing.model.review.story import Telling
from offing.model.sources.article import Article
from offing.model.values.vocabulary import Verb
from offing.propose.parties.tagged import BY
from offing.services.pipeline.runner import Change
from offing.services.running.reservations import withhold
from offing.services.running.run_context import RunContext
from offing.services.running.workers.analysing import propose_job
from offing.services.stories.affected_tellings import worths
from offing.services.stories.refresh import refresh
from offing.services.stories.repeating import join_as_repeat
from offing.services.stories.settling import Newcomer, StoryDesk, settle
from offing.store.articles.article import get_article, get_mentions, mark_proposed, read_at, save_tagged, text_hash_of
from offing.store.candidates.context import save_context
from offing.store.candidates.mute import held_rules
from offing.store.stories.story import audit_pool, draw, drawn_for, lock_stories
from offing.store.stories.telling import has_tellings

PROPOSE_SECONDS = 60
EMPTY = Proposal(ProjectFacts(), (), (), 0.0)


@dataclass(frozen=True, slots=True)
class Propose:
    """Mention* → Candidate (+ Evidence*, Story)."""

    context: RunContext
    verb: Verb = Verb.PROPOSE
    only: frozenset[int] | None = None

    async def handle(self, item: WorkItem) -> Change:
        """Draw the proposals of one article, in a worker."""
        article = await self.context.read(lambda conn: get_article(conn, item.item_id))
        mentions, mutes = await self.context.read(lambda conn: (get_mentions(conn, article.id), held_rules(conn)))
        found = await self.context.workers.call(propose_job, article, mentions, mutes, seconds=PROPOSE_SECONDS)
        return lambda conn: self._save(conn, article, found)

    def _save(self, conn: sa.Connection, article: Article, found: Proposed) -> Outcome:
        now, cut = self.context.clock(), self.context.scoring.cut
        mark_proposed(conn, article.id, found.score, now)
        save_tagged(conn, article.id, found.tagged, BY)
        save_context(conn, article.id, found.context, self._stamp())
        made = store_tellings(conn, article, found, self._desk())
        withhold(conn, self.context, article.id)
        if found.score < cut:
            return Outcome(Ending.BELOW_CUT, f"score {found.score:.2f} is below {cut:.2f}", article.url)
        return Outcome(Ending.DONE, url=article.url, made={"candidates": made})

    def _desk(self) -> StoryDesk:
        return StoryDesk(self.context.scoring, self._stamp())

    def _stamp(self) -> Stamp:
        return Stamp(self.context.clock(), f"propose {__version__} {self.context.scoring.version}".strip())


def store_tellings(conn: sa.Connection, article: Article, found: Proposed, desk: StoryDesk) -> int:
    """Store an article's tellings in existing or new stories; return how many candidates above the cut that makes.

    Earlier tellings of the article stay as they are, unless they were below the cut.
    """
    lock_stories(conn)
    if has_tellings(conn, article.id):
        return refresh(conn, article, found, desk)
    if not found.proposals:
        return 0
    at = article.published or read_at(conn, article.id)
    text_hash, alone = text_hash_of(conn, article.id), len(found.proposals) == 1
    newcomers = []
    for ordinal, proposal in enumerate(found.proposals):
        telling = Telling(
            id=-1 - ordinal,
            article_id=article.id,
            ordinal=ordinal,
            url=article.url,
            outlet=article.outlet or article.domain,
            language=article.language,
            title=article.title,
            at=at,
            facts=proposal.facts,
            score=proposal.score,
            reasons=proposal.reasons,
            dollars=worths(proposal.facts, at.date()),
            text_hash=text_hash,
            sketch=found.sketch,
            gist=found.gist,
            alone=alone,
        )
        newcomers.append(Newcomer(telling, proposal.evidence))
    if alone and join_as_repeat(conn, newcomers[0], desk):
        return 0
    return settle(conn, (), desk, newcomers).opened


def draw_audit_sample(conn: sa.Connection, context: RunContext) -> int:
    """Fill today's audit sample from what fell below the cut; return how many were drawn.

    The choice is random and repeatable: articles are ordered by a digest of the day and their number.
    """
    now = context.clock()
    day = now.date().isoformat()
    room = context.audit_per_day - drawn_for(conn, day)
    pool = sorted(audit_pool(conn, now, context.scoring.cut), key=lambda number: _lot(day, number))
    for article_id in pool[: max(0, room)]:
        if not has_tellings(conn, article_id):
            desk = StoryDesk(context.scoring, Stamp(now, "audit"))
            store_tellings(conn, get_article(conn, article_id), Proposed((EMPTY,), 0.0), desk)
        draw(conn, article_id, day)
    return min(len(pool), max(0, room))


def _lot(day: str, number: int) -> str:
    return hashlib.sha256(f"{day}:{number}".encode()).hexdigest()
