"""Encoder output: arrays of 32-bit floats."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def shares(odds: Floats) -> Floats:
    """Return the softmax of log-odds (logits) along the last axis."""
    raised = np.exp(odds - odds.max(axis=-1, keepdims=True))
    found: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return found
