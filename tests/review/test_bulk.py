"""Many decisions at once, on both databases: looked at, made together, taken back together."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from factories.candidate import NOW, stored_candidate
from factories.telling import Piece, arrive_all
from offing.errors import UsageError
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Judgement, Verdict
from offing.model.values.vocabulary import Status
from offing.services.review import bulk
from offing.services.review.bulk import BATCH_MARK, LARGEST_BATCH, decide_all, new_batch, plan
from offing.services.review.decisions import decide, show
from offing.services.review.undoing import last_action, take_back
from offing.store.candidates.candidate import versions
from offing.store.database.engine import Database
from propose.tellings import FACTS, amount, size

SIGNED = replace(FACTS, amounts=(amount(86.4),), quantities=(size(900),))
DONE = replace(SIGNED, status=Status.COMPLETED)


@pytest.fixture
def ids(database: Database) -> list[int]:
    """Four stored candidates."""
    with database.write() as conn:
        return [stored_candidate(conn) for _ in range(4)]


def reject(by: str = "ana", token: str | None = None) -> Verdict:
    """A verdict for all of a batch."""
    return Verdict(0, Judgement.REJECT, by, "no-project", token=token)


def test_a_plan_changes_nothing_and_names_what_would_be_left_out(database: Database, ids: list[int]) -> None:
    """Each candidate with its version; a decided one with the reason why it stays as it is."""
    decide(database, Verdict(ids[0], Judgement.ACCEPT, "ben"), NOW)
    planned = plan(database, [*ids, ids[1], 999], reject(), NOW)
    assert [each.candidate_id for each in planned] == ids
    assert "accepted already by ben" in planned[0].obstacle
    assert all(each.obstacle == "" and each.version == 1 for each in planned[1:])
    assert show(database, ids[1]).candidate.state is CandidateState.OPEN
    with pytest.raises(UsageError, match="narrow the filter"):
        plan(database, range(1, LARGEST_BATCH + 2), reject(), NOW)


def test_a_batch_is_made_and_taken_back_as_one(database: Database, ids: list[int]) -> None:
    """One undo opens all of them; the one before it is the person's earlier decision."""
    decide(database, Verdict(ids[3], Judgement.DEFER, "ana"), NOW)
    done = decide_all(database, [(each, 1) for each in ids[:3]], reject(), NOW + timedelta(minutes=1))
    assert len(done.decisions) == 3
    assert done.token.startswith(BATCH_MARK)
    last = last_action(database, "ana")
    assert last is not None
    assert {made.id for made in last.decisions} == {made.id for made in done.decisions}
    taken = take_back(database, "ana", NOW + timedelta(minutes=2))
    assert list(taken.candidate_ids) == ids[:3]
    assert {show(database, each).candidate.state for each in ids[:3]} == {CandidateState.OPEN}
    assert take_back(database, "ana", NOW).candidate_ids == (ids[3],)
    assert last_action(database, "ana") is None
    with pytest.raises(UsageError, match="no decision"):
        take_back(database, "ana", NOW)


def test_what_changed_since_the_look_is_left_out(database: Database, ids: list[int]) -> None:
    """A conflict stops one candidate, not the batch; the same batch twice is one."""
    decide(database, Verdict(ids[1], Judgement.ACCEPT, "ben"), NOW)
    token = new_batch()
    seen = [(each, 1) for each in ids]
    done = decide_all(database, seen, reject(token=token), NOW)
    assert [made.candidate_id for made in done.decisions] == [ids[0], ids[2], ids[3]]
    assert len(done.left_out) == 1
    assert str(ids[1]) in done.left_out[0]
    again = decide_all(database, seen, reject(token=token), NOW)
    assert {made.id for made in again.decisions} == {made.id for made in done.decisions}
    assert len(show(database, ids[0]).decisions) == 1


def test_a_batch_of_which_one_was_decided_anew(database: Database, ids: list[int]) -> None:
    """Undo takes back what of the batch still stands, whatever was undone by hand before."""
    decide_all(database, [(each, 1) for each in ids[:2]], reject(), NOW)
    decide(database, Verdict(ids[0], Judgement.UNDO, "ben"), NOW)
    decide(database, Verdict(ids[0], Judgement.ACCEPT, "ben"), NOW)
    assert take_back(database, "ana", NOW).candidate_ids == (ids[1],)
    assert show(database, ids[0]).candidate.state is CandidateState.ACCEPTED


@pytest.mark.parametrize("at_once", [1, 20])
def test_a_batch_counts_what_follows_from_itself_as_seen(
    database: Database, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """A candidate and its update are decided together, with a commit between them or without; others stop it."""
    monkeypatch.setattr(bulk, "AT_ONCE", at_once)
    arrive_all(database, Piece("Cameras for Ouagadougou", SIGNED), Piece("Ouagadougou's 900 cameras are on", DONE, 400))
    with database.write() as conn:
        seen = versions(conn, (1, 2, stored_candidate(conn)))
    decide(database, Verdict(3, Judgement.DEFER, "ben"), NOW)
    done = decide_all(database, seen.items(), reject(), NOW)
    assert [made.candidate_id for made in done.decisions] == [1, 2]
    assert done.left_out == ("candidate 3 was changed meanwhile: look at it again before you decide",)
    assert len(take_back(database, "ana", NOW).candidate_ids) == 2


def test_what_others_decided_since_stays_theirs(database: Database, ids: list[int]) -> None:
    """Taking a batch back leaves out what somebody decided on since, and says who; alone, that is refused."""
    decide_all(database, [(each, 1) for each in ids[:2]], replace(reject(), judgement=Judgement.DEFER), NOW)
    decide(database, Verdict(ids[0], Judgement.ACCEPT, "ben"), NOW)
    taken = take_back(database, "ana", NOW)
    assert taken.candidate_ids == (ids[1],)
    assert taken.left_out == (
        f"candidate {ids[0]} was decided on since then: accept by ben; undo that first: offing undo {ids[0]}",
    )
    with pytest.raises(UsageError, match="accept by ben"):
        take_back(database, "ana", NOW)
    assert show(database, ids[0]).candidate.state is CandidateState.ACCEPTED
