"""Stories of before there were sketches and keys are brought up once."""

from __future__ import annotations

import sqlalchemy as sa

from factories.telling import DAY, DESK, RULES, Piece, arrive_all, number_of, snapshot, stories
from offing.model.review.candidate import Reason
from offing.services.stories.catch_up import BATCH, catch_up
from offing.store.database.engine import Database
from offing.store.tables import article, candidate, story_article, story_key
from propose.tellings import FACTS, TEXTS

REASONS = (Reason("party-in-title", 1.0, "The title names Huawei."),)


def forget(database: Database) -> None:
    """Leave stories as they were before: no sketches, no keys, no reasons of tellings, each in a story of its own."""
    with database.write() as conn:
        conn.execute(sa.delete(story_key))
        conn.execute(sa.update(story_article).values(sketch=None, reasons=None, stood_in=None, at=None))


def test_what_was_kept_before_is_completed_once(database: Database) -> None:
    """Sketches, keys, times and reasons come back as if each article had just come in; a second time does nothing."""
    arrive_all(database, Piece("one", FACTS, text=TEXTS[0], reasons=REASONS), Piece("far", FACTS, 60, text=TEXTS[1]))
    with database.read() as conn:
        before, keys = stories(conn), set(conn.execute(sa.select(story_key)))
    forget(database)
    assert catch_up(database, RULES, DAY) == 2
    with database.read() as conn:
        assert stories(conn) == before
        assert set(conn.execute(sa.select(story_key))) == keys
        first = conn.execute(sa.select(story_article.c.reasons).order_by(story_article.c.id)).scalars().first()
    assert first == [{"name": "party-in-title", "weight": 1.0, "text": "The title names Huawei."}]
    now = snapshot(database)
    assert catch_up(database, RULES, DAY) == 0
    assert snapshot(database) == now


def test_stories_that_were_missed_are_joined(sqlite_database: Database) -> None:
    """Two candidates of before that tell the same news become one; texts that were let go have no sketch."""
    arrive_all(sqlite_database, Piece("one", FACTS, text=TEXTS[0]))
    forget(sqlite_database)
    arrive_all(sqlite_database, Piece("two", FACTS, 1, text=TEXTS[1]))
    forget(sqlite_database)
    assert number_of(sqlite_database, "one") != number_of(sqlite_database, "two")
    with sqlite_database.write() as conn:
        conn.execute(sa.update(article).where(article.c.title == "one").values(withheld_at=DAY))
    assert catch_up(sqlite_database, RULES, DESK.stamp.at) == 2
    assert number_of(sqlite_database, "one") == number_of(sqlite_database, "two") == 1
    with sqlite_database.read() as conn:
        sketches = conn.execute(sa.select(story_article.c.sketch).order_by(story_article.c.id)).scalars().all()
        assert [len(each) for each in sketches] == [0, 516]
        assert conn.execute(sa.select(candidate.c.merged_into).order_by(candidate.c.id)).scalars().all() == [None, 1]
    assert BATCH > 2
