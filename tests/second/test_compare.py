"""Two readings of one project: where they agree, where they differ, which belongs to which, what that weighs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from offing.model.projects.project import Amount, Firm, Lender, ProjectFacts
from offing.model.reading.evidence import FieldName
from offing.model.review.candidate import Reason
from offing.model.review.second_reader import CheckedAnswer, Opinion, ReaderDifference
from offing.model.values.vocabulary import AmountKind, Mode, Role, Sector, Status
from offing.second import NAMES, ScoredReasons, adjusted, compare, paired, read_answer
from offing.second.name_matching import same_name
from offing.second.score_adjustment import AGREES, FINDS_NONE, MOST, without
from propose.spans import shipped_rules, smart_burkina
from second.said import project, said

OURS = ProjectFacts(
    countries=("BFA",),
    firms=(Firm("Huawei", "Huawei", Role.CONTRACTOR, "huawei"),),
    lenders=(Lender("Export-Import Bank of China", "China Exim Bank", "china-exim"),),
    amounts=(Amount(Decimal(85000000), "EUR", AmountKind.LOAN, "EUR 85 million"),),
    sector=Sector.PUBLIC_SECURITY,
    status=Status.SIGNED,
    mode=Mode.UNSPECIFIED,
)


def opinions(*projects: dict[str, Any]) -> tuple[Opinion, ...]:
    """What a second reader tells of the plain case."""
    case = smart_burkina().size("900 cameras", "900", "cameras")
    found = read_answer(said(*projects), case.article, case.mentions)
    assert isinstance(found, CheckedAnswer)
    return found.opinions


def difference(field: FieldName, ours: ProjectFacts = OURS, **changed: Any) -> ReaderDifference | None:
    """Where the readers differ in one field."""
    (opinion,) = opinions(project(**changed))
    return next((each for each in compare(ours, opinion).differences if each.field is field), None)


def test_what_both_say_is_agreement() -> None:
    """Values in the same words or by the same ids; an unspecified mode says nothing."""
    found = compare(OURS, opinions(project())[0])
    assert [*found.agreed] == ["countries", "firms", "lenders", "amounts", "sector", "status"]
    assert found.agreed == found.compared
    assert [each.field for each in found.differences] == ["quantities", "places", "mode", "record_type"]


def test_another_value_stands_beside_ours_with_its_quote() -> None:
    """Of a field with one value: ours, and theirs as it would be typed."""
    found = difference(FieldName.STATUS, status={"value": "approved", "quote": "the minister said"})
    assert found is not None
    assert found.ours == ("signed",)
    assert [(each.typed, each.proof.text) for each in found.theirs] == [("approved", "the minister said")]


def test_a_value_that_only_they_have_is_a_difference() -> None:
    """What we have nothing of."""
    found = difference(FieldName.STATUS, replace(OURS, status=None))
    assert found is not None
    assert (found.ours, [each.typed for each in found.theirs]) == ((), ["signed"])


def test_silence_is_no_difference() -> None:
    """What the second reader leaves out, or could not prove, speaks against nothing."""
    assert difference(FieldName.STATUS, status=None) is None
    assert difference(FieldName.AMOUNTS, amounts=[]) is None
    assert difference(FieldName.PLACES, replace(OURS, places=("Ouagadougou", "Banfora"))) is None


def test_naming_another_party_speaks_against_ours() -> None:
    """Of countries, parties and sums, that they name others and not ours."""
    found = difference(FieldName.FIRMS, firms=[{"name": "ZTE", "role": "supplier", "quote": "ZTE in Uganda"}])
    assert found is not None
    assert (found.ours, [each.typed for each in found.theirs]) == (("Huawei:contractor",), ["ZTE:supplier"])


@pytest.mark.parametrize(("kind", "differs"), [("contract", True), ("loan", False), (None, False)])
def test_kinds_of_sums_count_where_both_are_reported(kind: str | None, differs: bool) -> None:
    """A contract is no loan; one that is not told is neither."""
    quote = "China Exim Bank lends EUR 85 million"
    amounts = [{"value": 85000000, "currency": "EUR", "kind": kind, "quote": quote}]
    assert (difference(FieldName.AMOUNTS, amounts=amounts) is not None) is differs


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("China Road and Bridge Corporation", "CRBC", True),
        ("Huawei", "Huawei Technologies Co., Ltd", True),
        ("中国路桥工程有限责任公司", "中国路桥", True),
        ("ZTE", "Huawei", False),
        ("China", "China Exim Bank", True),
        ("Abb", "Abba Works", False),
        ("", "Huawei", False),
    ],
)
def test_names_are_one_as_far_as_readers_differ(one: str, other: str, same: bool) -> None:
    """Initials, short forms; never parts of words."""
    assert same_name(one, other) is same


def test_each_project_has_its_own_opinion() -> None:
    """By what they share, in whatever order; one of neither side is nobody's."""
    uganda = {
        "countries": [{"value": "UGA", "quote": "ZTE in Uganda"}],
        "firms": [{"name": "ZTE", "role": "supplier", "quote": "ZTE in Uganda"}],
    }
    ours = (OURS, ProjectFacts(countries=("UGA",)), ProjectFacts(countries=("KEN",)))
    first, second, third = paired(ours, opinions(uganda, project()))
    assert first is not None
    assert second is not None
    assert (first.facts.countries, second.facts.countries, third) == (("BFA",), ("UGA",), None)


def test_one_on_either_side_is_one() -> None:
    """Another country is a difference then, and no other project."""
    (found,) = paired((ProjectFacts(countries=("KEN",)),), opinions(project()))
    assert found is not None


def standing(score: float) -> ScoredReasons:
    """A telling with a score."""
    return ScoredReasons((Reason("lender", 1.0, "a bank"),), score)


@pytest.mark.parametrize("score", [0.2, 0.49, 0.5, 0.9, 1.0])
def test_agreement_raises_within_a_bound(score: float) -> None:
    """All agreed is the whole weight; the sentence says on what."""
    found = adjusted(standing(score), compare(OURS, opinions(project())[0]), shipped_rules(), 0.15)
    assert found.score >= score
    (reason,) = [each for each in found.reasons if each.name == AGREES]
    assert reason.weight == shipped_rules().weights[AGREES]
    assert "countries, firms, lenders, amounts, sector, status" in reason.text
    assert without(found.reasons) == standing(score).reasons


def test_little_agreement_is_none() -> None:
    """The sector alone is no agreement on a project, nor is one field of five."""
    little = ProjectFacts(sector=Sector.PUBLIC_SECURITY)
    assert adjusted(standing(0.6), compare(little, opinions(project())[0]), shipped_rules(), 0.15) == standing(0.6)
    other = replace(OURS, countries=("KEN",), status=Status.COMPLETED, sector=Sector.WATER, lenders=())
    other = replace(other, amounts=(Amount(Decimal(5), "USD", AmountKind.LOAN, "5"),))
    assert adjusted(standing(0.6), compare(other, opinions(project())[0]), shipped_rules(), 0.15) == standing(0.6)


@pytest.mark.parametrize("score", [0.5, 0.5001, 0.52, 0.6, 0.65])
def test_no_word_of_it_takes_a_candidate_below_the_cut(score: float) -> None:
    """Within the band it lowers, but what an analyst would see stays to be seen."""
    found = adjusted(standing(score), None, shipped_rules(), 0.15)
    assert shipped_rules().cut <= found.score <= score


def test_below_the_cut_it_lowers_by_its_weight_and_outside_the_band_by_nothing() -> None:
    """What is below stays below; what is sure stays as it is."""
    found = adjusted(standing(0.4), None, shipped_rules(), 0.15)
    assert found.score < 0.4
    assert [each.weight for each in found.reasons if each.name == FINDS_NONE] == [shipped_rules().weights[FINDS_NONE]]
    for sure in (0.9, 0.1):
        assert adjusted(standing(sure), None, shipped_rules(), 0.15) == standing(sure)


def test_no_weight_of_a_file_moves_more_than_the_bound() -> None:
    """Nor does one with the wrong sign turn agreement into its opposite."""
    wild = replace(shipped_rules(), weights={**shipped_rules().weights, AGREES: 20.0, FINDS_NONE: -20.0})
    up = adjusted(standing(0.4), compare(OURS, opinions(project())[0]), wild, 0.15)
    down = adjusted(standing(0.4), None, wild, 0.15)
    assert [each.weight for found in (up, down) for each in found.reasons if each.name in NAMES] == [MOST, -MOST]
    turned = replace(shipped_rules(), weights={**shipped_rules().weights, AGREES: -3.0, FINDS_NONE: 3.0})
    assert adjusted(standing(0.4), compare(OURS, opinions(project())[0]), turned, 0.15) == standing(0.4)
    assert adjusted(standing(0.4), None, turned, 0.15) == standing(0.4)
