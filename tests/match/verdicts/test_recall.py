"""Recall: what an article has in common with a known project, and the chances that come of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from offing.config.files.layers import Layers
from offing.config.weights.matching import load_recall
from offing.match.accounts.news_profile import NewsProfile, news_profile
from offing.match.text.vectors import Rarity
from offing.match.verdicts.recall import RecallProfile, odds_of, probabilities, recall_features
from offing.model.pairs.matching import RECALL_AGAINST, RECALL_FEATURES, Account
from offing.model.reading.meaning import packed, unpacked
from offing.model.values.floats import Floats

RULES = load_recall(Layers.of(None))
RARITY = Rarity({"the": 900, "road": 400}, 1000)
EAST, NORTH = np.array([1, 0], np.float32), np.array([0, 1], np.float32)


def sketch(text: str, *names: str) -> NewsProfile:
    """The sketch of an account in Senegal."""
    title = text.partition("\n")[0]
    return news_profile(Account(title=title, text=text, countries={"SEN": 1.0}, names=frozenset(names)), RARITY)


def impression(text: str, *names: str, gist: Floats = EAST, works: tuple[str, ...] = ()) -> RecallProfile:
    """An article as it is recalled by."""
    return RecallProfile(sketch(text, *names), gist, gist, frozenset(works))


def test_what_is_alike_is_reported_by_name() -> None:
    """The same words, names, works and meaning count in full; the best of several articles does, and their mean."""
    new = impression("Diamniadio outage\nservers stood still", "Diamniadio", works=("data-centre",))
    same = recall_features(new, [new])
    assert set(same) == set(RECALL_FEATURES)
    assert same["meaning"] == same["matter"] == same["works"] == pytest.approx(1.0)
    assert same["text"] == pytest.approx(1.0)
    assert same["name"] > 0.5
    assert same["other-works"] == same["other-donor"] == 0.0
    other = impression("a road", gist=NORTH, works=("road",))
    both = recall_features(new, [other, new])
    assert both["meaning"] == pytest.approx(0.5**0.5)
    assert both["text"] == pytest.approx(1.0)
    assert both["works"] == 1.0


def test_names_of_two_scripts_sound_alike() -> None:
    """A name in Arabic letters is heard in the Latin one."""
    found = recall_features(impression("عطل", "ديامنياديو"), [impression("data centre", "Diamniadio")])
    assert found["name"] == 0.0
    assert found["sound"] > 0.0


def test_what_speaks_against_it() -> None:
    """Works of other kinds alone, and others who give."""
    new = replace(impression("bridge", works=("bridge",)), others=True)
    found = recall_features(new, [impression("hospital", works=("hospital",))])
    assert found["other-works"] == found["other-donor"] == 1.0
    assert found["works"] == 0.0
    assert recall_features(impression("bridge"), [impression("hospital", works=("hospital",))])["other-works"] == 0.0


FEATURES = st.fixed_dictionaries({name: st.floats(0, 1) for name in RECALL_FEATURES})


@given(st.lists(FEATURES, max_size=6))
def test_chances_add_up_to_one_with_news_of_none(compared: list[dict[str, float]]) -> None:
    """They are shares, in the order of the odds, and a further project takes from all."""
    found = probabilities(compared, RULES)
    assert all(0 <= chance <= 1 for chance in found)
    assert sum(found) <= 1 + 1e-9
    odds = [odds_of(features, RULES) for features in compared]
    assert sorted(range(len(odds)), key=lambda n: (odds[n], n)) == sorted(range(len(odds)), key=lambda n: (found[n], n))
    if compared:
        more = probabilities([*compared, compared[0]], RULES)
        assert all(later <= before + 1e-12 for later, before in zip(more, found, strict=False))


@given(FEATURES, st.sampled_from(RECALL_FEATURES))
def test_a_feature_counts_as_its_name_says(features: dict[str, float], name: str) -> None:
    """More of what speaks for it never makes it less likely, more of what speaks against it never more."""
    less, more = odds_of({**features, name: 0.0}, RULES), odds_of({**features, name: 1.0}, RULES)
    assert more <= less if name in RECALL_AGAINST else more >= less


VECTORS = arrays.arrays(np.float32, 32, elements=st.floats(-1, 1, width=32))


@given(VECTORS)
def test_packing_keeps_the_direction(vector: Floats) -> None:
    """A packed vector points where the vector did; of nothing it is nothing."""
    found = unpacked(packed(vector))
    length = float(np.linalg.norm(vector))
    if length < 1e-3:
        return
    assert float(found @ vector) / length > 0.99
