"""propose: candidates are drawn from articles and their mentions, and join the stories they tell."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from offing import __version__
from offing.model.article import Article
from offing.model.candidate import Proposal, Proposed
from offing.model.project import ProjectFacts
from offing.model.run import Ending, Outcome, Stamp, WorkItem
from offing.model.story import StoryView
from offing.model.vocabulary import Verb
from offing.propose import join_story, merge_facts
from offing.steps.context import RunContext
from offing.steps.reserving import withhold
from offing.steps.runner import Change
from offing.steps.workers import propose_job
from offing.store.article import get_article, get_mentions, mark_proposed, text_hash_of
from offing.store.context import save_context
from offing.store.story import (
    audit_pool,
    draw,
    drawn_for,
    start_story,
    stories_around,
    strengthen,
    tell,
    told_before,
)

PROPOSE_SECONDS = 30
STORY_WINDOW = timedelta(days=30)  # wider than any rule of joining, which sees the dates itself
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
        mentions = await self.context.read(lambda conn: get_mentions(conn, item.item_id))
        found = await self.context.workers.call(propose_job, article, mentions, seconds=PROPOSE_SECONDS)
        return lambda conn: self._save(conn, article, found)

    def _save(self, conn: sa.Connection, article: Article, found: Proposed) -> Outcome:
        now, cut = self.context.clock(), self.context.scoring.cut
        mark_proposed(conn, article.id, found.score, now)
        save_context(conn, article.id, found.context, self._stamp())
        made = 0 if told_before(conn, article.id) else self._tell_all(conn, article, found.proposals)
        withhold(conn, self.context, article.id)
        if found.score < cut:
            return Outcome(Ending.BELOW_CUT, f"score {found.score:.2f} is below {cut:.2f}", article.url)
        return Outcome(Ending.DONE, url=article.url, made={"candidates": made})

    def _tell_all(self, conn: sa.Connection, article: Article, proposals: tuple[Proposal, ...]) -> int:
        at = article.published or self.context.clock()
        stories = stories_around(conn, at, STORY_WINDOW, article.id)
        text_hash = text_hash_of(conn, article.id)
        made = 0
        for ordinal, proposal in enumerate(proposals):
            joined = join_story(proposal, article, text_hash, stories, self.context.clock())
            story = next((view for view in stories if view.id == joined), None)
            made += self._tell(conn, article, ordinal, proposal, story)
        return made

    def _tell(
        self, conn: sa.Connection, article: Article, ordinal: int, proposal: Proposal, story: StoryView | None
    ) -> int:
        """Let a proposal join its story or begin one; how many candidates above the cut that makes."""
        above = proposal.score >= self.context.scoring.cut
        if story is not None:
            tell(conn, story.id, article, ordinal, proposal)
            merged = merge_facts(story.facts, proposal.facts)
            strengthen(conn, story.candidate_id, merged, proposal, above_cut=above)
            return 0
        story_id, _ = start_story(conn, article, proposal, self._stamp(), above_cut=above)
        tell(conn, story_id, article, ordinal, proposal)
        return int(above)

    def _stamp(self) -> Stamp:
        return Stamp(self.context.clock(), f"propose {__version__} {self.context.scoring.version}".strip())


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
            article = get_article(conn, article_id)
            story_id, _ = start_story(conn, article, EMPTY, Stamp(now, "audit"), above_cut=False)
            tell(conn, story_id, article, 0, EMPTY)
        draw(conn, article_id, day)
    return min(len(pool), max(0, room))


def _lot(day: str, number: int) -> str:
    return hashlib.sha256(f"{day}:{number}".encode()).hexdigest()
