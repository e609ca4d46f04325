"""The metric of Scrapinghub's article extraction benchmark: 4-grams of words, averaged over pages."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_WORDS = re.compile(r"\w+")
_RUN = 4


@dataclass(frozen=True, slots=True)
class Score:
    """The shares of correct, wrong and missing 4-grams in a page; they add up to 1."""

    correct: float
    wrong: float
    missing: float

    @property
    def precision(self) -> float:
        """The share of extracted 4-grams that are correct."""
        return self.correct / (self.correct + self.wrong) if self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of gold 4-grams that were extracted."""
        return self.correct / (self.correct + self.missing) if self.missing else 1.0


def ngrams(text: str) -> Counter[tuple[str, ...]]:
    """Return the 4-grams of a text with their counts; a text with fewer words has one shorter n-gram."""
    words = _WORDS.findall(text)
    return Counter(tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))) if words else Counter()


def score(gold: str, extracted: str) -> Score:
    """Return the score of an extracted text against the gold text."""
    gold_ngrams, found = ngrams(gold), ngrams(extracted)
    both = (gold_ngrams & found).total()
    total = gold_ngrams.total() + found.total() - both
    if not total:
        return Score(0.0, 0.0, 0.0)
    return Score(both / total, (found.total() - both) / total, (gold_ngrams.total() - both) / total)


def summary(scores: Sequence[Score]) -> tuple[float, float, float]:
    """Return mean precision (over pages with any extracted text), mean recall, and their F1."""
    precision = statistics.mean(each.precision for each in scores if each.correct + each.wrong > 0)
    recall = statistics.mean(each.recall for each in scores if each.correct + each.missing > 0)
    return precision, recall, 2 * precision * recall / (precision + recall)
