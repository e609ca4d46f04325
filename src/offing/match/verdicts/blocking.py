"""Blocking: for each new account the few known ones worth a close look, without comparing all pairs.

Known accounts are found by the words and facts that they share with the new one, rarest first, up to a limit of
postings: the work per row is bounded, however long the list of known accounts is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from offing.match.accounts.profile import AccountProfile

CANDIDATES = 30
_LOOKED_UP = 12_000  # postings looked up for one row
_LEAST_WORDS = 6
_POOL = 120  # candidates, of which the best remain after a comparison of country and title
_COUNTRY = 0.15
_TITLE = 0.5
_FACTS = 0.4


@dataclass(frozen=True, slots=True)
class _Postings:
    rows: NDArray[np.int32]
    values: NDArray[np.float64]


class Index:
    """An inverted index of the known accounts.

    Args:
        known: their profiles.
    """

    def __init__(self, known: Sequence[AccountProfile]) -> None:
        self._known = known
        self._words = _postings([profile.full for profile in known])
        self._facts = _postings([profile.facts for profile in known])

    def candidates(self, new: AccountProfile) -> list[int]:
        """The indices of the known accounts worth a close look, best first; ties in list order."""
        totals = np.zeros(len(self._known))
        for weight, postings in _looked_up(new.full, self._words):
            totals[postings.rows] += weight * postings.values
        for weight, postings in _looked_up(new.facts, self._facts):
            totals[postings.rows] += _FACTS * weight * postings.values
        pool = self._best(totals)
        rated = [(-round(totals[row] + self._beside(new, row), 9), row) for row in pool]
        return [row for _, row in sorted(rated)[:CANDIDATES]]

    def _best(self, totals: NDArray[np.float64]) -> list[int]:
        """The rows with the highest totals, including all ties with the last of them."""
        touched = np.flatnonzero(totals > 0)
        if len(touched) <= _POOL:
            return [int(row) for row in touched]
        values = totals[touched]
        least = np.partition(values, len(values) - _POOL)[len(values) - _POOL]
        return [int(row) for row in touched[values >= least - 1e-9]]

    def _beside(self, new: AccountProfile, row: int) -> float:
        known = self._known[row]
        shared = sum(value * known.title[word] for word, value in new.title.items() if word in known.title)
        return _TITLE * shared + _COUNTRY * bool(new.countries & known.countries)


def _looked_up(vector: Mapping[str, float], table: Mapping[str, _Postings]) -> Iterator[tuple[float, _Postings]]:
    """The weights and postings of a vector's words, rarest first, up to the limit."""
    shared = [(len(table[word].rows), word) for word in vector if word in table]
    left = _LOOKED_UP
    for number, (length, word) in enumerate(sorted(shared)):
        left -= length
        if left < 0 and number >= _LEAST_WORDS:
            return
        yield vector[word], table[word]


def _postings(vectors: Sequence[Mapping[str, float]]) -> dict[str, _Postings]:
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for row, vector in enumerate(vectors):
        for word, value in vector.items():
            found[word].append((row, value))
    return {
        word: _Postings(np.array([row for row, _ in places], np.int32), np.array([value for _, value in places]))
        for word, places in found.items()
    }
