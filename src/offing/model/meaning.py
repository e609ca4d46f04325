"""What sentences mean: linear readings of the vectors that an encoder of sentences gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from offing.model.attention import Attention, shares
from offing.model.floats import Floats


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
        return shares(logits.T).T


@dataclass(frozen=True, slots=True)
class Meaning:
    """All readings by name, and the mean vector of each language's sentences, which says nothing of their meaning.

    Under the language "" stands the mean of all, for languages that no passage was written in. `attentions` read some
    fields from the pieces of sentences; `piece_centres` are the means of those.
    """

    readings: Mapping[str, Reading]
    centres: Mapping[str, Floats]
    attentions: Mapping[str, Attention] = field(default_factory=dict)
    piece_centres: Mapping[str, Floats] = field(default_factory=dict)

    def centred(self, vectors: Floats, language: str) -> Floats:
        """Vectors of sentences of a language, without what all its sentences share, each of length 1."""
        return _without(self.centres, language, vectors)

    def centred_pieces(self, states: Floats, language: str) -> Floats:
        """The same of pieces of sentences."""
        return _without(self.piece_centres, language, states)


def _without(centres: Mapping[str, Floats], language: str, rows: Floats) -> Floats:
    moved = rows - centres.get(language, centres[""])
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    scaled: Floats = moved / np.maximum(lengths, np.float32(1e-6))
    return scaled


def unit(vector: Floats) -> Floats:
    """The vector of length 1 that points where a vector does."""
    scaled: Floats = vector / np.float32(max(float(np.linalg.norm(vector)), 1e-6))
    return scaled


_STEPS = 127  # of a byte, on each side of 0


def packed(vector: Floats) -> bytes:
    """A vector's direction, a byte for each dimension."""
    widest = float(np.abs(vector).max()) or 1.0
    return np.round(vector * (_STEPS / widest)).astype(np.int8).tobytes()


def unpacked(gist: bytes) -> Floats:
    """The vector of length 1 that points where a packed one did."""
    return unit(np.frombuffer(gist, np.int8).astype(np.float32))
