"""Vectors of sentences, and of their pieces, kept from one training to the next: to encode 25,000 takes minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from offing.model.floats import Floats
from offing.propose.encoder import around, cleaned, states_of, vectors_of

CACHE = Path(__file__).with_name(".vectors.npz")
PIECES = Path(__file__).with_name(".pieces.npz")
_BATCH = 64
T = TypeVar("T")
Place = tuple[str, int, int]  # a sentence, and where something stands in it


@dataclass(frozen=True, slots=True)
class Example:
    """A vector, the value that is right for it, and who wrote it."""

    vector: Floats
    value: str
    brief: str


class Vectors:
    """Vectors by sentence; what is not known yet is encoded, with all cores."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Know the vectors of some sentences, and keep them for the next time."""
        kept = dict(_kept())
        self._found = _completed(kept, vectors_of, texts)
        if len(self._found) > len(kept):
            np.savez(CACHE, texts=np.array(list(self._found)), vectors=np.stack(list(self._found.values())))

    def of(self, texts: Sequence[str]) -> Floats:
        """The vectors of some of these sentences, a row each."""
        return np.stack([self._found[cleaned(text)] for text in texts])


class States:
    """What the pieces of sentences mean, by sentence; what is not known yet is encoded, with all cores."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Know the pieces of some sentences, and keep them for the next time: 800 MB for 39,000."""
        kept = dict(_kept_pieces())
        self._found = _completed(kept, states_of, texts)
        if len(self._found) > len(kept):
            ends = np.cumsum([len(each) for each in self._found.values()])
            rows = np.concatenate(list(self._found.values()))
            np.savez(PIECES, texts=np.array(list(self._found)), ends=ends, rows=rows)

    def of(self, texts: Sequence[str]) -> list[NDArray[np.float16]]:
        """The pieces of some of these sentences: for each a row for each piece."""
        return [self._found[cleaned(text)] for text in texts]


def vectors_around(places: Sequence[Place]) -> list[Floats | None]:
    """What stands somewhere in sentences means there, as `encoder.around` says it, read with all cores."""
    return [vector for _, vectors in _spread(_around, places) for vector in vectors]


def _around(places: Sequence[Place]) -> list[Floats | None]:
    return [around(*place) for place in places]


def _spread(
    work: Callable[[list[Any]], Iterable[Any]], items: Sequence[Any]
) -> Iterator[tuple[list[Any], Iterable[Any]]]:
    """Work on batches of items in as many processes as there are cores."""
    parts = [list(items[start : start + _BATCH]) for start in range(0, len(items), _BATCH)]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:  # a session does not survive a fork
        yield from zip(parts, pool.map(work, parts), strict=True)


def _completed(kept: Mapping[str, T], read: Callable[[list[str]], Iterable[T]], texts: Iterable[str]) -> dict[str, T]:
    """What is kept of sentences, and what reading the others gives."""
    found = dict(kept)
    for part, new in _spread(read, sorted({cleaned(text) for text in texts} - kept.keys())):
        found |= dict(zip(part, new, strict=True))
    return found


def _kept() -> Iterator[tuple[str, Floats]]:
    if CACHE.exists():
        with np.load(CACHE) as kept:
            yield from zip(kept["texts"].tolist(), kept["vectors"], strict=True)


def _kept_pieces() -> Iterator[tuple[str, NDArray[np.float16]]]:
    if PIECES.exists():
        with np.load(PIECES) as kept:
            yield from zip(kept["texts"].tolist(), np.split(kept["rows"], kept["ends"][:-1]), strict=True)
