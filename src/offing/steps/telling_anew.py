"""What an article tells now that it was read once more, where it told nothing that counts before."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from offing.model.article import Article
from offing.model.candidate import Proposed
from offing.model.story import PlacedTelling
from offing.propose.story import keys_of
from offing.steps.changed import candidates_changed
from offing.steps.repeating import let_stand_alone
from offing.steps.stories import StoryDesk, settle
from offing.steps.story_region import worths
from offing.store.story import lock_stories, stored_stories
from offing.store.telling import rewrite_telling, tellings_in


def tell_anew(conn: sa.Connection, article: Article, found: Proposed, desk: StoryDesk) -> int:
    """Let an article that has tellings say what it says now; how many candidates that brings above the cut.

    What somebody decided on stays as it is. What stood above the cut keeps what it says, and is matched anew, since it
    may name a project that is known now. What stood below it says what the best proposal does.
    """
    lock_stories(conn)
    told = tellings_in(conn, [article.id])
    stories = stored_stories(conn, {each.story_id for each in told.values() if each.story_id is not None})
    if any(stored.decided for stored in stories.values()):
        return 0
    if max(each.telling.score for each in told.values()) >= desk.scoring.cut:
        candidates_changed(conn, {stored.candidate_id for stored in stories.values()}, desk.stamp.at)
        return 0
    if found.score < desk.scoring.cut:
        return 0
    let_stand_alone(conn, told)
    now = _saying(replace(told[min(told)], repeats=None), found)
    rewrite_telling(conn, now.telling, found.proposals[0].evidence, keys_of(now.telling).all)
    return max(1, settle(conn, [now], desk).opened)


def _saying(placed: PlacedTelling, found: Proposed) -> PlacedTelling:
    best = found.proposals[0]
    worth = worths(best.facts, placed.telling.at.date())
    said = replace(placed.telling, facts=best.facts, score=best.score, reasons=best.reasons, gist=found.gist)
    return replace(placed, telling=replace(said, dollars=worth))
