"""Both readings as one, for measuring."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from offing.model.projects.project import SizedBy
from offing.model.review.candidate import Proposal
from offing.model.review.second_reader import CheckedAnswer
from offing.second import alone, read_answer, union
from offing.second.compare import compare
from offing.second.name_matching import holds
from propose.spans import smart_burkina
from second.said import project, said


def test_both_joined_is_what_either_tells() -> None:
    """Lists united, single values ours before theirs, projects of its own added; quotes come along."""
    case = smart_burkina().size("900 cameras", "900", "cameras")
    uganda = {"countries": [{"value": "UGA", "quote": "ZTE in Uganda"}]}
    more = project(firms=[{"name": "ZTE", "role": "supplier", "quote": "ZTE in Uganda"}], countries=[])
    found = read_answer(said(more, uganda, project()), case.article, case.mentions)
    assert isinstance(found, CheckedAnswer)
    ours = alone(found.opinions[2:])[0]
    bare = Proposal(ours.facts, (), (), 0.9)
    (both, other) = union((bare,), (found.opinions[0], found.opinions[1]))
    assert [each.name for each in both.facts.firms] == ["Huawei", "ZTE"]
    assert both.facts.amounts == ours.facts.amounts
    assert {proof.text for proof in both.evidence} == {"ZTE in Uganda"}
    assert other.facts.countries == ("UGA",)
    assert union((bare,), ()) == (bare,)


def test_sizes_are_one_in_the_same_unit() -> None:
    """900 cameras are no 900 km."""
    case = smart_burkina().size("900 cameras", "900", "cameras")
    found = read_answer(said(project()), case.article, case.mentions)
    assert isinstance(found, CheckedAnswer)
    (theirs,) = found.opinions
    for unit, same in (("cameras", True), ("km", False)):
        ours = replace(theirs.facts, quantities=(SizedBy(Decimal(900), unit, "900"),))
        assert ("quantities" in compare(ours, theirs).agreed) is same


def test_places_are_looked_for_among_names() -> None:
    """In any spelling of one name."""
    assert holds(("Bobo-Dioulasso", "Banfora"), "Bobo Dioulasso")
    assert not holds((), "Banfora")
