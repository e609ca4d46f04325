"""An article as the tuned encoder represents it: the states of its pieces, and what the heads predict from them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from offing.model.reading.tags import Tag
from offing.model.values.floats import Floats, shares
from offing.propose.encoder.heads import ANOTHER, BEGINS, NOBODY, OWN, UNPARTED, Heads, Numbers
from offing.propose.encoder.windows import WindowPiece

Shares = dict[str, float]
Stretch = tuple[int, int]  # (start, end) offsets in the text
# Minimum probability of the surest piece of a span, and of any other piece: the ends of names are less certain than
# their middle. On annotated articles that the encoder had not seen, this lost fewer names than .5 for all pieces.
_SUREST, _INSIDE = 0.5, 0.3
_ANY = frozenset({"concerns"})  # multi-label fields: several values may hold at once


@dataclass(frozen=True, slots=True)
class Span:
    """A tagged span of the text, with the probability of its surest piece."""

    start: int
    end: int
    share: float


@dataclass(frozen=True, eq=False)
class EncodedArticle:
    """The pieces of an article with offsets in its text, and their states: an array of (pieces, dimensions).

    `sentences` holds the (start, end) of each sentence. Text after the last piece that was read yields no predictions.
    `is_familiar` is true where the training data covers the article's language and length; elsewhere wordings take
    precedence over the encoder.
    """

    pieces: tuple[WindowPiece, ...]
    states: Floats
    heads: Heads
    sentences: tuple[Stretch, ...] = ()
    is_familiar: bool = True

    def inside(self, start: int, end: int) -> Numbers:
        """The indices of the pieces that overlap a stretch of the text."""
        return np.flatnonzero((self._starts < end) & (start < self._ends) & (self._starts != self._ends))

    @cached_property
    def text(self) -> dict[str, Shares]:
        """The probability of each value of each document-level field (`relevant`, `count`)."""
        odds = self.heads.document(self.states) if self.pieces else {}
        return {name: _named(range(len(row)), shares(row)) for name, row in odds.items()}

    def share(self, tag: Tag, start: int, end: int) -> float | None:
        """The mean probability of a tag over the pieces of a stretch; None where none was read."""
        rows = self.inside(start, end)
        return float(self._tagged[rows, self._column(tag)].mean()) if len(rows) else None

    def spans(self, tag: Tag) -> Iterator[Span]:
        """The spans of a tag, in text order."""
        column = self._column(tag)
        likely = self._tagged[:, column]
        begins = (self._tags[:, column].argmax(axis=-1) == 1) & (likely > _SUREST)
        in_text = self._starts != self._ends  # no span crosses the end of a paragraph
        for first, last in _runs((likely > _INSIDE) & in_text, begins):
            surest = float(likely[first : last + 1].max())
            if surest > _SUREST:
                yield Span(self.pieces[first].start, self.pieces[last].end, surest)

    def of_spans(self, name: str, stretches: Iterable[Stretch]) -> Shares:
        """The mean probability of each role (`roles`) of a firm or kind (`kinds`) of a sum over all its occurrences.

        Empty where none of them was read.
        """
        found = [rows for stretch in stretches if len(rows := self.inside(*stretch))]
        if not found:
            return {}
        odds = self.heads.roles(name, self.states, [(int(rows[0]), int(rows[-1])) for rows in found])
        return _named(self.heads.values[name], odds.mean(axis=0))

    def begins(self, place: int) -> float:
        """The probability that the sentence at an offset starts a project that no earlier sentence was about.

        0 where the sentence was not read.
        """
        number = bisect_right(self.sentences, place, key=lambda sentence: sentence[0]) - 1
        is_read = number >= 0 and len(self.inside(*self.sentences[number])) > 0
        return float(self._turns[number, BEGINS]) if is_read else 0.0

    @cached_property
    def _turns(self) -> Floats:
        return self.heads.boundaries(self.means(self.sentences))

    def means(self, stretches: Sequence[Stretch]) -> Floats:
        """The mean state of each stretch, a row each; zeros where a stretch was not read."""
        empty = np.zeros(self.states.shape[1], np.float32)
        found = [self.inside(*stretch) for stretch in stretches]
        return np.stack([self.states[rows].mean(axis=0) if len(rows) else empty for rows in found])

    @cached_property
    def whole(self) -> EncodedPart:
        """The article as a single project."""
        return EncodedPart(self, np.full(len(self.pieces), UNPARTED, np.intp))

    def part(self, own: Sequence[Stretch], unassigned: Sequence[Stretch] = ()) -> EncodedPart:
        """One of several projects: the one that some stretches of the text are about.

        Args:
            own: stretches about this project.
            unassigned: stretches about no project in particular, such as the title of a roundup.
        """
        members = np.full(len(self.pieces), ANOTHER, np.intp)
        members[self._starts == self._ends] = NOBODY
        for stretches, member in ((unassigned, NOBODY), (own, OWN)):
            for stretch in stretches:
                members[self.inside(*stretch)] = member
        return EncodedPart(self, members)

    @cached_property
    def _starts(self) -> Numbers:
        return np.array([piece.start for piece in self.pieces], np.intp)

    @cached_property
    def _ends(self) -> Numbers:
        return np.array([piece.end for piece in self.pieces], np.intp)

    @cached_property
    def _tags(self) -> Floats:
        """The probability that each piece is outside, first in, or inside a span of each tag: (pieces, tags, 3)."""
        return self.heads.tags(self.states, len(self.heads.values["tags"]))

    @cached_property
    def _tagged(self) -> Floats:
        found: Floats = 1 - self._tags[:, :, 0]
        return found

    def _column(self, tag: Tag) -> int:
        return self.heads.values["tags"].index(tag)


@dataclass(frozen=True, eq=False)
class EncodedPart:
    """One project of an encoded article; `members` assigns each piece to this project, another or none (`heads.py`)."""

    article: EncodedArticle
    members: Numbers

    @cached_property
    def fields(self) -> dict[str, Shares]:
        """The probability of each value of each field of the project; concerns are independent of each other.

        Empty where no piece of the project was read.
        """
        is_read = np.isin(self.members, (OWN, UNPARTED)).any()
        odds = self.article.heads.project(self._states) if is_read else {}
        found = {
            name: np.asarray(1 / (1 + np.exp(-row)), np.float32) if name in _ANY else shares(row)
            for name, row in odds.items()
        }
        return {name: _named(self.article.heads.values[name], row) for name, row in found.items()}

    def contributions(self, field: str, value: str, stretches: Sequence[Stretch]) -> list[float]:
        """How much each stretch speaks for a value of a field, relative to the field's other values.

        The log-odds of a value are a sum over pieces; each result is the share of that sum from one stretch.
        """
        heads = self.article.heads
        parts = heads.contributions(field, heads.values[field].index(value), self._states)
        return [float(parts[self.article.inside(*stretch)].sum()) for stretch in stretches]

    @cached_property
    def _states(self) -> Floats:
        return self.article.heads.own(self.article.states, self.members)


def _runs(inside: Sequence[bool] | np.ndarray, begins: Sequence[bool] | np.ndarray) -> Iterator[tuple[int, int]]:
    """The first and last index of each run of pieces inside a span; a new beginning ends the run before it."""
    start: int | None = None
    for place, (within, begun) in enumerate(zip((*inside, False), (*begins, False), strict=True)):
        if start is not None and (begun or not within):
            yield start, place - 1
            start = None
        if within and start is None:
            start = place


def _named(values: Iterable[object], row: Floats) -> Shares:
    return {str(value): float(share) for value, share in zip(values, row, strict=True)}
