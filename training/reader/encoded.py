"""Encodes texts: their pieces with offsets, and a number for everything that is to be learned of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from offing.model.reading.tags import Tag
from offing.propose.encoder.heads import BEGINS, GOES_ON, NONE
from offing.propose.encoder.pieces import Pieces
from offing.propose.encoder.windows import LONGEST, pieces_of
from offing.propose.reading.layout import sentences
from training.reader.texts import CONCERNS, FIELDS, KINDS, ROLES, Project, Span, Text

UNKNOWN = -1  # of which nothing is learned
OUTSIDE, FIRST, INSIDE = 0, 1, 2
TAGS = tuple(Tag)
_FEWEST = 4  # letters of a word of a name that may stand for it
_NAMES = frozenset({Tag.FIRM, Tag.LENDER, Tag.BODY, Tag.PLACE})
Whole = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """A firm or sum from its first piece to its last, and the place of its role or kind among all."""

    first: int
    last: int
    value: int
    is_sum: bool


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text in numbers: rows are pieces, sentences, or projects.

    `tags` has a column for each tag; `owners` says of each sentence of which project it is, as far as known;
    `members` of each project and sentence whether it is its own (1), another's (2), nobody's (0).
    """

    source: Text
    front: Whole
    pieces: Whole
    offsets: Whole
    sentence: Whole
    tags: Whole
    owners: Whole
    turns: Whole
    readings: Whole
    concerns: Whole
    told: tuple[LabelledSpan, ...]


def encoded(text: Text, cutter: Pieces, marks: tuple[int, int]) -> Encoded:
    """Return a text in numbers.

    Args:
        text: the text with its annotation.
        cutter: what cuts words into pieces.
        marks: the numbers of the marks at the start and the end.
    """
    pieces = pieces_of(text.text, cutter, marks[1])[:LONGEST]
    offsets = np.array([(piece.start, piece.end) for piece in pieces], np.int32).reshape(-1, 2)
    bounds = [(sentence.start, sentence.end, sentence.paragraph) for sentence in sentences(text.article)]
    owners = owners_of(text, bounds)
    front = [token.number for token in cutter.tokens(text.published)] if text.published else []
    return Encoded(
        text,
        front=np.array(front, np.int32),
        pieces=np.array([piece.number for piece in pieces], np.int32),
        offsets=offsets,
        sentence=_sentences_of(offsets, bounds),
        tags=tags_of(text, offsets),
        owners=owners,
        turns=_turns(text, owners),
        readings=_readings(text.projects),
        concerns=_concerns(text.projects),
        told=tuple(_labelled_spans(text, offsets)),
    )


def tags_of(text: Text, offsets: Whole) -> Whole:
    """For each piece and tag whether it is outside, the first, or inside of a span, or unknown.

    Nothing is known of a text that reports no project: a tag says what a stretch would be to one, and whether there is
    one is asked apart. Where both were learned at once, a sum in a text that looked like none was nobody's.
    """
    tags = np.full((len(offsets), len(TAGS)), UNKNOWN, np.int32)
    if not text.is_relevant:
        return tags
    for column, tag in enumerate(TAGS):
        tags[:, column] = OUTSIDE if tag in text.tags else UNKNOWN
        own = [span for span in text.spans if span.tag is tag]
        if tag in _NAMES:
            for start, end in _echoes(text.text, own):
                tags[_inside(offsets, start, end), column] = UNKNOWN
        for span in sorted(own, key=lambda span: span.end - span.start):
            rows = _inside(offsets, span.start, span.end)
            tags[rows, column] = INSIDE
            tags[rows[:1], column] = FIRST
    return tags


def _echoes(text: str, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield where words of names stand again: whether they are meant for the whole name nobody said."""
    words = {word for span in spans for word in text[span.start : span.end].split() if len(word) >= _FEWEST}
    for word in sorted(words):
        if word[0].isupper():
            start = text.find(word)
            while start >= 0:
                yield start, start + len(word)
                start = text.find(word, start + 1)


def owners_of(text: Text, bounds: Sequence[tuple[int, int, int]]) -> Whole:
    """Return the project that each sentence is about, as far as its spans or its neighbours in the paragraph tell."""
    own = [_owner(text, start, end) for start, end, _ in bounds]
    if len(text.projects) > 1:
        for places in (range(1, len(own)), range(len(own) - 2, -1, -1)):
            for place in places:
                neighbour = place - places.step
                if own[place] == UNKNOWN and bounds[place][2] == bounds[neighbour][2]:
                    own[place] = own[neighbour]
    return np.array(own, np.int32)


def _owner(text: Text, start: int, end: int) -> int:
    """Return the project of which a sentence has the most spans that only one project has."""
    counts = [0] * len(text.projects)
    for project, others in _owned(text, start, end):
        counts[project] += not others
    most = max(counts, default=0)
    return counts.index(most) if most and counts.count(most) == 1 else UNKNOWN


def _owned(text: Text, start: int, end: int) -> Iterator[tuple[int, bool]]:
    inside = [s for s in text.spans if start <= s.start and s.end <= end and s.project is not None]
    for span in inside:
        shared = any(o.start == span.start and o.end == span.end and o.project != span.project for o in inside)
        yield span.project or 0, shared


def _turns(text: Text, owners: Whole) -> Whole:
    if text.is_relevant is False:
        return np.full(len(owners), NONE, np.int32)
    met, found = set[int](), []
    for owner in owners.tolist():
        found.append(UNKNOWN if owner == UNKNOWN else GOES_ON if owner in met else BEGINS)
        met.add(owner)
    return np.array(found, np.int32)


def _readings(projects: Sequence[Project]) -> Whole:
    rows = [[_place(project.readings.get(field, ""), FIELDS[field]) for field in FIELDS] for project in projects]
    return np.array(rows, np.int32).reshape(-1, len(FIELDS))


def _concerns(projects: Sequence[Project]) -> Whole:
    rows = [
        [UNKNOWN if project.concerns is None else int(kind in project.concerns) for kind in CONCERNS]
        for project in projects
    ]
    return np.array(rows, np.int32).reshape(-1, len(CONCERNS))


def _labelled_spans(text: Text, offsets: Whole) -> Iterator[LabelledSpan]:
    for span in text.spans:
        values = {Tag.FIRM: ROLES, Tag.AMOUNT: KINDS}.get(span.tag, ())
        rows = _inside(offsets, span.start, span.end)
        if span.kind in values and len(rows):
            yield LabelledSpan(int(rows[0]), int(rows[-1]), values.index(span.kind), span.tag is Tag.AMOUNT)


def _inside(offsets: Whole, start: int, end: int) -> NDArray[np.intp]:
    return np.flatnonzero((offsets[:, 1] > start) & (offsets[:, 0] < end) & (offsets[:, 1] > offsets[:, 0]))


def _sentences_of(offsets: Whole, bounds: Sequence[tuple[int, int, int]]) -> Whole:
    found = np.full(len(offsets), UNKNOWN, np.int32)
    for number, (start, end, _) in enumerate(bounds):
        found[_inside(offsets, start, end)] = number
    return found


def _place(value: str, values: Sequence[str]) -> int:
    return values.index(value) if value in values else UNKNOWN
