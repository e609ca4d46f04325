"""Vectors of sentences that are kept from one training to the next: encoding 25,000 takes some minutes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from offing.model.meaning import Floats
from offing.propose.encoder import cleaned, vectors_of

CACHE = Path(__file__).with_name(".vectors.npz")
_BATCH = 64


class Vectors:
    """Vectors by sentence; what is not known yet is encoded, with all cores."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Know the vectors of some sentences, and keep them for the next time."""
        self._found = dict(_kept())
        new = sorted({cleaned(text) for text in texts} - self._found.keys())
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:  # a session does not survive a fork
            parts = [new[start : start + _BATCH] for start in range(0, len(new), _BATCH)]
            for part, vectors in zip(parts, pool.map(vectors_of, parts), strict=True):
                self._found |= dict(zip(part, vectors, strict=True))
        if new:
            np.savez(CACHE, texts=np.array(list(self._found)), vectors=np.stack(list(self._found.values())))

    def of(self, texts: Sequence[str]) -> Floats:
        """The vectors of some of these sentences, a row each."""
        return np.stack([self._found[cleaned(text)] for text in texts])


def _kept() -> Iterator[tuple[str, Floats]]:
    if CACHE.exists():
        with np.load(CACHE) as kept:
            yield from zip(kept["texts"].tolist(), kept["vectors"], strict=True)
