"""Sentence embeddings, cached between training runs: encoding 25,000 sentences takes minutes."""

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
    """An embedding of shape `(384,)` with its gold value and its brief."""

    vector: Floats
    value: str
    brief: str


class Vectors:
    """Embeddings by sentence; sentences missing from the cache are encoded on all cores."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Load or compute the embeddings of sentences, and update the cache."""
        cached = dict(_stored_vectors())
        self._found = _completed(cached, vectors_of, texts)
        if len(self._found) > len(cached):
            np.savez(CACHE, texts=np.array(list(self._found)), vectors=np.stack(list(self._found.values())))

    def of(self, texts: Sequence[str]) -> Floats:
        """Return the embeddings of some of these sentences, shape `(n_sentences, 384)`."""
        return np.stack([self._found[cleaned(text)] for text in texts])


def _spread(
    work: Callable[[list[Any]], Iterable[Any]], items: Sequence[Any]
) -> Iterator[tuple[list[Any], Iterable[Any]]]:
    """Yield each batch of items with its results, computed in one process per core."""
    parts = [list(items[start : start + _BATCH]) for start in range(0, len(items), _BATCH)]
    with ProcessPoolExecutor(
        mp_context=get_context("spawn")
    ) as pool:  # an ONNX Runtime session does not survive a fork
        yield from zip(parts, pool.map(work, parts), strict=True)


def _completed(cached: Mapping[str, T], read: Callable[[list[str]], Iterable[T]], texts: Iterable[str]) -> dict[str, T]:
    """Return the cached values by cleaned sentence, completed by computing the missing ones."""
    found = dict(cached)
    for part, new in _spread(read, sorted({cleaned(text) for text in texts} - cached.keys())):
        found |= dict(zip(part, new, strict=True))
    return found


def _stored_vectors() -> Iterator[tuple[str, Floats]]:
    if CACHE.exists():
        with np.load(CACHE) as cached:
            yield from zip(cached["texts"].tolist(), cached["vectors"], strict=True)
