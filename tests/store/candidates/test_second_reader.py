"""The store of the second reader: what goes with an article goes from here too; days add up."""

from __future__ import annotations

import sqlalchemy as sa

from factories.candidate import NOW, everything, stored_candidate
from offing.model.projects.project import ProjectFacts
from offing.model.review.second_reader import ModelAnswer, Opinion, Spending, StoredOpinion, Turn, TurnState, Usage
from offing.store.candidates.second_reader import keep_answer, keep_opinion, keep_turn, known_answer, spend, spent
from offing.store.database.engine import Database
from offing.store.tables import entry, page, story_article
from offing.store.upkeep.knots import Ages, prunable
from offing.store.upkeep.prune import prune_knots
from offing.store.upkeep.reserved_texts import save_withheld

OURS = ("second_answer", "second_opinion", "second_turn")


def read_once(conn: sa.Connection, **changes: object) -> int:
    """A candidate whose article was read a second time; the article's number."""
    stored_candidate(conn, **changes)
    told = conn.execute(sa.select(story_article.c.id, story_article.c.article_id)).one()
    keep_answer(conn, ("d" * 64, "tiny", "p1"), ModelAnswer("{}", Usage(1, 2)), 0.5, NOW)
    keep_turn(conn, told.article_id, "d" * 64, Turn(TurnState.READ, NOW))
    keep_opinion(conn, StoredOpinion(told.id, told.article_id, "tiny", Opinion(ProjectFacts(), ()), False, NOW))
    return int(told.article_id)


def rows(conn: sa.Connection) -> list[int]:
    """How many rows each of its tables has."""
    return [everything(conn)[name] for name in OURS]


def test_what_is_pruned_takes_all_with_it(database: Database) -> None:
    """No row is left that quotes a text which is gone, and none stands in the way of its going."""
    with database.write() as conn:
        read_once(conn, above_cut=False, score=0.1)
        conn.execute(sa.update(entry).values(seen_at=NOW.replace(year=2020)))
        knots = prunable(conn, Ages.alike(NOW.replace(year=2025)))
        assert rows(conn) == [1, 1, 1]
        assert prune_knots(conn, knots, NOW)["articles"] == 1
        assert rows(conn) == [0, 0, 0]


def test_what_is_withheld_takes_its_answer_with_it(database: Database) -> None:
    """A publisher that reserves a text reserves what quotes it."""
    with database.write() as conn:
        number = read_once(conn)
        save_withheld(conn, number, conn.execute(sa.select(page.c.id)).scalar_one(), ("masked",), NOW)
        assert rows(conn) == [0, 0, 0]


def test_answers_are_found_by_text_model_and_question(database: Database) -> None:
    """All three; the first answer stays."""
    with database.write() as conn:
        for content in ("first", "second"):
            keep_answer(conn, ("d" * 64, "tiny", "p1"), ModelAnswer(content, Usage(7, 8)), 0.5, NOW)
        assert known_answer(conn, "d" * 64, "tiny", "p1") == ModelAnswer("first", Usage(7, 8))
        for other in (("e" * 64, "tiny", "p1"), ("d" * 64, "large", "p1"), ("d" * 64, "tiny", "p2")):
            assert known_answer(conn, *other) is None


def test_days_add_up_apart(database: Database) -> None:
    """More, and less again where less was taken than was counted."""
    with database.write() as conn:
        spend(conn, "2026-03-05", Spending(1, 0, 0, 900, 4000, 50, 0, 0.5))
        spend(conn, "2026-03-05", Spending(0, 1, 1, -100, -3900, -40, 2, 1.0))
        spend(conn, "2026-03-06", Spending(asked=3))
        assert spent(conn, "2026-03-05") == Spending(1, 1, 1, 800, 100, 10, 2, 1.5)
        assert spent(conn, "2026-03-06") == Spending(asked=3)
        assert spent(conn, "2026-03-07") == Spending()
