"""Updates the tellings of an article that was read again."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from offing.model.review.candidate import Proposed
from offing.model.review.story import PlacedTelling
from offing.model.sources.article import Article
from offing.propose.story import keys_of
from offing.services.records.derived_again import candidates_changed
from offing.services.stories.affected_tellings import worths
from offing.services.stories.repeating import let_stand_alone
from offing.services.stories.settling import StoryDesk, settle
from offing.store.stories.story import lock_stories, stored_stories
from offing.store.stories.telling import rewrite_telling, tellings_in


def refresh(conn: sa.Connection, article: Article, found: Proposed, desk: StoryDesk) -> int:
    """Update the tellings of an article from a new reading; return how many candidates that brings above the cut.

    Decided stories stay as they are. Tellings above the cut keep their facts but are matched again, since they may name
    a project that is known by now. Tellings below it get those of the best proposal.
    """
    lock_stories(conn)
    earlier = tellings_in(conn, [article.id])
    stories = stored_stories(conn, {each.story_id for each in earlier.values() if each.story_id is not None})
    if any(stored.decided for stored in stories.values()):
        return 0
    if max(each.telling.score for each in earlier.values()) >= desk.scoring.cut:
        candidates_changed(conn, {stored.candidate_id for stored in stories.values()}, desk.stamp.at)
        return 0
    if found.score < desk.scoring.cut:
        return 0
    let_stand_alone(conn, earlier)
    now = _with_proposal(replace(earlier[min(earlier)], repeats=None), found)
    rewrite_telling(conn, now.telling, found.proposals[0].evidence, keys_of(now.telling).all)
    return max(1, settle(conn, [now], desk).opened)


def _with_proposal(placed: PlacedTelling, found: Proposed) -> PlacedTelling:
    best = found.proposals[0]
    worth = worths(best.facts, placed.telling.at.date())
    telling = replace(placed.telling, facts=best.facts, score=best.score, reasons=best.reasons, gist=found.gist)
    return replace(placed, telling=replace(telling, dollars=worth))
