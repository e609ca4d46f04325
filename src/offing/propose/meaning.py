"""What the sentences of a project mean, whatever their words: probabilities of each value of a field.

Wordings are sure where they stand; most texts tell a status in words that no list has. A model of what sentences mean
(`offing.model.meaning`) says how likely each value is, and of which sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from offing.model.article import Article
from offing.model.meaning import Floats, Meaning
from offing.propose import encoder
from offing.propose.layout import Zone, sentences
from offing.propose.reading import Line, Scope

BY = "meaning"  # by what a mention was found that stands for a sentence's meaning
NOTHING = "none"  # of a sentence: it tells nothing of this
# What a project's sentences are: those that are marked as telling of another time or place do not speak for it.
_ASIDE = frozenset({"elsewhere", "separate", "history"})
_HEAD = frozenset({Zone.TITLE, Zone.LEAD, Zone.SECOND})
# How much a sentence says of the project by where it stands: what follows the second paragraph is mostly its past.
_WEIGHTS = {Zone.TITLE: 1.0, Zone.LEAD: 1.0, Zone.SECOND: 0.5, Zone.BODY: 0.25, Zone.TAIL: 0.25}
MOST = 8  # sentences; reading more costs more than it tells
Shares = dict[str, float]


@dataclass(frozen=True, slots=True)
class Heard:
    """Sentences of one project with their vectors, a row each."""

    meaning: Meaning
    lines: tuple[Line, ...]
    vectors: Floats

    @property
    def _mean(self) -> Floats:
        return mean_of([line.zone for line in self.lines], self.vectors)

    def whole(self, name: str) -> Shares:
        """How likely each value is by all sentences together."""
        reading = self.meaning.readings[name]
        return _shares(reading.values, reading.of(self._mean[np.newaxis])[0])

    def single(self, name: str) -> list[tuple[Line, Shares]]:
        """How likely each value is by each sentence alone."""
        reading = self.meaning.readings[name]
        rows = reading.of(self.vectors)
        return [(line, _shares(reading.values, row)) for line, row in zip(self.lines, rows, strict=True)]

    def beside(self, name: str, lines: Iterable[Line]) -> Shares:
        """How likely each value is of what stands in some sentences, together; nothing where none of them was heard."""
        reading = self.meaning.readings[name]
        places = [place for place, line in enumerate(self.lines) if line in lines]
        if not places:
            return {}
        mean = np.repeat(self._mean[np.newaxis], len(places), axis=0)
        rows = reading.of(np.concatenate([self.vectors[places], mean], axis=1))
        return _shares(reading.values, rows.mean(axis=0))


def weight_of(line: Line) -> float:
    """How much a sentence says of the project, by where it stands."""
    return _WEIGHTS[line.zone]


def mean_of(zones: Sequence[Zone], vectors: Floats) -> Floats:
    """The vector of a text: the mean of those of its sentences, weighed by where each stands."""
    weights = np.array([_WEIGHTS[zone] for zone in zones], np.float32)
    mean: Floats = np.average(vectors, axis=0, weights=weights).astype(np.float32)
    return mean


def hear(scope: Scope) -> Heard | None:
    """The sentences of a project and what they mean; None where there is no model or no encoder for it."""
    meaning = scope.rules.meaning
    lines = _told(scope)
    if meaning is None or not lines or not encoder.is_there():
        return None
    text = scope.article.text
    vectors = encoder.vectors_of([text[line.sentence.start : line.sentence.end] for line in lines])
    return Heard(meaning, lines, meaning.centred(vectors, scope.article.language))


def article_heard(article: Article, meaning: Meaning | None) -> tuple[Floats, Floats] | None:
    """The vectors of an article's first sentences and their mean of length 1; None where there is no model."""
    first = sentences(article)[:MOST]
    if meaning is None or not first or not encoder.is_there():
        return None
    rows = encoder.vectors_of([article.text[sentence.start : sentence.end] for sentence in first])
    vectors = meaning.centred(rows, article.language)
    mean = mean_of([sentence.zone for sentence in first], vectors)
    return vectors, mean / max(float(np.linalg.norm(mean)), 1e-6)


def _told(scope: Scope) -> tuple[Line, ...]:
    """The first sentences that speak of the project itself."""
    own = [line for line in scope.lines if line.zone in _HEAD or not line.marks & _ASIDE]
    return tuple(own[:MOST])


def _shares(values: Iterable[str], row: Floats) -> Shares:
    return {value: float(share) for value, share in zip(values, row, strict=True)}
