"""Words as weighted vectors: what is rare in both lists together counts most (TF-IDF, sublinear in repetitions)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from math import fsum, log, sqrt
from typing import Self, TypeVar

from offing.model.matching import CommonWords

Vector = Mapping[str, float]
Key = TypeVar("Key", bound=Hashable)


class Rarity:
    """How much a word tells, by the number of texts that have it.

    Args:
        counts: in how many texts each word stands.
        number: how many texts there are.
        plain: words that tell no project however rare they are; those of one country's large towns behind its code.
        common: words of countries, lenders and the trade, which are none of a project's own.
    """

    def __init__(
        self,
        counts: Mapping[str, int],
        number: int,
        plain: Collection[str] = frozenset(),
        common: CommonWords | None = None,
    ) -> None:
        self.plain = frozenset(plain)
        self.common = common or CommonWords()
        self._weights = {word: log((1 + number) / (1 + count)) + 1 for word, count in counts.items()}
        self._unseen = log(1 + number) + 1

    @classmethod
    def of(cls, texts: Iterable[Iterable[str]]) -> Self:
        """The rarity of the words of some texts, given as the words of each."""
        counts: Counter[str] = Counter()
        number = 0
        for words in texts:
            counts.update(set(words))
            number += 1
        return cls(counts, number)

    def __getitem__(self, word: str) -> float:
        """The weight of a word; one that no text has counts most."""
        return self._weights.get(word, self._unseen)

    def __contains__(self, word: str) -> bool:
        """Whether a word is counted at all."""
        return word in self._weights

    def vector(self, words: Sequence[str]) -> dict[str, float]:
        """The words of a text as a vector of length one; empty for no words."""
        raw = {word: (1 + log(count)) * self[word] for word, count in sorted(Counter(words).items())}
        length = sqrt(fsum(value * value for value in raw.values()))
        return {word: value / length for word, value in raw.items()}

    def shares(self, words: Iterable[str]) -> dict[str, float]:
        """The different words of a text with their shares in what it tells, which add up to one."""
        raw = {word: self[word] ** 2 for word in sorted(set(words))}
        total = fsum(raw.values())
        return {word: value / total for word, value in raw.items()}


def cosine(one: Vector, other: Vector) -> float:
    """How alike two vectors of length one are, 0 to 1."""
    if len(other) < len(one):
        one, other = other, one
    return sum(value * other[word] for word, value in one.items() if word in other)


def contained(shares: Vector, words: Mapping[str, float]) -> float:
    """Which part of a text, by its shares, another text's words hold, 0 to 1."""
    return sum(share for word, share in shares.items() if word in words)


def direction(one: Mapping[Key, float], other: Mapping[Key, float]) -> float:
    """How alike two weighted sets are, 0 to 1; 0 where one is empty."""
    product = sum(value * other[key] for key, value in one.items() if key in other)
    if product <= 0:
        return 0.0
    return product / sqrt(sum(v * v for v in one.values()) * sum(v * v for v in other.values()))
