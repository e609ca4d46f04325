"""Vectors of sentences: a small multilingual encoder, run by ONNX Runtime (docs/decisions/0010).

A machine without its weights has no vectors; what is proposed then rests on wordings alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np

from offing.model.meaning import Floats, unit
from offing.propose.encoder.engine import Engine
from offing.propose.encoder.pieces import Pieces
from offing.propose.encoder.weights import Vocabulary, Weights, weights_file

LONGEST = 400  # characters; what a sentence tells, it tells in these
_MOST = 510  # pieces that the encoder has positions for, beside the marks at both ends
_ASKED = "query: "  # what the encoder was trained to have before each text
_UNREADABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_KEPT = 2_000  # sentences whose vectors are kept: parts of a roundup and revisions share theirs


def is_there() -> bool:
    """Whether this machine can tell what sentences mean."""
    return _encoder() is not None


def vectors_of(sentences: Sequence[str]) -> Floats:
    """The vectors of some sentences, a row each, of length 1.

    Raises:
        RuntimeError: there is no encoder (see `is_there`).
    """
    return np.stack([_vector(cleaned(sentence)) for sentence in sentences])


def forget() -> None:
    """Let go of the vectors that are kept, so that what they cost can be measured."""
    _vector.cache_clear()


def cleaned(sentence: str) -> str:
    """A sentence as the encoder knows text: compatibility forms resolved, nothing unseen, one space apart, cut."""
    plain = unicodedata.normalize("NFKC", sentence[:LONGEST]).replace("▁", " ")
    readable = "".join(c if unicodedata.category(c) not in _UNREADABLE else " " for c in plain)
    return " ".join(readable[: 2 * LONGEST].split())


class _Encoder:
    """The engine with the pieces that it takes."""

    def __init__(self, weights: Weights) -> None:
        self._engine = Engine(weights)
        self._pieces = Pieces(weights.vocabulary)
        self._marks: Vocabulary = weights.vocabulary

    def vector(self, sentence: str) -> Floats:
        tokens = self._pieces.tokens(_ASKED + sentence)[:_MOST]
        numbers = [self._marks.start, *(token.number for token in tokens), self._marks.end]
        return unit(self._engine.states(numbers).mean(axis=0))


@lru_cache(maxsize=_KEPT)
def _vector(sentence: str) -> Floats:
    encoder = _encoder()
    if encoder is None:
        raise RuntimeError("this machine has no encoder of sentences")
    return encoder.vector(sentence)


@cache
def _encoder() -> _Encoder | None:
    """The encoder; None where its weights or ONNX Runtime are not installed."""
    file = weights_file()
    try:
        return _Encoder(Weights(file)) if file else None
    except ImportError:
        return None
