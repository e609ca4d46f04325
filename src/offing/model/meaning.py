"""What sentences mean: linear readings of the vectors that an encoder of sentences gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """A multinomial logistic over vectors: how likely each of some values is.

    `weights` has a row for each value and a column for each dimension, `bias` a number for each value.
    """

    values: tuple[str, ...]
    weights: Floats
    bias: Floats

    def of(self, vectors: Floats) -> Floats:
        """The probability of each value (columns) for each vector (rows)."""
        logits = vectors @ self.weights.T + self.bias
        raised = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares: Floats = raised / raised.sum(axis=1, keepdims=True)
        return shares


@dataclass(frozen=True, slots=True)
class Meaning:
    """All readings by name, and the mean vector of each language's sentences, which says nothing of their meaning.

    Under the language "" stands the mean of all, for languages that no passage was written in.
    """

    readings: Mapping[str, Reading]
    centres: Mapping[str, Floats]

    def centred(self, vectors: Floats, language: str) -> Floats:
        """Vectors of sentences of a language, without what all its sentences share, each of length 1."""
        moved = vectors - self.centres.get(language, self.centres[""])
        lengths = np.linalg.norm(moved, axis=1, keepdims=True)
        scaled: Floats = moved / np.maximum(lengths, np.float32(1e-6))
        return scaled
