"""Attention to pieces reads as its formula says, and the training's slopes are those of its loss."""

from __future__ import annotations

import math

import numpy as np
import pytest

from offing.model.attention import Attention, Pieces, shares
from training.data.vectors import Example
from training.meaning import attention as training

CHANCE = np.random.default_rng(7)


def floats(*shape: int) -> np.ndarray:
    """Some numbers."""
    return CHANCE.normal(size=shape).astype(np.float32)


def some_attention(dimensions: int = 5, looks: int = 2, values: int = 3) -> Attention:
    """An attention that nobody trained."""
    names = tuple(f"value {place}" for place in range(values))
    parts = floats(dimensions, looks), floats(4, looks), floats(looks, dimensions, values), floats(dimensions, values)
    return Attention(names, *parts, floats(values))


def by_hand(attention: Attention, pieces: Pieces, mean: np.ndarray) -> list[float]:
    """The same sum, number by number."""
    odds = [float(bias) for bias in attention.bias]
    for value in range(len(odds)):
        odds[value] += sum(float(mean[d]) * float(attention.whole[d, value]) for d in range(len(mean)))
        for look in range(attention.queries.shape[1]):
            asked = [
                math.exp(float(state @ attention.queries[:, look]) + float(attention.zones[zone, look]))
                for state, zone in zip(pieces.states, pieces.zones, strict=True)
            ]
            for share, state in zip(asked, pieces.states, strict=True):
                odds[value] += share / sum(asked) * float(state @ attention.seen[look, :, value])
    raised = [math.exp(each) for each in odds]
    return [each / sum(raised) for each in raised]


def test_it_reads_as_its_formula_says() -> None:
    """Each look sees the mean of the pieces by how much it asks for them."""
    attention, pieces, mean = some_attention(), Pieces(floats(6, 5), np.array([0, 0, 1, 2, 3, 3])), floats(5)
    assert attention.of(pieces, mean) == pytest.approx(by_hand(attention, pieces, mean), rel=1e-4)


def test_a_piece_that_is_asked_for_decides_among_many() -> None:
    """One piece in a hundred tells the value, wherever it stands; a mean of all would hardly move."""
    queries, seen = np.zeros((3, 1), np.float32), np.zeros((1, 3, 2), np.float32)
    queries[0], seen[0, 1, 1] = 30.0, 10.0
    attention = Attention(("no", "yes"), queries, np.zeros((4, 1), np.float32), seen, np.zeros((3, 2)), np.zeros(2))
    states = np.tile(np.array([0.0, 0.0, 1.0], np.float32), (100, 1))
    zones, mean = np.full(100, 3), np.zeros(3, np.float32)
    assert attention.of(Pieces(states, zones), mean)[1] == pytest.approx(0.5)
    states[57] = [0.7, 0.7, 0.0]
    assert attention.of(Pieces(states, zones), mean)[1] > 0.99


def test_shares_of_large_odds_stay_numbers() -> None:
    """No sum of weights is too large."""
    assert shares(np.array([1e4, -1e4], np.float32)).tolist() == [1.0, 0.0]


def test_slopes_are_those_of_the_loss() -> None:
    """Moved a little, each parameter changes the loss as its slope says."""
    values = ("a", "b", "c")
    texts = [
        training.Read(Pieces(floats(4, 5), np.array([0, 1, 3, 3])), Example(floats(5), value, "w")) for value in "abcb"
    ]
    parameters = {
        "queries": floats(5, 2),
        "zones": floats(4, 2),
        "seen": floats(2, 5, 3),
        "whole": floats(5, 3),
        "bias": floats(3),
    }
    parameters = {name: 0.3 * part.astype(np.float64) for name, part in parameters.items()}

    def loss() -> float:
        made = training.attention_of(values, parameters)
        told = [made.of(text.pieces, text.example.vector)[values.index(text.example.value)] for text in texts]
        return -sum(math.log(each) for each in told) / len(texts)

    slopes = training.slopes_of(parameters, texts, values)
    for name, part in parameters.items():
        place = tuple(CHANCE.integers(size) for size in part.shape)
        before = part[place]
        part[place] = before + 1e-2
        above = loss()
        part[place] = before - 1e-2
        below = loss()
        part[place] = before
        assert (above - below) / 2e-2 == pytest.approx(slopes[name][place], rel=0.05, abs=2e-3), name


def test_joined_attentions_tell_the_mean_of_their_log_odds() -> None:
    """Each looks as it did, and none counts more than another."""
    each = [
        Attention(("a", "b", "c"), floats(5, 2), floats(4, 2), floats(2, 5, 3), floats(5, 3), floats(3)) for _ in "123"
    ]
    pieces, mean = Pieces(floats(6, 5), np.array([0, 1, 1, 2, 3, 3])), floats(5)
    odds = np.mean([np.log(attention.of(pieces, mean)) for attention in each], axis=0)
    joined = training.joined(each)
    assert joined.of(pieces, mean) == pytest.approx(shares(odds), abs=1e-5)
    assert joined.queries.shape == (5, 6)
