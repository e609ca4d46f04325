"""Upgrades older stories: computes sketches and keys for tellings that were stored without them, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from offing import __version__
from offing.model.operation.run import Stamp
from offing.model.projects.project import ProjectFacts
from offing.model.reading.rules import ScoringRules
from offing.model.review.story import PlacedTelling, Telling
from offing.propose.story import keys_of, minhash_of
from offing.services.matching.match_rules import changing
from offing.services.records.derived_again import candidates_changed
from offing.services.running.pieces import GoOn, to_the_end
from offing.services.stories.affected_tellings import load
from offing.services.stories.settling import StoryDesk, settle
from offing.store.articles.article import get_article
from offing.store.database.engine import Database
from offing.store.stories.story import reasons_at, stored_stories
from offing.store.stories.telling import complete_telling, unsketched

BATCH = 100  # tellings in one transaction


def catch_up(database: Database, scoring: ScoringRules, now: datetime, go_on: GoOn = to_the_end) -> int:
    """Complete the tellings stored before there were sketches, and settle their stories.

    It can be interrupted at any time, and resumes; once done, a further call finds nothing to do. `go_on` is asked
    before each hundred.

    Returns:
        How many tellings were completed.
    """
    desk = StoryDesk(scoring, Stamp(now, f"stories {__version__} {scoring.version}".strip()))
    done = 0
    while go_on():
        with changing(database) as conn:
            found = _complete_some(conn, desk)
        done += found
        if not found:
            break
    return done


def _complete_some(conn: sa.Connection, desk: StoryDesk) -> int:
    some = load(conn, unsketched(conn, BATCH))
    for placed in some.values():
        completed = _completed(conn, placed)
        complete_telling(conn, completed, keys_of(completed).all)
    settled = settle(conn, load(conn, some).values(), desk)
    stands = (placed.story_id for placed in load(conn, some).values() if placed.story_id is not None)
    drawn = {stored.candidate_id for stored in stored_stories(conn, stands).values()}
    # What is derived from them was not computed before either.
    candidates_changed(conn, drawn - settled.changed, desk.stamp.at)
    return len(some)


def _completed(conn: sa.Connection, placed: PlacedTelling) -> Telling:
    """Return a telling with the sketch of its text, unless withheld, and the reasons of its candidate's score."""
    telling = placed.telling
    article = get_article(conn, telling.article_id)
    whole = telling.facts != ProjectFacts() and not article.withheld
    reasons = telling.reasons or (
        reasons_at(conn, placed.story_id, telling.score) if placed.story_id is not None else ()
    )
    return replace(telling, sketch=minhash_of(article.paragraphs) if whole else b"", reasons=reasons)
