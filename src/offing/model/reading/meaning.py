"""Sentence embeddings of whole texts, and the probability of each sector given one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from offing.model.values.floats import Floats, shares


@dataclass(frozen=True, slots=True)
class EmbeddingClassifier:
    """A multinomial logistic regression over embeddings.

    `weights` has a row for each value and a column for each dimension, `bias` a number for each value.
    """

    values: tuple[str, ...]
    weights: Floats
    bias: Floats

    def of(self, vectors: Floats) -> Floats:
        """Return the probability of each value (columns) for each vector (rows)."""
        return shares(vectors @ self.weights.T + self.bias)


@dataclass(frozen=True, slots=True)
class Meaning:
    """The mean sentence embedding of each language, which carries no meaning, and the sector classifier.

    The key "" holds the mean over all languages, for languages without training passages.
    """

    sector: EmbeddingClassifier
    centres: Mapping[str, Floats]

    def centred(self, vectors: Floats, language: str) -> Floats:
        """Return sentence embeddings of a language minus the language's mean, each scaled to length 1."""
        moved = vectors - self.centres.get(language, self.centres[""])
        lengths = np.linalg.norm(moved, axis=1, keepdims=True)
        scaled: Floats = moved / np.maximum(lengths, np.float32(1e-6))
        return scaled


def unit(vector: Floats) -> Floats:
    """Return the vector scaled to length 1."""
    scaled: Floats = vector / np.float32(max(float(np.linalg.norm(vector)), 1e-6))
    return scaled


_STEPS = 127  # of a byte, on each side of 0


def packed(vector: Floats) -> bytes:
    """Return a vector's direction, quantised to one byte per dimension."""
    widest = float(np.abs(vector).max()) or 1.0
    return np.round(vector * (_STEPS / widest)).astype(np.int8).tobytes()


def unpacked(gist: bytes) -> Floats:
    """Return the unit vector of a packed one."""
    return unit(np.frombuffer(gist, np.int8).astype(np.float32))
