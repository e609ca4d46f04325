"""Doubt: what a text means as a whole decides only where the other reasons leave it open."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.config.layers import Layers
from offing.config.scoring import load_scoring
from offing.model.attention import Attention
from offing.model.candidate import Reason
from offing.model.meaning import Meaning, Reading
from offing.model.rules import ScoringRules
from offing.propose import encoder, propose
from offing.propose.doubt import MEANT, READING, with_meaning
from offing.propose.meaning import Heard
from offing.propose.reading import read
from propose.spans import COUNTRY, FIRM, Text

needs_encoder = pytest.mark.skipif(not encoder.is_there(), reason="no encoder: its weights are for Linux on x86-64")


def rules() -> ScoringRules:
    """The scoring that ships, without learned signs."""
    return replace(load_scoring(Layers.of(None)), signs={}, screen={})


def article(*paragraphs: str, title: str = "Huawei and Ghana") -> Text:
    """An article on Huawei and Ghana."""
    return Text(title, *paragraphs).put(FIRM, "Huawei", "huawei").put(COUNTRY, "Ghana", "GHA")


def heard_as(odds: float) -> Heard:
    """One sentence that means a project with some log-odds."""
    scope = read(article("A sentence.").article, (), rules())
    reading = Reading(("no", "yes"), np.zeros((2, 3), np.float32), np.array([0.0, odds], np.float32))
    return Heard(Meaning({READING: reading}, {}), scope.lines[:1], np.ones((1, 3), np.float32), scope.article)


def weight_of(odds: float) -> float:
    """What the reason weighs then."""
    return with_meaning((), heard_as(odds), rules())[0].weight


@given(st.floats(-30, 30))
def test_meaning_never_weighs_more_than_told(odds: float) -> None:
    """It speaks for a project where more than half of the texts that mean the same report one, up to its weight."""
    weight = weight_of(odds)
    assert abs(weight) <= rules().weights[MEANT]
    assert weight * odds >= 0


def test_meaning_says_less_for_what_names_nobody_chinese() -> None:
    """A project of others means the same; that it is none counts as much as ever."""
    unnamed = (Reason("no-named-party", -0.7, ""),)
    full, half = weight_of(9.0), with_meaning(unnamed, heard_as(9.0), rules())[0].weight
    assert half == pytest.approx(full * rules().levels["limits.meant_unnamed"], abs=0.01)
    against = {reason.name: reason.weight for reason in with_meaning(unnamed, heard_as(-9.0), rules())}
    assert against[MEANT] == weight_of(-9.0)


def test_meaning_says_how_many_such_texts_report_a_project() -> None:
    """A person reads a share."""
    (reason,) = with_meaning((), heard_as(2.0), rules())
    assert reason.text == "Of the texts learned from that mean about the same, 88% report a project."
    assert reason.weight == pytest.approx(2.28)


def test_the_strongest_reason_still_comes_first() -> None:
    """The reasons stay in order."""
    found = with_meaning((Reason("a", 3.9, "A."), Reason("b", -0.1, "B.")), heard_as(3.0), rules())
    assert [reason.name for reason in found] == ["a", MEANT, "b"]


def test_the_pieces_of_a_text_outdo_its_mean() -> None:
    """Where an attention reads whether a text reports a project, the mean says no more, but of a headline alone."""
    attention = Attention(
        ("no", "yes"),
        queries=np.zeros((3, 1), np.float32),
        zones=np.zeros((4, 1), np.float32),
        seen=np.zeros((1, 3, 2), np.float32),
        whole=np.zeros((3, 2), np.float32),
        bias=np.array([0.0, -4.0], np.float32),
    )
    headline = heard_as(3.0)
    meaning = replace(headline.meaning, attentions={READING: attention}, piece_centres={"": np.zeros(3, np.float32)})
    headline = replace(headline, meaning=meaning, states_of=lambda texts: [np.ones((2, 3), np.float16) for _ in texts])
    text = replace(headline, lines=headline.lines * 2, vectors=np.ones((2, 3), np.float32))
    assert with_meaning((), headline, rules())[0].weight > 0 > with_meaning((), text, rules())[0].weight


@needs_encoder
def test_a_text_in_doubt_is_decided_by_what_it_means() -> None:
    """The same kinds of words in the same places: works are a project, a ranking of phones is none."""
    works = article(
        "Huawei has begun to lay the fibre of the government's network in the capital, the first of four, with a loan "
        "of the Export-Import Bank of China.",
        title="Ghana: Huawei starts work on network of ministries",
    )
    phones = article(
        "Its phones cost a third less this spring in the shops of the capital, and our tester likes the camera.",
        title="Huawei phone review: the best you can buy in Ghana",
    )
    weights = {}
    for name, text in (("works", works), ("phones", phones)):
        text.cue("sector", "capital", "smart-city").cue("status", "first" if name == "works" else "spring", "completed")
        found = propose(text.article, text.mentions, rules())
        weights[name] = {reason.name: reason.weight for reason in found.proposals[0].reasons}
    assert weights["works"][MEANT] > weights["phones"][MEANT] + 0.2
    assert weights["phones"][MEANT] < 0


def test_nothing_is_said_where_there_is_no_model() -> None:
    """Without a model the other reasons decide alone."""
    text = article("Huawei builds a data centre.").cue("status", "builds", "under-construction")
    text.cue("sector", "data centre", "data-centre-cloud").cue("role", "builds", "contractor")
    found = propose(text.article, text.mentions, replace(rules(), meaning=None))
    assert found.proposals
    assert MEANT not in {reason.name for reason in found.proposals[0].reasons}
