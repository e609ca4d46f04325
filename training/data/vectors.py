"""Vectors of sentences, kept from one training to the next: to encode 25,000 takes minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from offing.model.values.floats import Floats
from offing.propose.encoder import cleaned, vectors_of

CACHE = Path(__file__).with_name(".vectors.npz")
_BATCH = 64
T = TypeVar("T")


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
        kept = dict(_stored_vectors())
        self._found = _completed(kept, vectors_of, texts)
        if len(self._found) > len(kept):
            np.savez(CACHE, texts=np.array(list(self._found)), vectors=np.stack(list(self._found.values())))

    def of(self, texts: Sequence[str]) -> Floats:
        """Return the vectors of some of these sentences, a row each."""
        return np.stack([self._found[cleaned(text)] for text in texts])


def _spread(
    work: Callable[[list[Any]], Iterable[Any]], items: Sequence[Any]
) -> Iterator[tuple[list[Any], Iterable[Any]]]:
    """Work on batches of items in as many processes as there are cores."""
    parts = [list(items[start : start + _BATCH]) for start in range(0, len(items), _BATCH)]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:  # a session does not survive a fork
        yield from zip(parts, pool.map(work, parts), strict=True)


def _completed(kept: Mapping[str, T], read: Callable[[list[str]], Iterable[T]], texts: Iterable[str]) -> dict[str, T]:
    """Return what is kept of sentences, and what reading the others gives."""
    found = dict(kept)
    for part, new in _spread(read, sorted({cleaned(text) for text in texts} - kept.keys())):
        found |= dict(zip(part, new, strict=True))
    return found


def _stored_vectors() -> Iterator[tuple[str, Floats]]:
    if CACHE.exists():
        with np.load(CACHE) as kept:
            yield from zip(kept["texts"].tolist(), kept["vectors"], strict=True)
