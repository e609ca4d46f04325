"""`offing db check` finds each thing about stories that should not be."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from factories.telling import DESK, RULES, Piece, arrive_all, number_of, telling_of
from offing.services.monitoring.invariants import broken
from offing.services.stories.actions import StoryChange, merge_stories, split_story, undo_story
from offing.store.database.engine import Database
from offing.store.tables import candidate, evidence, story, story_article
from propose.tellings import FACTS, TEXTS

OTHER = replace(FACTS, countries=("KEN",))
ALONE = sa.select(story_article.c.facts).where(story_article.c.id == 3).scalar_subquery()


@pytest.fixture
def told(database: Database) -> Database:
    """Two stories, of which one took in a third."""
    arrive_all(
        database, Piece("one", FACTS, text=TEXTS[0]), Piece("two", FACTS, 1, text=TEXTS[0]), Piece("far", OTHER, 50)
    )
    merge_stories(database, (1, number_of(database, "far")), StoryChange("ana", DESK.stamp.at, RULES))
    arrive_all(database, Piece("late", FACTS, 90))
    return database


def test_whatever_is_done_all_holds(told: Database) -> None:
    """After joining, parting and taking back nothing is to be found."""
    assert broken(told, RULES) == ()
    split_story(told, 1, (telling_of(told, "two"),), StoryChange("ana", DESK.stamp.at, RULES))
    assert broken(told, RULES) == ()
    undo_story(told, None, StoryChange("ana", DESK.stamp.at, RULES))
    assert broken(told, RULES) == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (sa.update(story_article).where(story_article.c.id == 4).values(story_id=2), "telling 4 stands in story 2"),
        (
            sa.update(story_article).where(story_article.c.id == 4).values(story_id=1),
            "story 3 is reported by no article",
        ),
        (sa.update(story).where(story.c.id == 1).values(merged_into=3), "story 2 leads to 1, which leads on"),
        (sa.update(candidate).where(candidate.c.id == 2).values(merged_into=3), "candidate 2 leads elsewhere"),
        (sa.update(candidate).where(candidate.c.id == 2).values(merged_into=None), "candidate 2 leads elsewhere"),
        (sa.update(evidence).where(evidence.c.telling_id == 1).values(candidate_id=3), "proves candidate 3, though"),
        (sa.update(candidate).where(candidate.c.id == 1).values(outlets=9), "candidate 1 counts other sources"),
        (sa.update(candidate).where(candidate.c.id == 1).values(facts=ALONE), "candidate 1 does not say what its"),
        (
            sa.update(story_article).where(story_article.c.id == 4).values(repeats=1),
            "story 3 has no telling of its own",
        ),
    ],
)
def test_what_should_not_be_is_reported(told: Database, change: sa.Update, words: str) -> None:
    """Each fault is told in a sentence with the numbers that it takes to find it."""
    with told.write() as conn:
        conn.execute(change)
    assert any(words in sentence for sentence in broken(told, RULES))
