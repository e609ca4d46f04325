"""Vectors of meaning: what counts of them is where they point."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.reading.meaning import EmbeddingClassifier, Meaning, packed, unit, unpacked

CENTRES = {"": np.array([0.0, 0.0], np.float32), "en": np.array([1.0, 1.0], np.float32)}
READING = EmbeddingClassifier(("a", "b"), np.array([[4, 0], [0, 4]], np.float32), np.zeros(2, np.float32))
MEANING = Meaning(READING, CENTRES)
VECTORS = st.lists(st.floats(-1, 1, width=32), min_size=2, max_size=8).filter(lambda row: max(map(abs, row)) > 0.01)


@pytest.mark.parametrize("far", [0.01, 0.5, 1.0, 40.0])
def test_a_centred_vector_has_length_1(far: float) -> None:
    """However near the mean of its language it lies; a language without a mean has that of all."""
    row = np.array([[1 + 3 * far, 1 + 4 * far]], np.float32)
    assert MEANING.centred(row, "en")[0] == pytest.approx([0.6, 0.8], abs=1e-4)
    assert MEANING.centred(row - 1, "xx")[0] == pytest.approx([0.6, 0.8], abs=1e-4)


def test_a_reading_gives_shares() -> None:
    """They add up to one, and the value that a vector points to has most."""
    shares = READING.of(np.array([[1, 0], [0, 1]], np.float32))
    assert np.allclose(shares.sum(axis=1), 1)
    assert shares.argmax(axis=1).tolist() == [0, 1]
    assert shares[0, 0] == pytest.approx(1 / (1 + math.exp(-4)))


def test_what_all_sentences_of_a_language_share_is_taken_away() -> None:
    """Of a language that no passage was written in, what all languages share."""
    meaning = Meaning(READING, {"": np.array([1, 0], np.float32), "fr": np.array([0, 1], np.float32)})
    vectors = np.array([[1, 1]], np.float32)
    assert meaning.centred(vectors, "fr").tolist() == [[1, 0]]
    assert meaning.centred(vectors, "sw").tolist() == [[0, 1]]


def test_what_points_nowhere_stays_so() -> None:
    """The mean itself says nothing."""
    assert MEANING.centred(CENTRES["en"][None], "en").tolist() == [[0.0, 0.0]]
    assert unit(np.zeros(3, np.float32)).tolist() == unpacked(packed(np.zeros(3, np.float32))).tolist() == [0.0] * 3


@given(VECTORS)
def test_a_packed_vector_points_where_it_did(row: list[float]) -> None:
    """A byte for each dimension, and no more than a hundredth lost of any."""
    vector = np.array(row, np.float32)
    gist = packed(vector)
    assert len(gist) == len(row)
    assert max(np.frombuffer(gist, np.int8), key=lambda each: abs(int(each))) in (127, -127)
    assert unpacked(gist) == pytest.approx(unit(vector), abs=0.01)
    assert float(np.linalg.norm(unpacked(gist))) == pytest.approx(1.0, abs=1e-5)
