"""Cut text into the encoder's word pieces: the likeliest segmentation under a unigram model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from offing.propose.encoder.weights import Vocabulary

_SPACE = "▁"  # precedes each word
_UNKNOWN_COSTS = 10.0  # how far the score of a character that no piece has lies below that of the rarest piece
_CACHED = 20_000  # words whose segmentation is cached


@dataclass(frozen=True, slots=True)
class WordPiece:
    """A piece of a text: its number, and its start and end offsets."""

    number: int
    start: int
    end: int


class Pieces:
    """Segments texts with a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Prepare the segmentation of texts with a vocabulary."""
        self._known = vocabulary
        self._longest = max(map(len, vocabulary.numbers))
        self._unknown = min(vocabulary.scores) - _UNKNOWN_COSTS
        self._cut = lru_cache(maxsize=_CACHED)(self._likeliest)

    def tokens(self, text: str) -> list[WordPiece]:
        """The pieces of a text whose words are separated by single spaces."""
        tokens, start = list[WordPiece](), 0
        for word in text.split(" "):
            pieces = self._cut(_SPACE + word) if word else ()
            tokens += [WordPiece(number, start + max(left - 1, 0), start + right - 1) for number, left, right in pieces]
            start += len(word) + 1
        return tokens

    def _likeliest(self, word: str) -> tuple[tuple[int, int, int], ...]:
        """Number, start and end of each piece of a word, by the Viterbi algorithm."""
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
        """The pieces that start at an offset of a word: number, end and score."""
        yield self._known.unknown, start + 1, self._unknown
        for end in range(start + 1, min(len(word), start + self._longest) + 1):
            number = self._known.numbers.get(word[start:end])
            if number is not None and number != self._known.unknown:
                yield number, end, self._known.scores[number]
