"""Long work stops between two of its pieces where it is told to, and is gone on with by the next call."""

from __future__ import annotations

from pathlib import Path

import pytest

from factories.candidate import NOW, stored_candidate
from factories.telling import DAY, RULES, Piece, arrive_all
from offing.model.review.candidate import CandidateState
from offing.services.known_projects import naming, rescreen
from offing.services.pipeline import redrawing
from offing.services.records.promote import promote_accepted
from offing.services.running.pieces import GoOn
from offing.services.stories import catch_up as story_catch_up
from offing.store.database.engine import Database
from offing.store.records.known_project import keep_known
from propose.tellings import FACTS, TEXTS
from services.known_projects.test_naming import BARE, DAM, LOTUS, reader
from services.known_projects.test_rescreen import Room, learn, plain
from services.pipeline.test_redrawing import filled, otherwise
from services.stories.test_story_catch_up import forget


def times(number: int) -> GoOn:
    """Says so often that work goes on, then no more."""
    answers = iter([True] * number)
    return lambda: next(answers, False)


def test_old_stories(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are completed a hundred at a time."""
    monkeypatch.setattr(story_catch_up, "BATCH", 1)
    pieces = [Piece("one", FACTS, text=TEXTS[0]), Piece("far", FACTS, 60, text=TEXTS[1])]
    arrive_all(sqlite_database, *pieces)
    forget(sqlite_database)
    assert [story_catch_up.catch_up(sqlite_database, RULES, DAY, times(1)) for _ in range(3)] == [1, 1, 0]


@pytest.mark.slow
def test_keys(sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of known projects first, then those of candidates."""
    monkeypatch.setattr(redrawing, "BATCH", 1)
    monkeypatch.setattr(redrawing, "_AT_ONCE", 1)
    filled(sqlite_database)
    site, _ = otherwise(sqlite_database, tmp_path / "site")
    done = [redrawing.redraw(site, go_on=times(each)) for each in (0, 1, 3)]
    assert [(each.known, each.candidates) for each in done] == [(0, 0), (1, 0), (1, 1)]


def test_names(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are read some hundred projects at a time."""
    monkeypatch.setattr(naming, "BATCH", 1)
    with sqlite_database.write() as conn:
        keep_known(conn, (LOTUS, DAM, BARE), NOW)
    read = [naming.learn_names(sqlite_database, reader(), go_on=times(each)) for each in (0, 2, 9)]
    assert read == [0, 1, 2]


def test_articles_of_before(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left is said to be left, and found later."""
    monkeypatch.setattr(rescreen, "BATCH", 1)
    room = Room(sqlite_database)
    for name in ("dam-flood", "school", "dam"):
        room.run(name)
    learn(sqlite_database)
    ended = [rescreen.rescreen(sqlite_database, plain, NOW, go_on=times(each)) for each in (0, 3, 99)]
    assert [each.left_over for each in ended] == [True, True, False]
    assert sum(each.found for each in ended) == 1


def test_promotion(sqlite_database: Database) -> None:
    """One candidate at a time."""
    with sqlite_database.write() as conn:
        ids = [stored_candidate(conn, state=CandidateState.ACCEPTED) for _ in range(3)]
    promoted = [
        each.candidate_id for number in (1, 9) for each in promote_accepted(sqlite_database, NOW, go_on=times(number))
    ]
    assert promoted == ids
