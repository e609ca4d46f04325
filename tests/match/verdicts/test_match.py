"""Matching as a whole, on small lists."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.account import account, cameras, dam, told
from offing.match import profiles
from offing.match.verdicts import blocking
from offing.match.verdicts.blocking import CANDIDATES, Index
from offing.model.pairs.matching import Account, Relation


def road(number: int) -> Account:
    """One of many roads that differ by their towns."""
    town = ("Goma", "Lira", "Kitwe", "Beira", "Moundou", "Garoua", "Nzega", "Mwanza")[number % 8]
    return account(
        f"Road from {town} to km {number}",
        f"The road of {number} km near {town} is built by a Chinese firm with a loan.",
        countries=(f"C{number % 5:02d}",),
    )


def test_the_same_project_is_found_among_others() -> None:
    """A second account of the dam, told in other words, finds it; a road finds no known one."""
    second = replace(dam(), title="Zungeru hydropower plant in Niger State", text="700 megawatt on the Kaduna river.")
    known = [cameras("1"), dam(), *(road(i) for i in range(20))]
    dam_told, school_told = told(known, [second, account("A school in Tonga", "A school.", countries=("TON",))])
    assert dam_told.relation is Relation.SAME
    assert dam_told.matches[0].known == 1
    assert school_told.relation is Relation.NEW


def test_another_phase_is_linked() -> None:
    """The next phase of a known project is no new project and not the same."""
    (found,) = told([cameras("I"), dam(), road(1)], [cameras("2")])
    assert found.relation is Relation.LINKED
    assert found.matches[0].known == 0


def test_up_to_ten_are_listed_even_when_new() -> None:
    """The list of matches is filled where there are known accounts that share words, best first."""
    known = [road(i) for i in range(40)]
    (found,) = told(known, [account("Road to a mine", "A road.", countries=("ZWE",))])
    assert found.relation is Relation.NEW
    assert len(found.matches) == 10
    scores = [each.score for each in found.matches]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(("known", "new"), [([], [dam()]), ([account("")], [dam()]), ([dam()], [account("")])])
def test_nothing_to_match_is_new(known: list[Account], new: list[Account]) -> None:
    """Without known accounts, or without words, a row is new and has no matches."""
    (found,) = told(known, new)
    assert (found.relation, found.matches) == (Relation.NEW, ())


def test_no_new_rows_give_nothing() -> None:
    """An empty list of new accounts is no error."""
    assert told([dam()], []) == []


def test_one_row_against_one() -> None:
    """One account against one is judged by itself."""
    assert told([dam()], [dam()])[0].relation is Relation.SAME
    assert told([dam()], [cameras("1")])[0].relation is Relation.NEW


def test_rivals_count_unless_rows_repeat() -> None:
    """A known project that another new row fits better is taken; with `repeats` both may be it."""
    known = [cameras("1"), *(road(i) for i in range(3))]
    weaker = account("Cameras for the police", "Huawei installs cameras.", countries=("KEN",), firms=("huawei",))
    apart, together = (told(known, [cameras("1"), weaker], repeats=repeats)[1] for repeats in (False, True))
    assert apart.matches[0].score < together.matches[0].score


def test_no_pair_is_looked_at_without_shared_words() -> None:
    """Blocking gives at most its number of candidates, and only accounts that share words."""
    known, (new,) = profiles([road(i) for i in range(400)], [road(7)])
    found = Index(known).candidates(new)
    assert len(found) == CANDIDATES
    assert found[0] == 7
    stranger = profiles([road(1)], [account("Школа")])
    assert Index(stranger[0]).candidates(stranger[1][0]) == []


@given(st.permutations(range(12)), st.permutations(range(9)))
def test_order_plays_no_part(known_order: list[int], new_order: list[int]) -> None:
    """However the rows of both lists are sorted, each new row gets the same verdict, matches, scores and reasons."""
    known = [dam(), cameras("1"), cameras("2"), *(replace(road(i % 7), key=str(i)) for i in range(9))]
    new = [dam(), cameras("3"), cameras("2", "UGA"), *(replace(road(i % 4), key=str(i)) for i in range(6))]
    plain = told(known, new)
    mixed = told([known[i] for i in known_order], [new[i] for i in new_order])
    for place, found in zip(new_order, mixed, strict=True):
        renamed = tuple(replace(each, known=known_order[each.known]) for each in found.matches)
        assert (found.relation, renamed) == (plain[place].relation, plain[place].matches)


@given(st.lists(st.builds(account, st.text(max_size=30), st.text(max_size=60)), max_size=6), st.text(max_size=40))
def test_any_text_can_be_matched(known: list[Account], title: str) -> None:
    """No text stops matching; scores lie between 0 and 1, and no known account is listed twice."""
    (found,) = told(known, [account(title)])
    assert all(0 <= each.score <= 1 for each in found.matches)
    assert len({each.known for each in found.matches}) == len(found.matches)


def test_the_work_for_one_row_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that nearly all accounts have are not looked up once enough places were: the rare ones decide."""
    monkeypatch.setattr(blocking, "_LOOKED_UP", 20)
    known, (new,) = profiles([road(i) for i in range(200)], [road(7)])
    assert Index(known).candidates(new)[0] == 7
