"""Cuts text into the pieces of words that the encoder knows: the likeliest cut under a unigram model of pieces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from offing.propose.encoder.weights import Vocabulary

_SPACE = "▁"  # stands before each word
_UNKNOWN_COSTS = 10.0  # how much less usual than the rarest piece a character is that no piece has
_KEPT = 20_000  # words whose cut is kept


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text: its number, and where it starts and ends."""

    number: int
    start: int
    end: int


class Pieces:
    """A vocabulary as it cuts texts."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Cut as a vocabulary has it."""
        self._known = vocabulary
        self._longest = max(map(len, vocabulary.numbers))
        self._unknown = min(vocabulary.scores) - _UNKNOWN_COSTS
        self._cut = lru_cache(maxsize=_KEPT)(self._likeliest)

    def tokens(self, text: str) -> list[Token]:
        """The pieces of a text whose words stand one space apart."""
        return list(self._tokens(text))

    def _tokens(self, text: str) -> Iterator[Token]:
        start = 0
        for word in text.split(" "):
            for number, left, right in self._cut(_SPACE + word) if word else ():
                yield Token(number, start + max(left - 1, 0), start + right - 1)
            start += len(word) + 1

    def _likeliest(self, word: str) -> tuple[tuple[int, int, int], ...]:
        """Number, start and end of each piece of a word; the best way to each character, then back along it."""
        best = [0.0] + [float("-inf")] * len(word)
        back = [(self._known.unknown, 0)] * (len(word) + 1)
        for start in range(len(word)):
            for number, end, score in self._from(word, start):
                if best[start] + score > best[end]:
                    best[end], back[end] = best[start] + score, (number, start)
        found, end = [], len(word)
        while end:
            number, start = back[end]
            found.append((number, start, end))
            end = start
        return tuple(reversed(found))

    def _from(self, word: str, start: int) -> Iterator[tuple[int, int, float]]:
        """The pieces that start somewhere in a word: number, end, and how usual each is."""
        yield self._known.unknown, start + 1, self._unknown
        for end in range(start + 1, min(len(word), start + self._longest) + 1):
            number = self._known.numbers.get(word[start:end])
            if number is not None and number != self._known.unknown:
                yield number, end, self._known.scores[number]
