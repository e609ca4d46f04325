"""Undo, on both databases: any depth, past what others decided on since, second readings among the rest."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories.candidate import NOW, stored_candidate
from offing.errors import NotTakenBack, UnknownItem, UsageError
from offing.model.operation.activity import ActivityKind
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Judgement, Verdict
from offing.services.review.agreement import agreement_of, read_again, to_read
from offing.services.review.bulk import decide_all
from offing.services.review.decisions import decide, show
from offing.services.review.undoing import last_action, take_back
from offing.store.accounts.activity import ActivityFilter, list_activity
from offing.store.database.engine import Database


@pytest.fixture
def ids(database: Database) -> list[int]:
    """Five stored candidates."""
    with database.write() as conn:
        return [stored_candidate(conn) for _ in range(5)]


def verdict(candidate_id: int, by: str = "ana", judgement: Judgement = Judgement.REJECT) -> Verdict:
    """What somebody says of a candidate."""
    return Verdict(candidate_id, judgement, by, "no-project")


def test_undo_goes_back_through_all_that_a_person_did(database: Database, ids: list[int]) -> None:
    """What others did on other candidates meanwhile is in nobody's way."""
    for minute, number in enumerate(ids[:4]):
        decide(database, verdict(number), NOW + timedelta(minutes=minute))
    decide(database, verdict(ids[4], "ben"), NOW + timedelta(hours=1))
    taken = [take_back(database, "ana", NOW + timedelta(hours=2)).candidate_ids for _ in ids[:4]]
    assert taken == [(number,) for number in reversed(ids[:4])]
    with pytest.raises(UsageError, match="ana has no decision to undo"):
        take_back(database, "ana", NOW)
    assert show(database, ids[4]).candidate.state is CandidateState.REJECTED


def test_what_others_decided_on_since_stops_only_itself(database: Database, ids: list[int]) -> None:
    """It is refused in words; asked for what was before it, undo goes on, over a batch as well."""
    decide(database, verdict(ids[0]), NOW)
    decide_all(database, [(ids[1], 1), (ids[2], 1)], verdict(0, judgement=Judgement.DEFER), NOW)
    decide(database, verdict(ids[3], judgement=Judgement.DEFER), NOW)
    for number in ids[1:4]:
        decide(database, verdict(number, "ben", Judgement.ACCEPT), NOW)
    with pytest.raises(NotTakenBack, match="accept by ben") as first:
        take_back(database, "ana", NOW)
    with pytest.raises(NotTakenBack, match=f"candidate {ids[1]} was decided on since") as second:
        take_back(database, "ana", NOW, before=first.value.decision)
    assert take_back(database, "ana", NOW, before=second.value.decision).candidate_ids == (ids[0],)
    with pytest.raises(UsageError, match="before that one"):
        take_back(database, "ana", NOW, before=second.value.decision)
    assert {show(database, number).candidate.state for number in ids[1:4]} == {CandidateState.ACCEPTED}


def test_a_second_reading_is_taken_back_like_a_decision(database: Database, ids: list[int]) -> None:
    """It waits for its reader again, counts no more, and can be given anew; the decision stays all the while."""
    decide(database, verdict(ids[1], "ben"), NOW)
    decide(database, verdict(ids[0]), NOW)
    read_again(database, verdict(ids[1]), NOW + timedelta(minutes=1), 1.0)
    last = last_action(database, "ana")
    assert last is not None
    assert last.reading is not None
    assert take_back(database, "ana", NOW + timedelta(minutes=2)).candidate_ids == (ids[1],)
    assert agreement_of(database).pairs == 0
    assert to_read(database, "ana", NOW, 1.0) == (ids[1],)
    read_again(database, verdict(ids[1], judgement=Judgement.ACCEPT), NOW + timedelta(minutes=3), 1.0)
    assert (agreement_of(database).pairs, agreement_of(database).equal) == (1, 0)
    with pytest.raises(UnknownItem):
        read_again(database, verdict(ids[1]), NOW + timedelta(minutes=4), 1.0)
    assert take_back(database, "ana", NOW + timedelta(minutes=5)).candidate_ids == (ids[1],)
    assert take_back(database, "ana", NOW + timedelta(minutes=6)).candidate_ids == (ids[0],)
    assert show(database, ids[1]).candidate.state is CandidateState.REJECTED
    with database.read() as conn:
        done = list_activity(conn, ActivityFilter(by="ana", actions=frozenset({ActivityKind.UNDO})))
    assert [each.about for each in done] == ["", "second reading: accept", "second reading: reject"]
