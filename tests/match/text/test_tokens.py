"""Words, numbers and vectors of accounts."""

from __future__ import annotations

import pytest

from offing.config.files.layers import Layers
from offing.config.wordings.account_words import load_account_words
from offing.match.text.numbered import numbered
from offing.match.text.tokens import fold, grams, words
from offing.match.text.vectors import Rarity, contained, cosine, direction
from offing.model.pairs.matching import AccountWords


def test_accents_case_and_references_are_no_difference() -> None:
    """A word is the same with and without accents, and the numbers of other records do not count."""
    assert words(fold("Électricité (linked to project ID#34030, #12)")) == words(fold("ELECTRICITE (linked to, )"))


def test_scripts_without_blanks_become_pairs() -> None:
    """Chinese is compared by pairs of characters, also beside Latin letters and alone."""
    assert words(fold("华为5G网络")) == ["5g", "华为", "网络"]
    assert words("路") == ["路"]


def test_grams_forgive_endings() -> None:
    """Two forms of a word share most of their runs of characters."""
    one, other = set(grams("construction")), set(grams("constructing"))
    assert len(one & other) > len(one - other)


@pytest.mark.parametrize(
    ("title", "phases", "ordinals", "years"),
    [
        ("Phase II of the backbone", {2}, set(), set()),
        ("second phase of the road", {2}, set(), set()),
        ("Вторая очередь дороги", {2}, set(), set()),
        ("电网二期项目", {2}, set(), set()),
        ("Segunda etapa de la presa", {2}, set(), set()),
        ("21st medical team in 2009", set(), {21}, {2009}),
        ("A road of 120 km", set(), set(), set()),
        ("Phase IX of the backbone", {9}, set(), set()),
        ("Phase XII of the backbone", {12}, set(), set()),
        ("电网第十期项目", {10}, set(), set()),
        ("电网第十二期项目", {12}, set(), set()),
        ("电网第二十期项目", {20}, set(), set()),
        ("电网第三十一期项目", {31}, set(), set()),
        ("电网第一百零二期项目", set(), set(), set()),
        ("电网一二期项目", set(), set(), set()),
        ("25 o más escuelas", set(), set(), set()),
        ("Flights at 12 a day", set(), set(), set()),
        ("Un canal de 3 a 5 km", set(), set(), set()),
        ("La 3ª brigada, el 4º equipo", set(), {3, 4}, set()),
    ],
)
def test_a_title_tells_phase_ordinal_and_year(
    title: str, phases: set[int], ordinals: set[int], years: set[int]
) -> None:
    """Phases are read as figures, Roman numbers and words; other numbers are no phases."""
    found = numbered(fold(title), load_account_words(Layers.of()))
    assert (found.phases, found.ordinals, found.years) == (phases, ordinals, years)


def test_stages_are_reported_by_the_words_of_the_rules() -> None:
    """A further language has its own words for stages and ordinals; without any, figures alone say nothing."""
    lists = (("stages", ("lotto", "fase")), ("ordinal_ends", ("mo",)), ("stages_unparted", ("期",)))
    italian = AccountWords(lists, (("Secondo", 2),))
    assert numbered("secondo lotto, fase iv, 3 mo gruppo", italian).phases == {2, 4}
    assert numbered("secondo lotto, fase iv, 3 mo gruppo", italian).ordinals == {3}
    assert numbered("电网二期", italian).phases == {2}
    empty = numbered("secondo lotto, fase iv, 3 mo gruppo, 二期", AccountWords())
    assert not empty.phases | empty.ordinals


def test_rare_words_count_more() -> None:
    """What two texts share counts by its rarity, one more for a word that no text has."""
    rarity = Rarity.of([["road", "lilongwe"], ["road", "lusaka"], ["road"]])
    assert rarity["lusaka"] > rarity["road"]
    assert rarity["unseen"] >= rarity["lusaka"]
    vector = rarity.vector(["road", "lusaka"])
    assert cosine(vector, vector) == pytest.approx(1)
    assert cosine(vector, rarity.vector(["lusaka"])) > cosine(vector, rarity.vector(["road"]))
    assert cosine(vector, {}) == 0


def test_shares_of_no_words() -> None:
    """An empty text shares nothing and holds nothing."""
    rarity = Rarity.of([])
    assert rarity.vector([]) == {}
    assert contained(rarity.shares([]), {"road": 1.0}) == 0
    assert direction({}, {"a": 1.0}) == 0
    assert direction({"a": 2.0}, {"a": 1.0}) == pytest.approx(1)
