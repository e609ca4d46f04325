"""What decisions on pairs come to."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from offing.match.verdicts.closure import closure_of, in_force, parent_of
from offing.model.pairs.matching import Relation
from offing.model.pairs.pairing import Bond, Pair, PairDecision, Ref

AT = datetime(2026, 11, 25, tzinfo=UTC)
ONE, TWO, THREE = (Ref.candidate(number) for number in (1, 2, 3))
RECORD = Ref.project("off-2026-000001")
KNOWN = Ref.known("aiddata", "7")
THINGS = (ONE, TWO, THREE, RECORD, KNOWN)


def said(number: int, one: Ref, other: Ref, bond: Bond = Bond.SAME, undoes: int | None = None) -> PairDecision:
    """A decision on two items."""
    return PairDecision(number, one, other, bond, "ana", AT, "", undoes)


decisions = st.lists(
    st.tuples(st.sampled_from(THINGS), st.sampled_from(THINGS), st.sampled_from(list(Bond)), st.booleans()).filter(
        lambda each: each[0] != each[1]
    ),
    max_size=8,
)


@given(decisions)
@example([(ONE, TWO, Bond.SAME, False), (TWO, RECORD, Bond.SAME, False)])
def test_same_is_transitive_and_symmetric(rows: list[tuple[Ref, Ref, Bond, bool]]) -> None:
    """Whatever is decided, `same` is an equivalence, and nothing is said twice of two items."""
    bonds = closure_of([said(n, one, other, bond) for n, (one, other, bond, _) in enumerate(rows, 1)], {})
    for a in THINGS:
        assert bonds.relation(a, a) is Bond.SAME
        for b in THINGS:
            assert bonds.relation(a, b) is bonds.relation(b, a)
            for c in THINGS:
                if bonds.are_same(a, b) and bonds.are_same(b, c):
                    assert bonds.are_same(a, c)
                if bonds.are_same(a, b):
                    assert bonds.relation(a, c) is bonds.relation(b, c)


@given(decisions)
def test_what_is_taken_back_counts_for_nothing(rows: list[tuple[Ref, Ref, Bond, bool]]) -> None:
    """Decisions of which some were undone come to the same as those that are left alone."""
    made, undoing = [], []
    for n, (one, other, bond, undone) in enumerate(rows, 1):
        made.append(said(n, one, other, bond))
        if undone:
            undoing.append(said(100 + n, one, other, bond, undoes=n))
    left = [each for each, row in zip(made, rows, strict=True) if not row[3]]
    whole, alone = closure_of([*undoing, *made], {}), closure_of(left, {})
    assert in_force([*made, *undoing]) == in_force(left)
    assert all(whole.relation(a, b) is alone.relation(a, b) for a in THINGS for b in THINGS)


def test_the_last_word_on_two_things_counts() -> None:
    """Who called two items the same, and then different, said that they are different."""
    bonds = closure_of([said(1, ONE, TWO), said(2, TWO, ONE, Bond.DIFFERENT)], {})
    assert bonds.relation(ONE, TWO) is Bond.DIFFERENT


def test_different_holds_for_all_that_is_the_same() -> None:
    """A candidate told apart from one of a record is told apart from the record."""
    bonds = closure_of([said(1, THREE, TWO, Bond.DIFFERENT)], {ONE: RECORD, TWO: RECORD})
    assert bonds.relation(THREE, ONE) is Bond.DIFFERENT
    assert bonds.relation(THREE, RECORD) is Bond.DIFFERENT
    assert bonds.relation(THREE, KNOWN) is None


def pair(target: Ref, score: float, relation: Relation = Relation.SAME) -> Pair:
    """What matching says of candidate 3."""
    return Pair(3, target, relation, score)


def test_the_best_pair_is_the_parent() -> None:
    """The pair with the highest score, if it is called the same; of equal ones the record goes first."""
    nothing = closure_of([], {})
    assert parent_of(THREE, [pair(ONE, 0.7), pair(TWO, 0.9)], nothing, ()) == TWO
    assert parent_of(THREE, [pair(ONE, 0.9), pair(KNOWN, 0.9), pair(RECORD, 0.9)], nothing, ()) == RECORD
    assert parent_of(THREE, [pair(TWO, 0.9), pair(ONE, 0.9)], nothing, ()) == ONE
    assert parent_of(THREE, [pair(ONE, 0.4, Relation.LINKED)], nothing, ()) is None
    assert parent_of(THREE, [], nothing, ()) is None


def test_people_go_before_the_machine() -> None:
    """What people call the same is the parent whatever the scores; what they call different or linked never is."""
    assert parent_of(THREE, [pair(ONE, 0.9)], closure_of([said(1, THREE, KNOWN)], {}), (KNOWN, ONE)) == KNOWN
    for bond in (Bond.DIFFERENT, Bond.LINKED):
        assert parent_of(THREE, [pair(ONE, 0.9)], closure_of([said(1, THREE, ONE, bond)], {}), (ONE,)) is None
