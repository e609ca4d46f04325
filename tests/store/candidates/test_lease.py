"""Leases on both databases: one holder, run out by themselves, taken over knowingly."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from factories.candidate import NOW, stored_candidate
from offing.errors import Conflict, UnknownItem
from offing.model.operation.activity import ActivityKind
from offing.model.review.decision import Judgement, Verdict
from offing.model.review.lease import LASTS
from offing.services.review import leases
from offing.services.review.decisions import decide, undo
from offing.store.accounts.activity import ActivityFilter, list_activity
from offing.store.database.engine import Database

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def candidate_id(database: Database) -> int:
    """A candidate in the queue."""
    with database.write() as conn:
        return stored_candidate(conn)


def test_the_first_one_has_it(database: Database, candidate_id: int) -> None:
    """Opening takes the lease, opening again renews it, and a second person is told who was first and when."""
    taken = leases.open_candidate(database, candidate_id, "ana", NOW)
    renewed = leases.open_candidate(database, candidate_id, "ana", LATER)
    assert (taken.since, renewed.since, renewed.until) == (NOW, NOW, LATER + LASTS)
    assert leases.open_candidate(database, candidate_id, "bo", LATER) == renewed
    assert renewed.sentence == "ana is looking at this since 08:00 UTC."
    assert leases.looking(database, [candidate_id, 999], LATER) == {candidate_id: renewed}


def test_a_lease_runs_out_by_itself(database: Database, candidate_id: int) -> None:
    """Who closed the page without a word does not block the others, and begins anew when back."""
    leases.open_candidate(database, candidate_id, "ana", NOW)
    gone = NOW + LASTS
    assert leases.looking(database, [candidate_id], gone) == {}
    assert leases.open_candidate(database, candidate_id, "ana", gone).since == gone
    assert leases.open_candidate(database, candidate_id, "bo", gone + LASTS).by == "bo"


def test_a_lease_that_a_clock_ahead_left_behind_holds_up_nobody(database: Database, candidate_id: int) -> None:
    """One that would stand for a year stands no more once the clock is right; the next person has it since now."""
    leases.open_candidate(database, candidate_id, "ana", NOW + timedelta(days=400))
    assert leases.looking(database, [candidate_id], NOW) == {}
    taken = leases.open_candidate(database, candidate_id, "bo", NOW)
    assert (taken.by, taken.since, taken.until) == ("bo", NOW, NOW + LASTS)


def test_a_lease_is_given_back_by_its_holder_only(database: Database, candidate_id: int) -> None:
    """Leaving the page frees the candidate; nobody frees it for another."""
    leases.open_candidate(database, candidate_id, "ana", NOW)
    leases.release(database, candidate_id, "bo")
    assert leases.looking(database, [candidate_id], NOW)
    leases.release(database, candidate_id, "ana")
    assert leases.open_candidate(database, candidate_id, "bo", NOW).by == "bo"


def test_deciding_needs_the_candidate_free_or_taken_over(database: Database, candidate_id: int) -> None:
    """A decision is refused while another looks; after taking over it stands, and the log says from whom."""
    leases.open_candidate(database, candidate_id, "ana", NOW)
    verdict = Verdict(candidate_id, Judgement.REJECT, "bo", "sport")
    with pytest.raises(Conflict, match="ana is looking at this since 08:00"):
        decide(database, verdict, LATER)
    assert leases.take_over(database, candidate_id, "bo", "ana", LATER).by == "bo"
    decide(database, verdict, LATER)
    assert leases.looking(database, [candidate_id], LATER) == {}
    with database.read() as conn:
        done_by = list_activity(conn, ActivityFilter())
    assert {(done.action, done.by, done.about) for done in done_by} == {
        (ActivityKind.LEASE_TAKEN_OVER, "bo", "from ana"),
        (ActivityKind.DECISION, "bo", "reject: sport"),
    }


def test_taking_over_is_from_the_person_who_was_shown(database: Database, candidate_id: int) -> None:
    """If somebody else has it meanwhile, that person is shown instead."""
    leases.open_candidate(database, candidate_id, "ana", NOW)
    leases.take_over(database, candidate_id, "cy", "ana", NOW)
    assert leases.take_over(database, candidate_id, "bo", "ana", LATER).by == "cy"
    assert leases.take_over(database, candidate_id, "bo", "cy", LATER + LASTS).by == "bo"


def test_a_decision_is_taken_back_whoever_looks(database: Database, candidate_id: int) -> None:
    """Undo is never refused because another opened the candidate to see what was decided."""
    decide(database, Verdict(candidate_id, Judgement.REJECT, "bo", "sport"), NOW)
    leases.open_candidate(database, candidate_id, "ana", NOW)
    assert undo(database, "bo", LATER).judgement is Judgement.UNDO
    assert leases.looking(database, [candidate_id], LATER)[candidate_id].by == "ana"


def test_there_is_no_lease_on_nothing(database: Database) -> None:
    """A candidate that does not exist cannot be taken."""
    with pytest.raises(UnknownItem, match="no candidate 999"):
        leases.open_candidate(database, 999, "ana", NOW)


def test_of_many_who_open_at_once_one_has_it(database: Database, candidate_id: int) -> None:
    """Twenty people open the same candidate in the same moment: all are told the same holder."""
    holders: list[str] = []
    begin = threading.Barrier(20)

    def open_it(name: str) -> None:
        begin.wait()
        holders.append(leases.open_candidate(database, candidate_id, name, NOW).by)

    threads = [threading.Thread(target=open_it, args=(f"user{number}",)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(holders) == 20
    assert len(set(holders)) == 1


def test_of_many_who_take_over_at_once_one_has_it(database: Database, candidate_id: int) -> None:
    """Each wants it from ana; one gets it, the others are shown who did."""
    leases.open_candidate(database, candidate_id, "ana", NOW)
    begin = threading.Barrier(10)
    holders: list[str] = []

    def take_it(name: str) -> None:
        begin.wait()
        holders.append(leases.take_over(database, candidate_id, name, "ana", LATER).by)

    threads = [threading.Thread(target=take_it, args=(f"user{number}",)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(set(holders)) == 1
    with database.read() as conn:
        assert len(list_activity(conn, ActivityFilter(actions=frozenset({ActivityKind.LEASE_TAKEN_OVER})))) == 1
