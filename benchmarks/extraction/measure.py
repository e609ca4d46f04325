"""The measure of the article extraction benchmark of Scrapinghub: runs of four words, each page alike."""

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
    """How well a text was found: the shares of runs that are right, wrong and missing; they add up to 1."""

    right: float
    wrong: float
    missing: float

    @property
    def precision(self) -> float:
        """The share of the drawn runs that are right."""
        return self.right / (self.right + self.wrong) if self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of the true runs that were drawn."""
        return self.right / (self.right + self.missing) if self.missing else 1.0


def runs(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of four words of a text; one shorter run where it has fewer words."""
    words = _WORDS.findall(text)
    return Counter(tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))) if words else Counter()


def score(true: str, drawn: str) -> Score:
    """Return the score of a drawn text."""
    truth, found = runs(true), runs(drawn)
    both = (truth & found).total()
    total = truth.total() + found.total() - both
    if not total:
        return Score(0.0, 0.0, 0.0)
    return Score(both / total, (found.total() - both) / total, (truth.total() - both) / total)


def summary(scores: Sequence[Score]) -> tuple[float, float, float]:
    """Return precision (over pages where something was drawn), recall, and F1 of the two."""
    precision = statistics.mean(each.precision for each in scores if each.right + each.wrong > 0)
    recall = statistics.mean(each.recall for each in scores if each.right + each.missing > 0)
    return precision, recall, 2 * precision * recall / (precision + recall)
