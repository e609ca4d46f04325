"""Doubt: what the encoder makes of a whole text decides only where the other reasons leave it open."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.config.files.layers import Layers
from offing.config.weights.scoring import load_scoring
from offing.model.reading.rules import ScoringRules
from offing.model.review.candidate import Reason
from offing.model.sources.article import Article
from offing.propose.encoder.encoded import EncodedArticle
from offing.propose.score.reasons import ENCODED, UNNAMED, with_encoding
from propose.encodings import Told, encoded_as

MOST = 4.0  # log-odds
ARTICLE = Article(1, "Huawei and Ghana", ("A sentence.",), "en")


@cache
def rules() -> ScoringRules:
    """The scoring that ships; what the encoder says weighs as much as its log-odds."""
    shipped = load_scoring(Layers.of(None))
    return replace(shipped, relevance={}, screen={}, weights={**shipped.weights, ENCODED: 1.0})


def reported(share: float) -> EncodedArticle:
    """A text that reports a project as likely as that."""
    return encoded_as(ARTICLE, Told(text={"relevant": {"1": share}}))


def weight_of(share: float, *others: Reason) -> float:
    """What the reason weighs then."""
    return next(each.weight for each in with_encoding(others, reported(share), rules()) if each.name == ENCODED)


@given(st.floats(0.001, 0.999))
def test_the_encoder_never_weighs_more_than_told(share: float) -> None:
    """It speaks for a project where it is likelier than not that the text reports one, up to a limit."""
    weight = weight_of(share)
    assert abs(weight) <= MOST * rules().weights[ENCODED]
    assert weight * (share - 0.5) >= 0


@pytest.mark.parametrize(
    ("share", "weight"), [(0.5, 0.0), (0.75, 1.1), (0.25, -0.22), (0.9, 2.2), (0.9999, MOST), (0.0001, -MOST / 5)]
)
def test_the_surer_the_more(share: float, weight: float) -> None:
    """By its log-odds, of which a fifth counts against a project."""
    assert weight_of(share) == pytest.approx(weight, abs=0.01)


def test_it_says_less_for_what_names_nobody_chinese() -> None:
    """A project of others reads the same; that there is none counts as much as ever."""
    unnamed = Reason(UNNAMED, -0.7, "")
    less = rules().levels["limits.meant_unnamed"]
    assert 0 < less < 1
    assert weight_of(0.9, unnamed) == pytest.approx(weight_of(0.9) * less, abs=0.01)
    assert weight_of(0.1, unnamed) == weight_of(0.1)


def test_a_person_reads_how_likely_it_is() -> None:
    """In the sentence of the reason, as a share."""
    (reason,) = with_encoding((), reported(0.88), rules())
    assert "88%" in reason.text
    assert "{" not in reason.text


def test_the_strongest_reason_still_comes_first() -> None:
    """The reasons stay in order."""
    found = with_encoding((Reason("a", 3.9, "A."), Reason("b", -0.1, "B.")), reported(0.95), rules())
    assert [reason.name for reason in found] == ["a", ENCODED, "b"]


def test_a_text_of_which_nothing_was_read_leaves_the_reasons_as_they_are() -> None:
    """Of no pieces nobody knows anything."""
    found = (Reason("a", 1.0, "A."),)
    assert with_encoding(found, encoded_as(ARTICLE, Told(pieces=0)), rules()) == found
