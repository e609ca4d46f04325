"""Candidates in the store."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from factories.candidate import FACTS, NOW, TEXT, stored_candidate
from offing.errors import Conflict
from offing.model.review.candidate import CandidateKind, CandidateState
from offing.store.candidates.candidate import NewState, candidates, get_candidate, queued, set_state
from offing.store.database.engine import Database
from offing.store.tables import article


def test_a_candidate_comes_back_whole(database: Database) -> None:
    """A stored candidate is read with its facts, reasons, articles and exact quotes."""
    with database.write() as conn:
        candidate_id = stored_candidate(conn, articles=2)
    with database.read() as conn:
        found = get_candidate(conn, candidate_id)
    assert found is not None
    assert (found.facts, found.state, found.version) == (FACTS, CandidateState.OPEN, 1)
    assert len(found.articles) == 2
    assert found.articles[0].published == NOW
    assert len(found.evidence) == 8
    assert all(TEXT[proof.start : proof.end] == proof.text for proof in found.evidence)


@pytest.mark.parametrize("unknown", [404, 0, -1, 2**70])
def test_an_unknown_id_is_none(database: Database, unknown: int) -> None:
    """An id that no row has, or that no database can hold, gives None."""
    with database.read() as conn:
        assert get_candidate(conn, unknown) is None


def test_candidates_come_in_the_order_asked(database: Database) -> None:
    """Several candidates come in the order of their ids as asked, each once."""
    with database.write() as conn:
        first, second = stored_candidate(conn), stored_candidate(conn)
        assert [each.id for each in candidates(conn, (second, first, second, 999))] == [second, first]


def test_the_queue_is_best_first_and_undecided(database: Database) -> None:
    """The queue holds open candidates above the cut and deferred ones whose time has come, best first."""
    with database.write() as conn:
        low, high = stored_candidate(conn, score=0.6), stored_candidate(conn, score=0.8)
        back = stored_candidate(conn, score=0.7, state="deferred", defer_until=NOW)
        stored_candidate(conn, state="deferred", defer_until=NOW + timedelta(seconds=1))
        stored_candidate(conn, above_cut=False)
        for decided in ("accepted", "rejected", "duplicate"):
            stored_candidate(conn, state=decided)
    with database.read() as conn:
        assert [each.id for each in queued(conn, NOW)] == [high, back, low]


def test_a_day_has_a_budget_and_an_audit_sample(database: Database) -> None:
    """With a day the first few come, then that day's undecided audit sample."""
    with database.write() as conn:
        high = stored_candidate(conn, score=0.8)
        stored_candidate(conn, score=0.7)
        audit = {"above_cut": False, "score": 0.1, "kind": CandidateKind.AUDIT}
        drawn = stored_candidate(conn, **audit, audit_day="2026-03-05")
        stored_candidate(conn, **audit, audit_day="2026-03-04")
        stored_candidate(conn, **audit, audit_day="2026-03-05", state="rejected")
    with database.read() as conn:
        assert [each.id for each in queued(conn, NOW, today="2026-03-05", budget=1)] == [high, drawn]


def test_the_queue_asks_a_fixed_number_of_questions(database: Database) -> None:
    """Reading ten candidates takes as many statements as reading one."""
    with database.write() as conn:
        stored_candidate(conn)
        one = _statements(database, conn)
        for _ in range(9):
            stored_candidate(conn)
        assert _statements(database, conn) == one == 3


def _statements(database: Database, conn: sa.Connection) -> int:
    seen: list[str] = []

    def note(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    sa.event.listen(database.engine, "before_cursor_execute", note)
    queued(conn, NOW)
    sa.event.remove(database.engine, "before_cursor_execute", note)
    return len(seen)


def test_a_state_is_written_once_for_a_version(database: Database) -> None:
    """A change needs the version that was read; a second one with the same version is a conflict."""
    with database.write() as conn:
        candidate_id = stored_candidate(conn)
        until = NOW + timedelta(days=1)
        assert set_state(conn, candidate_id, 1, NewState(CandidateState.DEFERRED, until)) == 2
        with pytest.raises(Conflict, match="changed meanwhile"):
            set_state(conn, candidate_id, 1, NewState(CandidateState.ACCEPTED))
        found = get_candidate(conn, candidate_id)
    assert found is not None
    assert (found.state, found.defer_until, found.version) == (CandidateState.DEFERRED, until, 2)


def test_quotes_of_printed_documents_have_their_page(database: Database) -> None:
    """Where an article is a printed document, each quote says on which page its paragraph begins; else none does."""
    with database.write() as conn:
        candidate_id = stored_candidate(conn, articles=2)
        printed = conn.execute(sa.select(sa.func.min(article.c.id))).scalar_one()
        conn.execute(sa.update(article).where(article.c.id == printed).values(pages=[3, 4]))
    with database.read() as conn:
        found = get_candidate(conn, candidate_id)
    assert found is not None
    pages = {proof.text: proof.page for proof in found.evidence if proof.article_id == printed}
    assert pages == {"Kenya": 3, "Huawei signed a contract": 3, "EUR 85 million": 3, "signed a contract": 3}
    assert {proof.page for proof in found.evidence if proof.article_id != printed} == {None}
