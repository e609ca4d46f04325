"""What the sentences of a project mean, whatever their words: probabilities of each value of a field.

Wordings are sure where they stand; most texts tell a status in words that no list has. A model of what sentences mean
(`offing.model.meaning`) says how likely each value is, and of which sentence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from offing.model.article import Article
from offing.model.attention import Pieces
from offing.model.floats import Floats
from offing.model.meaning import Meaning, Reading, unit
from offing.model.mention import Mention, MentionKind
from offing.propose import encoder
from offing.propose.layout import Zone, sentences
from offing.propose.reading import Line, Scope

BY = "meaning"  # by what a mention was found that stands for a sentence's meaning
NOTHING = "none"  # of a sentence: it tells nothing of this
YES, NO = "yes", "no"  # of what stands in a sentence: it is the project's, or not
# What a project's sentences are: those that are marked as telling of another time or place do not speak for it.
_ASIDE = frozenset({"elsewhere", "separate", "history"})
_HEAD = frozenset({Zone.TITLE, Zone.LEAD, Zone.SECOND})
# How much a sentence says of the project by where it stands: what follows the second paragraph is mostly its past.
_WEIGHTS = {Zone.TITLE: 1.0, Zone.LEAD: 1.0, Zone.SECOND: 0.5, Zone.BODY: 0.25, Zone.TAIL: 0.25}
ZONE_ROWS = {Zone.TITLE: 0, Zone.LEAD: 1, Zone.SECOND: 2, Zone.BODY: 3, Zone.TAIL: 3}  # of the zones, to an attention
MOST = 8  # sentences that make up the whole; more of them cost more than they tell
_MOST_LATER = 6
_FAINTEST = 1e-6
_SUREST = 4.0  # log-odds; a single sentence says no more
_WORRY = "worry"
_LATER = (MentionKind.CONCERN, MentionKind.MONEY)
Shares = dict[str, float]


@dataclass(frozen=True)
class Heard:
    """Sentences of one project with their vectors, a row each: the first ones, then some that stand later.

    `states_of` tells what the pieces of sentences mean; a training has read them all before.
    """

    meaning: Meaning
    lines: tuple[Line, ...]
    vectors: Floats
    article: Article  # that the lines stand in
    states_of: Callable[[Sequence[str]], list[NDArray[np.float16]]] = encoder.states_of

    @cached_property
    def _mean(self) -> Floats:
        return mean_of([line.zone for line in self.lines[:MOST]], self.vectors[:MOST])

    def whole(self, name: str) -> Shares:
        """How likely each value is by the first sentences together."""
        return self._read(self.meaning.readings[name], self._mean)

    def attended(self, name: str) -> Shares:
        """How likely each value is by the pieces of the first sentences; nothing where no attention reads that."""
        attention = self.meaning.attentions.get(name)
        return _shares(attention.values, attention.of(self._pieces, self._mean)) if attention else {}

    @cached_property
    def _pieces(self) -> Pieces:
        first = self.lines[:MOST]
        texts = [self.article.text[line.sentence.start : line.sentence.end] for line in first]
        return pieces_of(self.states_of(texts), [line.zone for line in first], self.meaning, self.article.language)

    def direction(self, name: str) -> Shares:
        """The same by where they point together, however few they are or much alike."""
        return self._read(self.meaning.readings[name], unit(self._mean))

    def _read(self, reading: Reading, vector: Floats) -> Shares:
        return _shares(reading.values, reading.of(vector[np.newaxis])[0])

    def single(self, name: str) -> list[tuple[Line, Shares]]:
        """How likely each value is by each of the first sentences alone."""
        return self.each(name)[:MOST]

    def each(self, name: str) -> list[tuple[Line, Shares]]:
        """How likely each value is by each sentence alone."""
        reading = self.meaning.readings[name]
        rows = reading.of(self.vectors)
        return [(line, _shares(reading.values, row)) for line, row in zip(self.lines, rows, strict=True)]

    def beside(self, name: str, lines: Collection[Line]) -> Shares:
        """How likely each value is of what stands in some sentences, together; nothing where none of them was heard."""
        reading = self.meaning.readings[name]
        vectors = self.beside_vectors(lines)
        return _shares(reading.values, reading.of(vectors).mean(axis=0)) if len(vectors) else {}

    def beside_vectors(self, lines: Collection[Line]) -> Floats:
        """The vector of each of some sentences, as far as they were heard, beside that of the whole."""
        places = [place for place, line in enumerate(self.lines) if line in lines]
        whole = np.repeat(self._mean[np.newaxis], len(places), axis=0)
        return np.concatenate([self.vectors[places], whole], axis=1)

    def named(self, name: str, mentions: Iterable[tuple[Line, Mention]]) -> list[Shares]:
        """How likely each value is of each of some mentions, by what it means where it stands.

        Nothing is said of those that cannot be read, nor by a model that was trained before there was such a reading.
        """
        reading = self.meaning.readings.get(name)
        found = [self._around(line, mention) for line, mention in mentions] if reading else []
        rows = [row for row in found if row is not None]
        return [_shares(reading.values, row) for row in reading.of(np.stack(rows))] if reading and rows else []

    def standing(self, name: str, mentions: Iterable[tuple[Line, Mention]]) -> Shares:
        """How likely each value is of some mentions together, by their sentences, the whole and what they mean there.

        Nothing is said where none can be read, nor by a model that was trained before there was such a reading.
        """
        reading = self.meaning.readings.get(name)
        found = [(line, self._around(line, mention)) for line, mention in mentions] if reading else []
        rows = [
            np.concatenate([beside, around])
            for line, around in found
            for beside in self.beside_vectors([line])
            if around is not None
        ]
        return _shares(reading.values, reading.of(np.stack(rows)).mean(axis=0)) if reading and rows else {}

    def _around(self, line: Line, mention: Mention) -> Floats | None:
        start, end = line.sentence.start, line.sentence.end
        return encoder.around(self.article.text[start:end], mention.start - start, mention.end - start)


def mention_of(scope: Scope, kind: MentionKind, line: Line, key: str, share: float) -> Mention:
    """A sentence as a mention of what it means, with how surely it does."""
    start, end = line.sentence.start, line.sentence.end
    return Mention(kind, start, end, scope.article.text[start:end], key, weight=share, by=BY)


def weight_of(line: Line) -> float:
    """How much a sentence says of the project, by where it stands."""
    return _WEIGHTS[line.zone]


def mean_of(zones: Sequence[Zone], vectors: Floats) -> Floats:
    """The vector of a text: the mean of those of its sentences, weighed by where each stands."""
    weights = np.array([_WEIGHTS[zone] for zone in zones], np.float32)
    mean: Floats = np.average(vectors, axis=0, weights=weights).astype(np.float32)
    return mean


def pieces_of(states: Sequence[NDArray[np.float16]], zones: Sequence[Zone], meaning: Meaning, language: str) -> Pieces:
    """The pieces of some sentences of a language, as an attention reads them.

    Args:
        states: for each sentence a row for each piece.
        zones: where each sentence stands.
        meaning: knows what all pieces of a language share.
        language: of the sentences.
    """
    rows = np.concatenate(states).astype(np.float32)
    counts = [len(each) for each in states]
    return Pieces(meaning.centred_pieces(rows, language), np.repeat([ZONE_ROWS[zone] for zone in zones], counts))


def hear(scope: Scope) -> Heard | None:
    """The sentences of a project and what they mean; None where there is no model or no encoder for it."""
    meaning = scope.rules.meaning
    lines = told(scope)
    if meaning is None or not lines or not encoder.is_there():
        return None
    text = scope.article.text
    vectors = encoder.vectors_of([text[line.sentence.start : line.sentence.end] for line in lines])
    return Heard(meaning, lines, meaning.centred(vectors, scope.article.language), scope.article)


def article_heard(article: Article, meaning: Meaning | None) -> tuple[Floats, Floats] | None:
    """The vectors of an article's first sentences and their mean of length 1; None where there is no model."""
    first = sentences(article)[:MOST]
    if meaning is None or not first or not encoder.is_there():
        return None
    rows = encoder.vectors_of([article.text[sentence.start : sentence.end] for sentence in first])
    vectors = meaning.centred(rows, article.language)
    return vectors, unit(mean_of([sentence.zone for sentence in first], vectors))


def title_odds(article: Article, name: str, meaning: Meaning | None) -> float | None:
    """How surely a title means what a reading tells, in log-odds; None where there is none, or nobody to read it."""
    reading = meaning.readings.get(name) if meaning else None
    if meaning is None or reading is None or not article.title or not encoder.is_there():
        return None
    vector = meaning.centred(encoder.vectors_of([article.title]), article.language)
    return odds(float(reading.of(vector)[0][reading.values.index(YES)]))


def odds(share: float) -> float:
    """A share as log-odds, within what a single sentence may say."""
    found = math.log(max(share, _FAINTEST) / max(1 - share, _FAINTEST))
    return max(-_SUREST, min(_SUREST, found))


def sector_shares(gist: Floats, meaning: Meaning) -> Floats:
    """How likely a text is of each sector, by what it means as a whole."""
    shares: Floats = meaning.readings["sector"].of(gist[np.newaxis])[0]
    return shares


def told(scope: Scope) -> tuple[Line, ...]:
    """The first sentences that speak of the project itself, and later ones that may tell a worry or a sum."""
    own = [line for line in scope.lines if line.zone in _HEAD or not line.marks & _ASIDE]
    later = [line for line in own[MOST:] if _WORRY in line.marks or line.of(*_LATER)]
    return (*own[:MOST], *later[:_MOST_LATER])


def _shares(values: Iterable[str], row: Floats) -> Shares:
    return {value: float(share) for value, share in zip(values, row, strict=True)}
