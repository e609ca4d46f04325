"""Names of firms that no list has, in full, in short, and in two scripts."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.config.files.layers import Layers
from offing.match.text.firm_names import firm_name, same_firms
from offing.match.text.vectors import Rarity
from offing.services.matching.match_rules import rarity_of


@cache
def rarity() -> Rarity:
    """The words of places and trades that ship."""
    return rarity_of(Layers.of(None))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jiahe card technology", "jiahe"),
        ("jinyuan construções", "hebei jinyuan"),
        ("浙江华陆科技", "zhejiang hualu technology"),
        ("杭州云政信息公司", "hangzhou yunzheng information"),
        ("山东金禾矿业", "shandong jinhe mining"),
        ("نينغبو روشوي للقياس", "ningbo ruoshui metering"),
        ("دونغفانغ للفضاء", "dongfang space"),
    ],
)
def test_one_firm_under_two_names(one: str, other: str) -> None:
    """In short and in full, as read in pinyin, as heard in Arabic; whichever comes first."""
    assert firm_name(one, rarity()).is_same(firm_name(other, rarity()))
    assert firm_name(other, rarity()).is_same(firm_name(one, rarity()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hubei road construction", "hebei road construction"),
        ("zhejiang hualu technology", "zhejiang dali technology"),
        ("浙江华陆科技", "zhejiang dali technology"),
        ("深圳科技有限公司", "shenzhen technology"),
        ("نينغبو روشوي للقياس", "ningbo haichuang metering"),
    ],
)
def test_place_and_trade_make_no_firm_one(one: str, other: str) -> None:
    """Two firms of one town and trade stay two."""
    assert not firm_name(one, rarity()).is_same(firm_name(other, rarity()))


def test_pairs_of_two_sides() -> None:
    """Each pair is named once; a name that both write alike is none of them."""
    found = list(same_firms(["jiahe", "zte"], ["jiahe card technology", "zte"], rarity()))
    assert found == [("jiahe", "jiahe card technology")]


def test_two_ids_are_two_firms() -> None:
    """What the lexicon keeps apart stays apart, whatever words its ids share."""
    assert not list(same_firms(["jinhe-state", "jinhe"], ["jinhe-southern"], rarity()))


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_names_can_be_compared(one: str, other: str) -> None:
    """Whatever stands there, and it makes no difference which side is asked."""
    ours, theirs = firm_name(one, rarity()), firm_name(other, rarity())
    assert ours.is_same(theirs) == theirs.is_same(ours)
