"""What is drawn for a second reading, and how far readers agree."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.candidate import FACTS
from offing.model.projects.project import Amount, Firm, ProjectFacts
from offing.model.review.decision import Judgement
from offing.model.review.second_reading import FieldAgreement, ReaderJudgement, ReadTwice
from offing.model.values.vocabulary import AmountKind, Role, Status
from offing.review import COMPARED, agreement, is_sampled
from offing.review.agreement import kappa

YES, NO, SAME = Judgement.ACCEPT, Judgement.REJECT, Judgement.DUPLICATE
HUAWEI, ZTE = Firm("Huawei", "Huawei", Role.CONTRACTOR, "huawei"), Firm("ZTE", "ZTE", Role.SUPPLIER, "zte")


def read(
    first: Judgement, second: Judgement, one: ProjectFacts = FACTS, other: ProjectFacts = FACTS, number: int = 1
) -> ReadTwice:
    """A candidate that ana and bo read."""
    return ReadTwice(number, ReaderJudgement("ana", first, one), ReaderJudgement("bo", second, other))


@given(st.integers(1, 10**9), st.floats(0, 1), st.floats(0, 1))
def test_drawing_is_the_same_each_time_and_grows_with_the_share(number: int, share: float, more: float) -> None:
    """What a smaller share draws a greater one draws too; nothing is drawn of nothing, all of all."""
    assert is_sampled(number, share) is is_sampled(number, share)
    assert is_sampled(number, max(share, more)) or not is_sampled(number, min(share, more))
    assert not is_sampled(number, 0)
    assert is_sampled(number, 1)


def test_drawing_keeps_to_its_share() -> None:
    """Of 20,000 candidates five in a hundred are drawn, within half of one."""
    assert 900 < sum(is_sampled(number, 0.05) for number in range(20_000)) < 1100


def test_who_was_drawn_stays_drawn() -> None:
    """Of the first 200 candidates always these: a later version must not ask for other second readings."""
    assert [number for number in range(1, 201) if is_sampled(number, 0.05)] == [
        23,
        37,
        78,
        111,
        131,
        134,
        139,
        153,
        179,
    ]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ({(YES, YES): 20, (YES, NO): 5, (NO, YES): 10, (NO, NO): 15}, 0.4),
        ({(YES, YES): 45, (YES, NO): 15, (NO, YES): 25, (NO, NO): 15}, 0.1304),
        ({(YES, YES): 3, (NO, NO): 3, (SAME, SAME): 3}, 1.0),
        ({(YES, NO): 5, (NO, YES): 5}, -1.0),
    ],
)
def test_kappa(table: dict[tuple[Judgement, Judgement], int], expected: float) -> None:
    """The worked examples of the literature, perfect agreement, and perfect disagreement."""
    assert kappa(table) == pytest.approx(expected, abs=1e-4)


def test_kappa_is_not_defined_without_pairs_or_choice() -> None:
    """Nothing read twice, or everybody always accepts: chance explains all."""
    assert kappa({}) is None
    assert kappa({(YES, YES): 7}) is None
    assert agreement(()).kappa is None


def test_fields_are_compared_where_both_accepted() -> None:
    """Order and wording do not count; another value does; a rejection has no fields to compare."""
    pairs = (
        read(YES, YES, replace(FACTS, firms=(HUAWEI, ZTE)), replace(FACTS, firms=(ZTE, HUAWEI), title="Other"), 1),
        read(YES, YES, FACTS, replace(FACTS, firms=(replace(HUAWEI, as_written="Huawei Technologies"),)), 2),
        read(YES, YES, FACTS, replace(FACTS, status=Status.COMPLETED), 3),
        read(NO, YES, FACTS, replace(FACTS, countries=("UGA",)), 4),
        read(YES, YES, FACTS, replace(FACTS, amounts=(Amount(Decimal(1), "EUR", AmountKind.CONTRACT, "1"),)), 5),
    )
    found = agreement(pairs)
    fields = {each.field: each for each in found.fields}
    assert tuple(fields) == COMPARED
    assert "title" not in COMPARED
    assert fields["firms"] == FieldAgreement("firms", 4, 4)
    assert (fields["status"].equal, fields["status"].share) == (3, 0.75)
    assert (fields["amounts"].equal, fields["countries"].equal) == (3, 4)
    assert (found.pairs, found.equal, found.differing) == (5, 4, (3, 4, 5))
    assert found.table == {(YES, YES): 4, (NO, YES): 1}


def test_without_pairs_there_is_no_share() -> None:
    """Nothing is not all."""
    found = agreement((read(NO, NO),))
    assert {(each.pairs, each.share) for each in found.fields} == {(0, None)}
    assert (found.equal, found.differing) == (1, ())
