"""Decisions in the store."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from factories.candidate import NOW, stored_candidate
from offing.model.review.decision import Decision, Judgement
from offing.store.candidates.decision import append, by_token, decisions_of, last_standing_by
from offing.store.database.engine import Database


def _accept(candidate_id: int, by: str = "ana") -> Decision:
    after = {"status": "agreed", "firms": [{"name": "ZTE"}]}
    return Decision(0, candidate_id, Judgement.ACCEPT, by, NOW, "seen", {"status": "signed"}, after)


def test_a_decision_comes_back_as_written(database: Database) -> None:
    """A decision is read as it was appended, with its number."""
    with database.write() as conn:
        candidate_id = stored_candidate(conn)
        made = append(conn, _accept(candidate_id), token="t1")
        assert made == replace(_accept(candidate_id), id=made.id)
        assert decisions_of(conn, (candidate_id, 999)) == {candidate_id: (made,)}
        assert by_token(conn, candidate_id, "t1") == made
        assert by_token(conn, candidate_id, "t2") is None
        assert by_token(conn, candidate_id, None) is None


def test_a_token_and_an_undo_count_once(database: Database) -> None:
    """The database refuses a second decision with the same token, and a second undo of one decision."""
    with database.write() as conn:
        candidate_id = stored_candidate(conn)
        made = append(conn, _accept(candidate_id), token="t1")
        append(conn, replace(_accept(candidate_id), judgement=Judgement.UNDO, undoes=made.id))
    with pytest.raises(sa.exc.IntegrityError), database.write() as conn:
        append(conn, _accept(candidate_id), token="t1")
    with pytest.raises(sa.exc.IntegrityError), database.write() as conn:
        append(conn, replace(_accept(candidate_id), judgement=Judgement.UNDO, undoes=made.id))


def test_the_last_standing_decision_of_a_person(database: Database) -> None:
    """What was undone, undoes, or is another's is passed over."""
    with database.write() as conn:
        candidate_id = stored_candidate(conn)
        first = append(conn, _accept(candidate_id))
        second = append(conn, _accept(candidate_id))
        append(conn, _accept(candidate_id, by="ben"))
        append(conn, replace(_accept(candidate_id), judgement=Judgement.UNDO, undoes=second.id))
        assert last_standing_by(conn, "ana") == first
        assert last_standing_by(conn, "eva") is None
