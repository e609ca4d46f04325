"""Sketches: a text of any length as 516 bytes that identify near copies, even shortened ones.

A sketch is the MinHash of a text's word shingles (character shingles in scripts without blanks), preceded by their
number: four bytes, then 128 values of four bytes, little-endian. The share of equal values of two sketches estimates
their resemblance |A∩B| / |A∪B| (Broder 1997; at one half the standard error is .044). With the numbers of shingles it
gives how much of the shorter text is contained in the longer: a copy cut to a third still has nearly all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from hashlib import sha1
from operator import eq

import numpy as np
from numpy.typing import NDArray

from offing.model.text.folding import fold_text

VALUES = 128
LEAST_SHINGLES = 25  # a text with fewer is only some sentences, which anybody may quote
RESEMBLES = 0.5
CONTAINED = 0.72
_LEAST_RESEMBLANCE = 0.1  # below it, 128 values cannot estimate the containment
_BANDS = 12
_WORDS, _CHARACTERS = 4, 8  # length of a shingle
_LARGEST = 20_000  # shingles; what follows is ignored
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]|[^\W_]+")
_UNPARTED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_SEPARATOR = "\x1f"


def minhash_of(paragraphs: Iterable[str]) -> bytes:
    """The sketch of an article's text, without its headline, which every outlet writes itself.

    Returns:
        516 bytes; none where the text is too short to identify copies.
    """
    shingles = _shingles(fold_text(" ".join(paragraphs)))
    if len(shingles) < LEAST_SHINGLES:
        return b""
    values = _least(
        b"".join(sha1(each.encode("utf-8", "replace"), usedforsecurity=False).digest()[:4] for each in shingles)
    )
    return len(shingles).to_bytes(4, "little") + values.astype("<u4").tobytes()


def bands_of(sketch: bytes) -> tuple[str, ...]:
    """Locality-sensitive keys: near copies share at least one.

    Each is one of the values. Two texts of resemblance r share a key with probability 1 − (1 − r)¹²: .93 at a fifth,
    .9998 at one half, .04 where one shingle in 300 is common.
    """
    if not sketch:
        return ()
    return tuple(f"t{number}:{value:08x}" for number, value in enumerate(_values(sketch)[:_BANDS]))


def resemblance(one: bytes, other: bytes) -> float:
    """The estimated resemblance (Jaccard) of two texts, 0 to 1; 0 where one has no sketch."""
    if not one or not other:
        return 0.0
    return float(sum(map(eq, _values(one), _values(other))) / VALUES)


def near_copies(one: bytes, other: bytes) -> bool:
    """Whether two texts are the same with changes, or one is cut from the other."""
    alike = resemblance(one, other)
    if alike >= RESEMBLES or alike < _LEAST_RESEMBLANCE:
        return alike >= RESEMBLES
    # |A∩B| follows from the resemblance and both sizes; the shorter text is contained in the longer to this share.
    sizes = int.from_bytes(one[:4], "little"), int.from_bytes(other[:4], "little")
    return min(1.0, alike / (1 + alike) * sum(sizes) / min(sizes)) >= CONTAINED


def _values(sketch: bytes) -> memoryview[int]:
    return memoryview(sketch)[4:].cast("I")


def _shingles(folded: str) -> list[str]:
    tokens = _TOKEN.findall(folded)
    is_unparted = 2 * sum(1 for token in tokens if _UNPARTED.match(token)) > len(tokens)
    length = _CHARACTERS if is_unparted else _WORDS
    ends = range(min(len(tokens) - length + 1, _LARGEST))
    return list(dict.fromkeys(_SEPARATOR.join(tokens[start : start + length]) for start in ends))


def _least(hashes: bytes) -> NDArray[np.uint32]:
    """The minimum of each permutation over some four-byte hashes.

    Reproduces datasketch's scheme "affine32" with seed 1, with which stored sketches were made: each hash is mixed (the
    finalizer of MurmurHash3, Appleby 2011), then h → a·h + b modulo 2³² with an odd a.
    """
    mixed = np.frombuffer(hashes, "<u4").astype(np.uint32).reshape(-1, 1)
    mixed = (mixed ^ (mixed >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    mixed = (mixed ^ (mixed >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    factors, summands = _permutations()
    least: NDArray[np.uint32] = (mixed * factors + summands).min(axis=0)
    return least


@cache
def _permutations() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Factors and summands, drawn with a fixed seed, since sketches are stored."""
    draw = np.random.RandomState(1)
    factors = draw.randint(0, 1 << 31, VALUES, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, draw.randint(0, 1 << 32, VALUES, dtype=np.uint32)
