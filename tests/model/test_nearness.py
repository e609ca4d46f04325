"""Nearness to examples: 1 for what is the same, less with the square of the distance."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from offing.model.meaning import Examples, Reading

ROWS = arrays(np.float32, (3, 4), elements=st.floats(-1, 1, width=32))


@given(ROWS, ROWS, st.floats(0.2, 2.0))
def test_it_falls_with_the_square_of_the_distance(known: np.ndarray, asked: np.ndarray, reach: float) -> None:
    """As a plain reckoning of each pair says."""
    near = Examples(known, reach).nearness(asked)
    for row, vector in enumerate(asked):
        for column, example in enumerate(known):
            apart = math.dist(vector.tolist(), example.tolist())
            assert math.isclose(near[row, column], math.exp(-((apart / reach) ** 2)), rel_tol=1e-3, abs_tol=1e-4)


def test_a_reading_may_be_by_nearness() -> None:
    """What lies near an example of a value is likely of that value."""
    known = np.eye(2, dtype=np.float32)
    reading = Reading(("near", "far"), 5 * known, np.zeros(2, np.float32), Examples(known, 0.5))
    shares = reading.of(np.array([[0.9, 0.1], [0.0, 1.0]], np.float32))
    assert (shares.argmax(axis=1) == [0, 1]).all()
    assert np.allclose(shares.sum(axis=1), 1.0)
