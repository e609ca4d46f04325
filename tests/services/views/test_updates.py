"""Updates beside what they update, with a database."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from factories.candidate import FACTS, NOW, stored_candidate
from offing.errors import UnknownItem
from offing.model.pairs.pairing import Bond, PairDecision, Ref
from offing.model.projects.known import KnownProject
from offing.model.projects.project import Amount
from offing.model.projects.update import Stand
from offing.model.review.decision import Judgement, Verdict
from offing.model.values.vocabulary import AmountKind, Status
from offing.services.records.promote import promote_accepted
from offing.services.review.decisions import decide
from offing.services.views.updates import proposed_update
from offing.store.database.engine import Database
from offing.store.pairs.pairing import append_pair_decision
from offing.store.records.known_project import keep_known

LATER = NOW + timedelta(days=400)
DONE = replace(
    FACTS, status=Status.COMPLETED, amounts=(Amount(Decimal(94_000_000), "USD", AmountKind.CONTRACT, "USD 94m"),)
)


def _pair(database: Database, update_of: str) -> tuple[int, int]:
    with database.write() as conn:
        first = stored_candidate(conn)
        second = stored_candidate(conn, kind="update", update_of=update_of, facts=DONE, published=LATER)
        pair = Ref.candidate(second), Ref.parse(update_of)
        append_pair_decision(conn, PairDecision(0, *pair, Bond.SAME, "ben", NOW))
    return first, second


def test_an_update_of_an_undecided_candidate_says_so(database: Database) -> None:
    """It is held against that candidate; once that is promoted, against its record; once it is part of it, no more."""
    first, second = _pair(database, "candidate:1")
    found = proposed_update(database, second)
    assert found is not None
    assert found.target == Ref.candidate(first)
    assert found.warnings == (f"candidate {first} is open: this becomes part of its record once that is accepted",)
    assert proposed_update(database, first) is None
    decide(database, Verdict(first, Judgement.ACCEPT, "ana"), NOW)
    found = proposed_update(database, second)
    assert found is not None
    assert found.warnings == ()
    promote_accepted(database, NOW)
    found = proposed_update(database, second)
    assert found is not None
    assert found.target == Ref.project("off-2026-000001")
    assert {each.field: each.stand for each in found.fields}["status"] is Stand.NEW
    decide(database, Verdict(second, Judgement.ACCEPT, "ana"), NOW)
    promote_accepted(database, NOW)
    assert proposed_update(database, second) is None


def test_an_update_of_a_known_project_is_held_against_its_row(database: Database) -> None:
    """What another base says stands beside, its status in the year of its commitment; sums by the rates that ship."""
    _, second = _pair(database, "known:base:7")
    rows = [KnownProject("base", "7", replace(FACTS, title="NDC"), year=2026), KnownProject("base", "8", FACTS)]
    with database.write() as conn:
        keep_known(conn, rows, NOW)
    found = proposed_update(database, second)
    assert found is not None
    assert (found.title, next(event.event_date for event in found.line)) == ("NDC", "2026")
    bare = proposed_update(database, second, Ref.known("base", "8"))
    assert bare is not None
    assert {each.field: each.stand for each in bare.fields}["amounts"] is Stand.DIFFERS  # of no year, so without rates


def test_what_is_not_there_is_reported(database: Database) -> None:
    """Unknown candidates and items are errors."""
    _, second = _pair(database, "candidate:99")
    with pytest.raises(UnknownItem, match="no candidate 99"):
        proposed_update(database, 99)
    assert proposed_update(database, second) is None
    with pytest.raises(UnknownItem, match="no candidate:99"):
        proposed_update(database, second, Ref.parse("candidate:99"))
    for missing, words in (
        ("known:base:1", "no known:base:1"),
        ("project:off-1", "no project off-1"),
    ):
        with pytest.raises(UnknownItem, match=words):
            proposed_update(database, second, Ref.parse(missing))
