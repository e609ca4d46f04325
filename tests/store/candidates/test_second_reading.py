"""Second readings on both databases: who may read what, blind, and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from factories.candidate import FACTS, NOW, stored_candidate
from offing.errors import UnknownItem, UsageError
from offing.model.operation.activity import ActivityKind
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Judgement, Verdict
from offing.model.review.second_reading import SecondReading
from offing.services.review import agreement as steps
from offing.services.review.decisions import decide, show, undo
from offing.store.accounts.activity import ActivityFilter, list_activity
from offing.store.candidates import second_reading as store
from offing.store.database.engine import Database

LATER = NOW + timedelta(days=1)


@pytest.fixture
def decided(database: Database) -> tuple[int, int]:
    """Two candidates that ana accepted: one as it is, one with another status."""
    with database.write() as conn:
        first, second = stored_candidate(conn), stored_candidate(conn)
    decide(database, Verdict(first, Judgement.ACCEPT, "ana"), NOW)
    decide(database, Verdict(second, Judgement.ACCEPT, "ana", edits={"status": "completed"}), NOW)
    return first, second


def test_what_is_read_again(database: Database, decided: tuple[int, int]) -> None:
    """Decisions of others that stand, for 14 days, if they are drawn; never one's own, nor what was put off."""
    with database.write() as conn:
        deferred = stored_candidate(conn)
    decide(database, Verdict(deferred, Judgement.DEFER, "ana"), NOW)
    assert steps.to_read(database, "bo", LATER, 1.0) == decided
    assert steps.to_read(database, "bo", LATER, 0.0) == ()
    assert steps.to_read(database, "ana", LATER, 1.0) == ()
    assert steps.to_read(database, "bo", NOW + timedelta(days=15), 1.0) == ()
    undo(database, "ana", LATER, candidate_id=decided[0])
    assert steps.to_read(database, "bo", LATER, 1.0) == decided[1:]


def test_the_second_reader_sees_nothing_of_the_first(database: Database, decided: tuple[int, int]) -> None:
    """Facts are the machine's and no decision is shown; the first reader and strangers have nothing to read."""
    found = steps.blinded(show(database, decided[1]))
    assert (found.facts, found.decisions, found.candidate.state) == (FACTS, (), CandidateState.OPEN)
    assert steps.is_to_read(database, decided[1], "bo", LATER, 1.0)
    for candidate_id, by in ((decided[1], "ana"), (999, "bo")):
        assert not steps.is_to_read(database, candidate_id, by, LATER, 1.0)
        with pytest.raises(UnknownItem, match="second time"):
            steps.read_again(database, Verdict(candidate_id, Judgement.ACCEPT, by), LATER, 1.0)


def test_a_second_reading_changes_nothing_else(database: Database, decided: tuple[int, int]) -> None:
    """It is stored once, beside the decision; the candidate stays as it is; agreement is counted."""
    reading = Verdict(decided[1], Judgement.ACCEPT, "bo", "clear", {"status": "signed"})
    made = steps.read_again(database, reading, LATER, 1.0)
    steps.read_again(database, Verdict(decided[0], Judgement.REJECT, "bo", "sport"), LATER, 1.0)
    item = show(database, decided[1])
    assert (item.candidate.state, item.candidate.version, len(item.decisions)) == (CandidateState.ACCEPTED, 2, 1)
    with database.read() as conn:
        assert store.list_readings(conn)[0] == made
        assert store.list_readings(conn, LATER + timedelta(seconds=1)) == ()
        noted = list_activity(conn, ActivityFilter(actions=frozenset({ActivityKind.SECOND_READING})))
    assert {(done.by, done.about, done.candidate_id) for done in noted} == {
        ("bo", "accept", decided[1]),
        ("bo", "reject", decided[0]),
    }
    found = steps.agreement_of(database)
    status = next(each for each in found.fields if each.field == "status")
    assert (found.pairs, found.equal, found.differing) == (2, 1, (decided[1], decided[0]))
    assert (status.pairs, status.equal) == (1, 0)
    assert steps.read_again(database, reading, LATER + timedelta(hours=1), 1.0) == made  # sent twice, it is one
    with pytest.raises(UnknownItem):
        steps.read_again(database, replace(reading, judgement=Judgement.REJECT, reason="sport"), LATER, 1.0)
    with database.read() as conn:
        assert len(store.list_readings(conn)) == 2


def test_a_decision_that_is_taken_back_agrees_with_nobody(database: Database, decided: tuple[int, int]) -> None:
    """Pairs are made with the decision that stands."""
    steps.read_again(database, Verdict(decided[0], Judgement.ACCEPT, "bo"), LATER, 1.0)
    undo(database, "ana", LATER, candidate_id=decided[0])
    assert steps.agreement_of(database, NOW).pairs == 0


def test_two_second_readers_at_once(database: Database, decided: tuple[int, int]) -> None:
    """The database takes one; the other is told."""
    with database.write() as conn:
        store.append(conn, SecondReading(decided[0], Judgement.REJECT, "cy", LATER))
    with pytest.raises(UnknownItem):
        steps.read_again(database, Verdict(decided[0], Judgement.ACCEPT, "bo"), LATER, 1.0)


def test_a_second_reading_is_a_judgement(database: Database, decided: tuple[int, int]) -> None:
    """Putting it off is none, and what could not be decided cannot be read either."""
    with pytest.raises(UsageError, match="not with defer"):
        steps.read_again(database, Verdict(decided[0], Judgement.DEFER, "bo"), LATER, 1.0)
    with pytest.raises(UsageError, match="of which candidate"):
        steps.read_again(database, Verdict(decided[0], Judgement.DUPLICATE, "bo"), LATER, 1.0)
    of = Verdict(decided[0], Judgement.DUPLICATE, "bo", duplicate_of=decided[1])
    assert steps.read_again(database, of, LATER, 1.0).duplicate_of == decided[1]
