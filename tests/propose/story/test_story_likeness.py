"""Like tellings: compared by what they tell, with the same answers as each pair by itself."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.pairs.pairing import Bond
from offing.model.review.story import Telling, TellingBond
from offing.propose.story import COPIED, DAYS, Likeness, cannot_link, group, is_copy, keys_of, same_news, stories_of
from offing.propose.story import likeness as compared
from propose.tellings import DAY, FACTS, TEXTS, several, sketch, telling

GAPS = [DAYS * 0, DAYS, DAYS * 1.01, COPIED, COPIED * 1.01, COPIED * 9]


@given(several(), st.data())
def test_kinds_say_what_their_tellings_do(tellings: list[Telling], data: st.DataObject) -> None:
    """Whatever lies between two tellings, and whatever was compared before."""
    likeness = Likeness()
    moved = [replace(each, at=each.at + data.draw(st.sampled_from(GAPS))) for each in tellings]
    for one, other in combinations(moved, 2):
        assert likeness.apart(one, other) == cannot_link(one, other)
        assert likeness.copied(one, other) == is_copy(one, other)
        assert (
            likeness.sure(one, other) == likeness.sure(other, one) == (same_news(one, other) if near(one, other) else 0)
        )
    linked = {each.id for each in likeness.linked(moved[:1], moved[1:])}
    assert linked == {each.id for each in moved[1:] if likeness.sure(moved[0], each)}


def near(one: Telling, other: Telling) -> bool:
    """Whether a key leads from one to the other in its time."""
    ours, theirs, gap = keys_of(one), keys_of(other), abs(one.at - other.at)
    within = [
        ours.same & theirs.same,
        gap <= COPIED and ours.text & theirs.text,
        gap <= DAYS and ours.facts & theirs.facts,
    ]
    return any(within)


@given(several())
def test_what_is_kept_apart_is_so_at_any_larger_distance(tellings: list[Telling]) -> None:
    """So is what is not the same news: the widest and the nearest of like pairs speak for all."""
    for one, other in combinations(tellings, 2):
        if one.article_id != other.article_id:
            pairs = [(replace(one, at=DAY), replace(other, at=DAY + gap)) for gap in GAPS]
            split = [cannot_link(*pair) for pair in pairs]
            same = [bool(Likeness().sure(*pair)) for pair in pairs]
            assert (split, same) == (sorted(split), sorted(same, reverse=True))


@given(several(), st.data())
def test_the_stories_are_those_of_all_pairs(tellings: list[Telling], data: st.DataObject) -> None:
    """Where no pair is looked at, since nothing has to stay apart, too; whatever people say."""
    moved = [replace(each, at=each.at + data.draw(st.sampled_from(GAPS))) for each in tellings]
    ids = st.sampled_from([each.id for each in moved])
    bonds = data.draw(
        st.lists(st.builds(TellingBond, ids, ids, st.sampled_from([Bond.SAME, Bond.DIFFERENT])), max_size=3)
    )
    bonds = [each for each in bonds if each.one != each.other]
    likeness = Likeness()
    edges = {(one.id, other.id): sure for one, other in combinations(moved, 2) if (sure := likeness.sure(one, other))}
    assert stories_of(moved, likeness, bonds) == group(moved, edges, bonds)
    alike = [(one, other) for one, other in combinations(moved, 2) if cannot_link(one, other)]
    assert not (likeness.united(moved) and alike)


@pytest.mark.parametrize("days", [0.0, 0.01])
def test_like_tellings_are_compared_once(monkeypatch: pytest.MonkeyPatch, days: float) -> None:
    """Ten times as many articles of one text, at one time or at many, take not one comparison more."""
    asked: list[tuple[Telling, ...]] = []
    monkeypatch.setattr(compared, "same_news", lambda *pair: asked.append(pair) or same_news(*pair))
    monkeypatch.setattr(compared, "cannot_link", lambda *pair: asked.append(pair) or cannot_link(*pair))
    counts = []
    for many in (20, 200):
        new = replace(FACTS, title=f"{many} articles within {days * many} days")  # nothing of it was compared before
        text = {"text_hash": "a", "sketch": sketch(TEXTS[0])}
        before = len(asked)
        stories = stories_of([telling(n, new, days * n, **text) for n in range(1, many + 1)], Likeness())
        counts.append((len(stories), len(asked) - before))
    assert counts == [(1, 2), (1, 2)]
