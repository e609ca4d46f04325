"""Records merged and parted in any order: each is what its candidates and the merges that stand make of it."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from factories.candidate import FACTS, NOW, stored_candidate
from factories.release import without_rules
from offing.errors import UsageError
from offing.model.pairs.pairing import Ref
from offing.model.projects.project import Amount, ProjectRecord
from offing.model.review.decision import Judgement, Verdict
from offing.model.values.vocabulary import AmountKind, EventKind
from offing.services.records.amending import Statement
from offing.services.records.projects import choose, look, merge, part, parting
from offing.services.records.promote import promote_accepted
from offing.services.records.recomposing import differences
from offing.services.releases.publish import publish
from offing.services.review.decisions import decide, undo
from offing.store.database.engine import Database

COUNTRIES = ("KEN", "UGA", "TZA", "ZMB")  # of one project each, so that none is an update of another
A, B, C = (f"off-2026-00000{number}" for number in range(1, 4))


@pytest.fixture
def chain(database: Database) -> Database:
    """Four records of one candidate each, each of a place of its own."""
    for number in range(1, 5):
        with database.write() as conn:
            facts = replace(FACTS, places=(f"Town {number}",), countries=(COUNTRIES[number - 1],))
            candidate_id = stored_candidate(conn, facts=facts, published=datetime(2020 + number, 5, 1, tzinfo=UTC))
        decide(database, Verdict(candidate_id, Judgement.ACCEPT, "ana"), NOW)
    promote_accepted(database, NOW)
    return database


def _record(database: Database, project_id: str) -> ProjectRecord:
    return look(database, project_id).record


def _told(database: Database, project_id: str) -> tuple[tuple[int, ...], tuple[str, ...], list[int]]:
    """The candidates of a record, the places that it tells of, and whose events stand in its life line."""
    found = _record(database, project_id)
    return found.candidate_ids, found.facts.places, sorted(each.candidate_id for each in found.life_line)


def _of(*numbers: int) -> tuple[tuple[int, ...], tuple[str, ...], list[int]]:
    return numbers, tuple(f"Town {number}" for number in numbers), list(numbers)


def test_a_chain_is_parted_in_the_middle(chain: Database) -> None:
    """A into B, B into C, and B parted again: what A brought goes with B, and nothing of it stays in C."""
    merge(chain, A, B, Statement("ana", NOW))
    merge(chain, B, C, Statement("ana", NOW))
    assert _told(chain, C) == _of(1, 2, 3)
    shown = parting(chain, B)
    assert (shown.gone.facts.places, shown.kept.facts.places) == (("Town 1", "Town 2"), ("Town 3",))
    part(chain, B, Statement("ana", NOW))
    assert (_told(chain, B), _told(chain, C)) == (_of(1, 2), _of(3))
    assert _record(chain, A).redirects_to == B


def test_no_release_has_what_a_parted_record_brought(chain: Database, tmp_path: Path) -> None:
    """What A told before both merges is published once, with B."""
    merge(chain, A, B, Statement("ana", NOW))
    merge(chain, B, C, Statement("ana", NOW))
    part(chain, B, Statement("ana", NOW))
    publish(without_rules(chain, tmp_path), "1.0", tmp_path / "release", NOW)
    lines = (tmp_path / "release" / "projects.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[0] for line in lines if "Town 1" in line] == [B]


def test_what_came_to_a_merged_id_goes_with_it(chain: Database) -> None:
    """Accepted beside a candidate of B, or into B by its id, after B was merged: it is parted with B."""
    merge(chain, B, C, Statement("ana", NOW))
    refs = (Ref.candidate(2), Ref.project(B))
    for number, into in enumerate(refs, start=5):
        with chain.write() as conn:
            stored_candidate(
                conn, facts=replace(FACTS, places=(f"Town {number}",)), published=datetime(2027, 1, number, tzinfo=UTC)
            )
        decide(chain, Verdict(number, Judgement.ACCEPT, "ana", into=into), NOW)
    promote_accepted(chain, NOW)
    assert _told(chain, C)[:2] == _of(2, 3, 5, 6)[:2]
    part(chain, B, Statement("ana", NOW))
    assert (_told(chain, B)[:2], _told(chain, C)) == (_of(2, 5, 6)[:2], _of(3))


def test_two_merges_end_in_the_same_whichever_came_first(chain: Database) -> None:
    """B into C before or after A into B: A is part of C, and of B once that is parted."""
    merge(chain, B, C, Statement("ana", NOW))
    merge(chain, A, B, Statement("ana", NOW))
    assert _told(chain, C) == _of(1, 2, 3)
    assert look(chain, C).merged == (A, B)
    part(chain, B, Statement("ana", NOW))
    assert (_told(chain, B), _told(chain, C)) == (_of(1, 2), _of(3))
    part(chain, A, Statement("ana", NOW))
    assert [_told(chain, each) for each in (A, B, C)] == [_of(1), _of(2), _of(3)]


def test_records_cannot_be_merged_in_a_circle(chain: Database) -> None:
    """C leads to A through B: A does not lead to C, by whichever of their ids."""
    merge(chain, C, B, Statement("ana", NOW))
    merge(chain, B, A, Statement("ana", NOW))
    for kept in (B, C):
        with pytest.raises(UsageError, match=f"project {A} cannot be merged into itself"):
            merge(chain, A, kept, Statement("ana", NOW))


def test_what_is_accepted_again_comes_back_to_its_own_id(chain: Database) -> None:
    """B was begun for candidate 2, and A merged into it: taken back and accepted again, 2 is part of B as before."""
    merge(chain, A, B, Statement("ana", NOW))
    undo(chain, "ana", NOW, candidate_id=2)
    assert _told(chain, B) == _of(1)
    decide(chain, Verdict(2, Judgement.ACCEPT, "ana", edits={"places": "Kaya"}), NOW)
    assert [(each.project_id, each.new) for each in promote_accepted(chain, NOW)] == [(B, False)]
    assert _told(chain, B) == ((1, 2), ("Town 1", "Kaya"), [1, 2])
    part(chain, A, Statement("ana", NOW))
    assert (_told(chain, A), _told(chain, B)) == (_of(1), ((2,), ("Kaya",), [2]))


def test_a_merged_record_follows_what_is_taken_back(chain: Database) -> None:
    """What a merged record says of itself is of its own candidates, also where one of them leaves meanwhile."""
    merge(chain, A, B, Statement("ana", NOW))
    merge(chain, B, C, Statement("ana", NOW))
    undo(chain, "ana", NOW, candidate_id=1)
    assert [_record(chain, each).facts.places for each in (B, C)] == [("Town 2",), ("Town 2", "Town 3")]


def test_a_choice_outlives_a_merge(database: Database) -> None:
    """An account that a person set aside is so again after a merge in which it contradicted nothing.

    Loans of 85 and 120 contradict each other; beside one of 205 they are its parts.
    """
    for number, millions in enumerate((85, 120, 205), start=1):
        with database.write() as conn:
            facts = replace(FACTS, amounts=_loan(millions), countries=(COUNTRIES[number // 3],))
            stored_candidate(conn, facts=facts, published=datetime(2020 + number, 5, 1, tzinfo=UTC))
        into = Ref.candidate(1) if number == 2 else None
        decide(database, Verdict(number, Judgement.ACCEPT, "ana", into=into), NOW)
    promote_accepted(database, NOW)
    first = next(each for each in _record(database, A).life_line if each.kind is EventKind.CHANGE)
    choose(database, A, first.id, Statement("ana", NOW))
    before = _record(database, A)
    assert [each.candidate_id for each in before.life_line if each.set_aside_by] == [2]
    assert [each.value for each in before.facts.amounts] == [85_000_000]
    merge(database, A, B, Statement("ana", NOW))
    assert not any(
        each.kind is EventKind.CHANGE and each.changes[0].field == "amounts" for each in _record(database, B).life_line
    )
    part(database, A, Statement("ana", NOW))
    assert (_record(database, A).life_line, _record(database, A).facts) == (before.life_line, before.facts)


def test_a_choice_holds_in_the_merged_record_too(database: Database) -> None:
    """A choice after a merge is one between accounts that the merged record brought: it holds there as well."""
    for number, amounts in enumerate((_loan(85), _loan(120), ()), start=1):
        with database.write() as conn:
            facts = replace(FACTS, amounts=amounts, countries=(COUNTRIES[number // 3],))
            stored_candidate(conn, facts=facts, published=datetime(2020 + number, 5, 1, tzinfo=UTC))
        into = Ref.candidate(1) if number == 2 else None
        decide(database, Verdict(number, Judgement.ACCEPT, "ana", into=into), NOW)
    promote_accepted(database, NOW)
    merge(database, A, B, Statement("ana", NOW))
    first = next(each for each in _record(database, B).life_line if each.kind is EventKind.CHANGE)
    choose(database, B, first.id, Statement("ana", NOW))
    assert [[each.value for each in _record(database, id_).facts.amounts] for id_ in (A, B)] == [[85_000_000]] * 2
    with database.read() as conn:
        assert list(differences(conn)) == []


def _loan(millions: int) -> tuple[Amount, ...]:
    return (Amount(Decimal(millions) * 1_000_000, "EUR", AmountKind.LOAN, f"EUR {millions}m"),)
