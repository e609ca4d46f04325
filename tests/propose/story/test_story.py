"""Which tellings tell the same news, and the stories that they make in whatever order they come."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.pairs.pairing import Bond
from offing.model.projects.project import ProjectFacts
from offing.model.review.story import Telling, TellingBond
from offing.model.values.vocabulary import AmountKind, Sector, Status
from offing.propose.story import cannot_link, group, keys_of, same_news
from offing.propose.story.same_news import COPY
from propose.tellings import FACTS, HUAWEI, TEXTS, ZTE, amount, several, size, sketch, telling

BARE = ProjectFacts(countries=("BFA",), firms=(HUAWEI,), sector=Sector.SMART_CITY)
Partition = set[frozenset[tuple[str, int]]]


def edges(tellings: list[Telling]) -> dict[tuple[int, int], float]:
    """How surely all pairs of some tellings are the same news."""
    pairs = ((one, other) for one, other in combinations(tellings, 2))
    return {(one.id, other.id): found for one, other in pairs if (found := same_news(one, other))}


def partition(tellings: list[Telling], *bonds: TellingBond) -> Partition:
    """The stories, by address and number of their tellings."""
    return {frozenset((t.url, t.ordinal) for t in story) for story in group(tellings, edges(tellings), bonds)}


@pytest.mark.parametrize(
    "other",
    [
        FACTS,
        replace(FACTS, lenders=(), sector=None),
        replace(FACTS, amounts=(amount(93.5, "USD"),)),
        replace(FACTS, firms=(ZTE, HUAWEI), amounts=(amount(85.4),)),
    ],
    ids=["all alike", "less is told", "another currency at the day's rate", "one more firm, the sum rounded"],
)
def test_one_project_within_days_is_the_same_news(other: ProjectFacts) -> None:
    """Accounts of one project in several outlets and languages are found by what they share."""
    assert same_news(telling(), telling(2, other, 3, language="fr")) >= 3.5


@pytest.mark.parametrize(
    "other",
    [
        replace(FACTS, countries=("KEN",)),
        replace(FACTS, firms=(ZTE,), amounts=()),
        replace(FACTS, amounts=(amount(300),), sector=Sector.TRANSPORT),
        replace(FACTS, amounts=(), status=Status.COMPLETED),
        replace(FACTS, lenders=(), amounts=(), sector=None),
    ],
    ids=["another country", "another firm", "another sum and sector", "opened", "firm and country alone"],
)
def test_another_project_or_event_is_not_the_same_news(other: ProjectFacts) -> None:
    """What speaks against it outweighs a shared firm and country, which are never enough."""
    assert same_news(telling(), telling(2, other, 1, language="fr")) == 0


def test_later_news_is_another_story() -> None:
    """The same facts three weeks later are an update, not the same news."""
    assert same_news(telling(), telling(2, days=21)) == 0
    assert cannot_link(telling(), telling(2, days=40))


def test_places_count_within_a_language_only() -> None:
    """Two towns of one language are two projects; across languages spelling tells nothing."""
    one, other = replace(BARE, places=("Bobo",)), replace(BARE, places=("Бобо",))
    cameras = (size(900),)
    assert same_news(
        telling(1, replace(one, quantities=cameras)), telling(2, replace(other, quantities=cameras), language="ru")
    )
    assert not same_news(telling(1, one), telling(2, other))


def test_a_place_is_one_as_it_sounds_in_two_scripts() -> None:
    """Sfax and صفاقس are one town, Bobo and 苏艾 are not; a town that both sound like counts as one both write."""
    facts = replace(BARE, places=("صفاقس",), quantities=(size(246),), sector=None)
    for place, language, same in (("斯法克斯", "zh", True), ("Sfax", "fr", True), ("苏艾", "zh", False)):
        other = telling(2, replace(facts, places=(place,)), language=language)
        one = telling(1, facts, language="ar")
        assert bool(same_news(one, other)) == same
        assert not same or keys_of(one).facts & keys_of(other).facts


def test_a_building_contradicts_no_sector() -> None:
    """A hospital that one calls a building and another health is one; two other sectors are two projects."""
    one = replace(FACTS, amounts=(), lenders=(), quantities=(size(246),), sector=Sector.BUILDINGS)
    for sector, same in ((Sector.DIGITAL_HEALTH, True), (None, True), (Sector.TRANSPORT, True)):
        assert bool(same_news(telling(1, one), telling(2, replace(one, sector=sector), 1, language="fr"))) == same
    other = replace(one, sector=Sector.ENERGY)
    assert not same_news(telling(1, replace(one, sector=Sector.WATER)), telling(2, other, 1, language="fr"))


def test_copies_join_whatever_their_facts() -> None:
    """The same text with another headline, or cut, is one story; with the same text even a year later."""
    whole = telling(1, text_hash="a", sketch=sketch(TEXTS[0]))
    cut = telling(2, ProjectFacts(), 20, text_hash="b", sketch=sketch(TEXTS[0][:15]))
    again = telling(3, BARE, 400, text_hash="a", sketch=sketch(TEXTS[0]))
    assert same_news(whole, cut) > COPY
    assert same_news(whole, again) > COPY
    assert not cannot_link(whole, again)
    assert same_news(whole, telling(4, replace(FACTS, countries=("KEN",)), sketch=sketch(TEXTS[0]))) == 0
    assert same_news(whole, telling(5, ProjectFacts(), sketch=sketch(TEXTS[1]))) == 0


def test_copies_of_a_roundup_are_reported_apart_by_their_projects() -> None:
    """Of two articles with the same text each project joins its own."""
    road = replace(BARE, amounts=(amount(300),), sector=Sector.TRANSPORT)
    text = {"text_hash": "a", "sketch": sketch(TEXTS[0]), "alone": False}
    ours = [telling(1, FACTS, **text), telling(2, road, article_id=1, url="https://paper1.test/1", ordinal=1, **text)]
    theirs = [telling(3, road, **text), telling(4, FACTS, article_id=3, url="https://paper3.test/3", ordinal=1, **text)]
    assert {frozenset(t.id for t in story) for story in group([*ours, *theirs], edges([*ours, *theirs]))} == {
        frozenset({1, 4}),
        frozenset({2, 3}),
    }


def test_a_vague_account_does_not_tie_two_projects() -> None:
    """What tells of neither sum nor town joins one of two projects that tell both differently."""
    shymkent = replace(BARE, amounts=(amount(120),), quantities=(size(2000),))
    karaganda = replace(BARE, amounts=(amount(94),), quantities=(size(1400),))
    vague = replace(BARE, counterparts=("Ministry of Works",), lenders=FACTS.lenders, status=Status.SIGNED)
    both = [replace(each, counterparts=vague.counterparts, lenders=vague.lenders) for each in (shymkent, karaganda)]
    tellings = [telling(1, both[0]), telling(2, vague, 1, language="fr"), telling(3, both[1], 2)]
    assert edges(tellings).keys() == {(1, 2), (2, 3)}
    assert len(group(tellings, edges(tellings))) == 2


def test_people_have_the_last_word() -> None:
    """`different` parts what the machine joins, `same` joins what it parts; the later word on a pair counts."""
    pair = [telling(1), telling(2, days=1)]
    far = [telling(1), telling(2, replace(FACTS, countries=("KEN",)), 90)]
    parted, tied = TellingBond(2, 1, Bond.DIFFERENT), TellingBond(1, 2, Bond.SAME)
    assert len(group(pair, edges(pair))) == 1
    assert len(group(pair, edges(pair), [parted])) == 2
    assert len(group(pair, edges(pair), [parted, tied])) == 1
    assert len(group(far, edges(far), [tied])) == 1
    assert len(group(far, edges(far), [TellingBond(1, 9, Bond.SAME)])) == 2


def test_what_a_person_tied_does_not_keep_others_out() -> None:
    """A further article joins the one that it fits, though a person tied another one to that which it does not fit."""
    odd = replace(FACTS, countries=("KEN",))
    tellings = [telling(1), telling(2, odd, 1), telling(3, days=2)]
    assert len(group(tellings, edges(tellings), [TellingBond(1, 2, Bond.SAME)])) == 1


@given(several())
def test_the_relations_are_symmetric(tellings: list[Telling]) -> None:
    """Whether two tellings are the same news, or must stay apart, does not depend on which is looked at first."""
    for one, other in combinations(tellings, 2):
        assert same_news(one, other) == same_news(other, one)
        assert cannot_link(one, other) == cannot_link(other, one)


@given(several())
def test_what_is_the_same_news_shares_a_key(tellings: list[Telling]) -> None:
    """No pair is missed because nothing leads from one to the other."""
    for one, other in combinations(tellings, 2):
        if same_news(one, other):
            assert keys_of(one).all & keys_of(other).all


@given(several(), st.data())
def test_the_order_of_arrival_does_not_matter(tellings: list[Telling], data: st.DataObject) -> None:
    """The same tellings, numbered and given in any order, make the same stories, whatever people decided on pairs."""
    pairs = st.tuples(
        st.sampled_from(tellings), st.sampled_from(tellings), st.sampled_from([Bond.SAME, Bond.DIFFERENT])
    )
    said = {
        frozenset((one.id, other.id)): (one, other, bond)
        for one, other, bond in data.draw(st.lists(pairs, max_size=3))
        if one.id != other.id
    }.values()
    shuffled = data.draw(st.permutations(tellings))
    renumbered = {old.id: new for new, old in enumerate(shuffled, 100)}
    again = [replace(each, id=renumbered[each.id]) for each in shuffled]
    first = partition(tellings, *(TellingBond(one.id, other.id, bond) for one, other, bond in said))
    bonds = [TellingBond(renumbered[one.id], renumbered[other.id], bond) for one, other, bond in said]
    assert partition(again, *bonds) == first


def test_a_loan_and_a_sum_without_kind_are_one_project() -> None:
    """A sum that one calls a loan and the other nothing is compared all the same."""
    one = replace(FACTS, amounts=(amount(85, kind=AmountKind.LOAN),))
    assert same_news(telling(1, one), telling(2, replace(FACTS, amounts=(amount(86, kind=AmountKind.UNSPECIFIED),))))
