"""Who does something is told whether it was done: once it was, a second time there is nothing to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from factories.candidate import NOW
from factories.run import holding
from offing.model.reading.mention import MentionKind
from offing.model.review.decision import Judgement
from offing.model.review.mute import Mute
from offing.model.review.second_reading import SecondReading
from offing.model.review.story import StoredStory
from offing.store.candidates import lease, mute, saved_filter, second_reading
from offing.store.database.engine import Database
from offing.store.runs import run
from offing.store.stories import repeat, story
from store.grids import (
    Ids,
    stored_ids,
)

LATER, LONG = NOW + timedelta(minutes=1), timedelta(days=40)
Ask = Callable[[sa.Connection, Ids], object]
ONCE: dict[str, tuple[Ask, Ask, Ask]] = {
    "a candidate is taken over": (
        lambda conn, ids: lease.take(conn, ids.mine, "bo", NOW),
        lambda conn, ids: lease.take_over(conn, ids.mine, "eve", "bo", NOW),
        lambda conn, ids: lease.take_over(conn, ids.mine, "eve", "bo", NOW),
    ),
    "a filter is let go": (
        lambda conn, _: saved_filter.save_filter(conn, "bo", "mine", "", NOW),
        lambda conn, _: saved_filter.drop_filter(conn, "bo", "mine"),
        lambda conn, _: saved_filter.drop_filter(conn, "bo", "mine"),
    ),
    "a second reading is taken back": (
        lambda conn, ids: second_reading.append(conn, SecondReading(ids.mine, Judgement.REJECT, "bo", NOW)),
        lambda conn, ids: second_reading.take_back(conn, SecondReading(ids.mine, Judgement.REJECT, "bo", NOW), LATER),
        lambda conn, ids: second_reading.take_back(conn, SecondReading(ids.mine, Judgement.REJECT, "bo", NOW), LATER),
    ),
    "a mute is taken back": (
        lambda conn, _: mute.add_mute(conn, Mute(MentionKind.FIRM, "bo"), "bo", NOW, ""),
        lambda conn, _: mute.undo_mute(conn, 1, "eve", LATER),
        lambda conn, _: mute.undo_mute(conn, 1, "eve", LATER),
    ),
    "a lock is kept": (
        lambda conn, ids: run.take_lock(conn, ids.runs[1], holding("here"), NOW, LONG),
        lambda conn, ids: run.renew_lock(conn, ids.runs[1], LATER),
        lambda conn, ids: run.renew_lock(conn, ids.runs[2], LATER),
    ),
    "a story leads to another": (
        lambda _, __: None,
        lambda conn, ids: story.lead_to(conn, *_two(conn, ids)),
        lambda conn, ids: story.lead_to(conn, *_two(conn, ids)),
    ),
    "an outlet repeats": (
        lambda _, __: None,
        lambda conn, ids: repeat.note_repeat(conn, ids.tellings[1], "bo", NOW),
        lambda conn, ids: repeat.note_repeat(conn, ids.tellings[1], "bo", NOW),
    ),
}


def _two(conn: sa.Connection, ids: Ids) -> tuple[StoredStory, StoredStory]:
    stored = story.stored_stories(conn, ids.stories)
    return stored[ids.stories[1]], stored[ids.stories[0]]


@pytest.mark.parametrize("asked", ONCE.values(), ids=ONCE)
def test_who_does_something_hears_whether_it_was_done(database: Database, asked: tuple[Ask, Ask, Ask]) -> None:
    """Once it was; a second time there is nothing to do."""
    first, done, again = asked
    with database.write() as conn:
        ids = stored_ids(conn)
        first(conn, ids)
        assert done(conn, ids) is True
        assert again(conn, ids) is False
