"""Review with a database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from factories.candidate import FACTS, NOW, everything, stored_candidate
from offing.errors import Conflict, OffingError, UnknownItem, UsageError
from offing.model.pairs.pairing import Bond, Ref
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Judgement, Verdict
from offing.model.values.vocabulary import Status
from offing.services.records.promote import promote_accepted
from offing.services.releases.publish import publish
from offing.services.review.decisions import decide, queue, show, undo
from offing.store.database.engine import Database
from offing.store.pairs.pairing import decisions_on
from offing.store.records.project import get_project


@pytest.fixture
def candidate_id(database: Database) -> int:
    """A stored candidate, on each kind of database."""
    with database.write() as conn:
        return stored_candidate(conn)


def _accept(candidate_id: int, **more: object) -> Verdict:
    return Verdict(candidate_id, Judgement.ACCEPT, "ana", **more)  # type: ignore[arg-type]


def test_a_decision_takes_the_candidate_out_of_the_queue(database: Database, candidate_id: int) -> None:
    """After a decision the candidate is decided, with the decision beside it, and the machine's values as they were."""
    assert [item.candidate.id for item in queue(database, NOW)] == [candidate_id]
    made = decide(database, _accept(candidate_id, edits={"status": "agreed"}), NOW, seen=1)
    assert queue(database, NOW) == ()
    item = show(database, candidate_id)
    assert item.decisions == (made,)
    assert item.candidate.state is CandidateState.ACCEPTED
    assert item.candidate.facts == FACTS
    assert item.facts.status is Status.AGREED


def test_a_deferred_one_comes_back(database: Database, candidate_id: int) -> None:
    """A deferred candidate is in the queue again from its date on, with its corrections."""
    decide(database, Verdict(candidate_id, Judgement.DEFER, "ana", edits={"title": "Konza"}), NOW)
    assert queue(database, NOW + timedelta(days=6)) == ()
    (item,) = queue(database, NOW + timedelta(days=7), today=True)
    assert item.facts.title == "Konza"


def test_the_same_token_is_one_decision(database: Database, candidate_id: int) -> None:
    """A request that comes twice makes one decision and is answered with it both times."""
    first = decide(database, _accept(candidate_id, token="t"), NOW)
    assert decide(database, _accept(candidate_id, token="t"), NOW + timedelta(hours=1)) == first
    with database.read() as conn:
        assert everything(conn)["decision"] == 1


def test_refusals_change_nothing(database: Database, candidate_id: int) -> None:
    """An unknown candidate, a senseless verdict and a stale view are errors, and nothing is written."""
    with pytest.raises(UnknownItem, match="no candidate 99"):
        decide(database, _accept(99), NOW)
    with pytest.raises(UsageError, match="none of proposed"):
        decide(database, _accept(candidate_id, edits={"status": "x"}), NOW)
    with pytest.raises(UsageError, match="no candidate 99"):
        decide(database, Verdict(candidate_id, Judgement.DUPLICATE, "ana", duplicate_of=99), NOW)
    with pytest.raises(Conflict, match="changed meanwhile"):
        decide(database, _accept(candidate_id), NOW, seen=7)
    with pytest.raises(UsageError, match="ana has no decision to undo"):
        undo(database, "ana", NOW)
    with pytest.raises(UnknownItem, match="no candidate 99"):
        show(database, 99)
    with database.read() as conn:
        assert everything(conn)["decision"] == 0
    assert show(database, candidate_id).candidate.version == 1


def test_undo_appends(database: Database, candidate_id: int) -> None:
    """Undo is a decision of its own; the candidate stands as before and may be decided again."""
    accepted = decide(database, _accept(candidate_id, edits={"status": "agreed"}), NOW)
    taken = undo(database, "ana", NOW, reason="wrong")
    assert (taken.undoes, taken.reason) == (accepted.id, "wrong")
    item = show(database, candidate_id)
    assert (item.candidate.state, item.facts, len(item.decisions)) == (CandidateState.OPEN, FACTS, 2)
    decide(database, Verdict(candidate_id, Judgement.REJECT, "ben"), NOW)
    assert undo(database, "ana", NOW, candidate_id=candidate_id).by == "ana"


def test_ones_own_undo_takes_back_nobody_elses(database: Database, candidate_id: int) -> None:
    """Where another person decided since, one's own undo is refused; by the candidate's number it takes back theirs."""
    deferred = decide(database, Verdict(candidate_id, Judgement.DEFER, "ana"), NOW)
    accepted = decide(database, Verdict(candidate_id, Judgement.ACCEPT, "bob"), NOW)
    with pytest.raises(UsageError, match="was decided on since then: accept by bob"):
        undo(database, "ana", NOW)
    assert undo(database, "ana", NOW, candidate_id=candidate_id).undoes == accepted.id
    with pytest.raises(UsageError, match=f"decision {accepted.id} on candidate {candidate_id} does not stand any more"):
        decide(database, Verdict(candidate_id, Judgement.UNDO, "ana", undoes=accepted.id), NOW)
    assert undo(database, "ana", NOW).undoes == deferred.id


def test_an_accept_of_what_is_published_cannot_be_undone(database: Database, candidate_id: int, tmp_path: Path) -> None:
    """The last candidate of a published record stays accepted; the refusal names the record."""
    decide(database, _accept(candidate_id), NOW)
    promote_accepted(database, NOW)
    publish(database, "1.0", tmp_path / "release", NOW)
    with pytest.raises(UsageError, match="all that project off-2026-000001 has"):
        undo(database, "ana", NOW)


def test_an_accept_of_what_is_promoted_is_undone_with_its_record(database: Database, candidate_id: int) -> None:
    """Before a release the record is withdrawn, and its duplicate waits again; accepted again, it has its id."""
    with database.write() as conn:
        double = stored_candidate(conn)
    decide(database, _accept(candidate_id), NOW)
    decide(database, Verdict(double, Judgement.DUPLICATE, "ben", duplicate_of=candidate_id), NOW)
    promote_accepted(database, NOW)
    undo(database, "ana", NOW)
    assert show(database, candidate_id).candidate.state is CandidateState.OPEN
    with database.read() as conn:
        gone = get_project(conn, "off-2026-000001")
    assert gone is not None
    assert (gone.withdrawn, gone.candidate_ids, gone.life_line) == ("its last candidate was removed", (), ())
    decide(database, _accept(candidate_id), NOW)
    assert [(each.candidate_id, each.project_id) for each in promote_accepted(database, NOW)] == [
        (candidate_id, "off-2026-000001"),
        (double, "off-2026-000001"),
    ]


def test_accepting_says_that_both_are_one_project(database: Database, candidate_id: int) -> None:
    """What is accepted into an item is said to be the same; undo takes both back; what is not there is refused."""
    with database.write() as conn:
        other = stored_candidate(conn)
    into = Ref.candidate(candidate_id)
    made = decide(database, _accept(other, into=into), NOW)
    assert (made.into, _bonds(database, into)) == (into, [("candidate:2", "candidate:1", Bond.SAME)])
    assert show(database, other).decisions[0].into == into
    undo(database, "ana", NOW)
    assert _bonds(database, into) == []
    for missing in ("candidate:99", "known:base:7", "telling:1"):
        with pytest.raises(UnknownItem, match=f"there is no {missing}"):
            decide(database, _accept(other, into=Ref.parse(missing)), NOW)
    with pytest.raises(UnknownItem, match="no project off-1"):
        decide(database, _accept(other, into=Ref.project("off-1")), NOW)


def test_an_update_is_accepted_into_what_it_tells_of(database: Database, candidate_id: int) -> None:
    """By itself an update becomes part of what matching found; alone, it is said to be different."""
    with database.write() as conn:
        first, second = (stored_candidate(conn, kind="update", update_of=f"candidate:{candidate_id}") for _ in range(2))
    into = Ref.candidate(candidate_id)
    assert decide(database, _accept(first), NOW).into == into
    assert decide(database, _accept(second, alone=True), NOW).into is None
    assert [bond for _, _, bond in _bonds(database, into)] == [Bond.SAME, Bond.DIFFERENT]


def _bonds(database: Database, ref: Ref) -> list[tuple[str, str, Bond]]:
    with database.read() as conn:
        return [(str(each.one), str(each.other), each.bond) for each in decisions_on(conn, (ref,))]


def test_of_many_at_once_one_decides(database: Database, candidate_id: int) -> None:
    """Ten people who decide at the same moment make one decision; the others are told."""

    def one(number: int) -> str:
        judgement = Judgement.ACCEPT if number % 2 else Judgement.REJECT
        try:
            decide(database, Verdict(candidate_id, judgement, f"p{number}"), NOW)
        except OffingError as error:
            return type(error).__name__
        return "made"

    with ThreadPoolExecutor(10) as pool:
        endings = list(pool.map(one, range(10)))
    assert endings.count("made") == 1
    assert set(endings) <= {"made", "Conflict", "UsageError"}
    with database.read() as conn:
        assert everything(conn)["decision"] == 1


def test_the_same_request_at_the_same_moment_is_one_decision(database: Database, candidate_id: int) -> None:
    """Requests with one token that race are all answered with the one decision."""

    def one(_: int) -> int:
        return decide(database, _accept(candidate_id, token="t"), NOW).id

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(one, range(8)))) == 1


def test_a_stale_write_without_its_decision_is_a_conflict(database: Database, candidate_id: int) -> None:
    """Where a token was never stored, a conflict stays a conflict."""
    with pytest.raises(Conflict):
        decide(database, _accept(candidate_id, token="t"), NOW, seen=2)
    with database.read() as conn:
        assert conn.execute(sa.text("SELECT count(*) FROM decision")).scalar_one() == 0
