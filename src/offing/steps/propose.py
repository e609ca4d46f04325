"""propose: candidates are drawn from articles and their mentions, and join the stories they tell."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import sqlalchemy as sa

from offing import __version__
from offing.model.article import Article
from offing.model.candidate import Proposal, Proposed
from offing.model.project import ProjectFacts
from offing.model.run import Ending, Outcome, Stamp, WorkItem
from offing.model.story import Telling
from offing.model.vocabulary import Verb
from offing.propose.mutes import heard
from offing.steps.context import RunContext
from offing.steps.repeating import join_as_repeat
from offing.steps.reserving import withhold
from offing.steps.runner import Change
from offing.steps.stories import Newcomer, StoryDesk, settle
from offing.steps.story_region import worths
from offing.steps.telling_anew import tell_anew
from offing.steps.workers.analysing import propose_job
from offing.store.article import get_article, get_mentions, mark_proposed, read_at, text_hash_of
from offing.store.context import save_context
from offing.store.mute import held_rules
from offing.store.story import audit_pool, draw, drawn_for, lock_stories
from offing.store.telling import told_before

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
        mentions = await self.context.read(
            lambda conn: heard(get_mentions(conn, article.id), article, held_rules(conn))
        )
        found = await self.context.workers.call(propose_job, article, mentions, seconds=PROPOSE_SECONDS)
        return lambda conn: self._save(conn, article, found)

    def _save(self, conn: sa.Connection, article: Article, found: Proposed) -> Outcome:
        now, cut = self.context.clock(), self.context.scoring.cut
        mark_proposed(conn, article.id, found.score, now)
        save_context(conn, article.id, found.context, self._stamp())
        made = tell(conn, article, found, self._desk())
        withhold(conn, self.context, article.id)
        if found.score < cut:
            return Outcome(Ending.BELOW_CUT, f"score {found.score:.2f} is below {cut:.2f}", article.url)
        return Outcome(Ending.DONE, url=article.url, made={"candidates": made})

    def _desk(self) -> StoryDesk:
        return StoryDesk(self.context.scoring, self._stamp())

    def _stamp(self) -> Stamp:
        return Stamp(self.context.clock(), f"propose {__version__} {self.context.scoring.version}".strip())


def tell(conn: sa.Connection, article: Article, found: Proposed, desk: StoryDesk) -> int:
    """Let what an article tells join its stories or begin new ones; how many candidates above the cut that makes.

    What an article told before stays as it is, unless that counted for nothing.
    """
    lock_stories(conn)
    if told_before(conn, article.id):
        return tell_anew(conn, article, found, desk)
    if not found.proposals:
        return 0
    at = article.published or read_at(conn, article.id)
    text_hash, alone = text_hash_of(conn, article.id), len(found.proposals) == 1
    newcomers = []
    for ordinal, proposal in enumerate(found.proposals):
        told = Telling(
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
        newcomers.append(Newcomer(told, proposal.evidence))
    if alone and join_as_repeat(conn, newcomers[0], desk):
        return 0
    return settle(conn, (), desk, newcomers).opened


def draw_audit_sample(conn: sa.Connection, context: RunContext) -> int:
    """Fill today's audit sample from what fell below the cut; how many were drawn.

    The choice is random and repeatable: articles are ordered by a digest of the day and their number.
    """
    now = context.clock()
    day = now.date().isoformat()
    room = context.audit_per_day - drawn_for(conn, day)
    pool = sorted(audit_pool(conn, now, context.scoring.cut), key=lambda number: _lot(day, number))
    for article_id in pool[: max(0, room)]:
        if not told_before(conn, article_id):
            desk = StoryDesk(context.scoring, Stamp(now, "audit"))
            tell(conn, get_article(conn, article_id), Proposed((EMPTY,), 0.0), desk)
        draw(conn, article_id, day)
    return min(len(pool), max(0, room))


def _lot(day: str, number: int) -> str:
    return hashlib.sha256(f"{day}:{number}".encode()).hexdigest()
