"""Words as weighted vectors: what is rare in both lists together counts most (TF-IDF, sublinear in repetitions)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from math import fsum, log, sqrt
from typing import Self, TypeVar

from offing.model.pairs.matching import CommonWords

Vector = Mapping[str, float]
Key = TypeVar("Key", bound=Hashable)


class Rarity:
    """The weight of words by their document frequency.

    Args:
        counts: the number of texts with each word.
        number: the number of texts.
        plain: words that identify no project however rare they are; those of a country's large towns follow its code.
        common: words of countries, lenders and the trade, which are not distinctive of a project.
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
        """The rarities in some texts, each given as its words."""
        counts: Counter[str] = Counter()
        number = 0
        for words in texts:
            counts.update(set(words))
            number += 1
        return cls(counts, number)

    def __getitem__(self, word: str) -> float:
        """The weight of a word; an unseen one weighs most."""
        return self._weights.get(word, self._unseen)

    def __contains__(self, word: str) -> bool:
        """Whether a word has a count."""
        return word in self._weights

    def vector(self, words: Sequence[str]) -> dict[str, float]:
        """The words of a text as a vector of length one; empty for no words."""
        raw = {word: (1 + log(count)) * self[word] for word, count in sorted(Counter(words).items())}
        length = sqrt(fsum(value * value for value in raw.values()))
        return {word: value / length for word, value in raw.items()}

    def shares(self, words: Iterable[str]) -> dict[str, float]:
        """The distinct words of a text with their shares of its total weight, which add up to one."""
        raw = {word: self[word] ** 2 for word in sorted(set(words))}
        total = fsum(raw.values())
        return {word: value / total for word, value in raw.items()}


def cosine(one: Vector, other: Vector) -> float:
    """The cosine similarity of two non-negative vectors of length one, 0 to 1."""
    if len(other) < len(one):
        one, other = other, one
    return sum(value * other[word] for word, value in one.items() if word in other)


def contained(shares: Vector, words: Mapping[str, float]) -> float:
    """The share of a text that is covered by another text's words, 0 to 1."""
    return sum(share for word, share in shares.items() if word in words)


def direction(one: Mapping[Key, float], other: Mapping[Key, float]) -> float:
    """The cosine similarity of two weighted sets, 0 to 1; 0 where one is empty."""
    product = sum(value * other[key] for key, value in one.items() if key in other)
    if product <= 0:
        return 0.0
    return product / sqrt(sum(v * v for v in one.values()) * sum(v * v for v in other.values()))
