"""Convert texts to arrays: piece ids with offsets, and integer labels for every task."""

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

UNKNOWN = -1  # unlabelled, ignored by the losses
OUTSIDE, FIRST, INSIDE = 0, 1, 2
TAGS = tuple(Tag)
_FEWEST = 4  # letters in a word of a name that may be used alone for the name
_NAMES = frozenset({Tag.FIRM, Tag.LENDER, Tag.BODY, Tag.PLACE})
Integers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """A firm or sum by its first and last piece, with the index of its role or kind."""

    first: int
    last: int
    value: int
    is_sum: bool


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text as arrays of integers, with labels; `UNKNOWN` if unlabelled."""

    source: Text
    front: Integers  # piece ids of the date, put before each window, (n_date_pieces,)
    pieces: Integers  # piece ids, (n_pieces,)
    offsets: Integers  # start and end of each piece in the text, (n_pieces, 2)
    sentence: Integers  # sentence of each piece, (n_pieces,)
    tags: Integers  # outside, first or inside, (n_pieces, n_tags)
    owners: Integers  # project of each sentence, (n_sentences,)
    turns: Integers  # whether a sentence begins a project, goes on with one, or has none, (n_sentences,)
    values: Integers  # index of each project's value of each field, (n_projects, n_fields)
    concerns: Integers  # whether each project has each concern, (n_projects, n_concerns)
    labelled_spans: tuple[LabelledSpan, ...]


def encoded(text: Text, tokenizer: Pieces, marks: tuple[int, int]) -> Encoded:
    """Convert a text to arrays.

    Args:
        text: the text with its annotation.
        tokenizer: splits the text into pieces.
        marks: the ids of the start and end tokens.
    """
    pieces = pieces_of(text.text, tokenizer, marks[1])[:LONGEST]
    offsets = np.array([(piece.start, piece.end) for piece in pieces], np.int32).reshape(-1, 2)
    bounds = [(sentence.start, sentence.end, sentence.paragraph) for sentence in sentences(text.article)]
    owners = owners_of(text, bounds)
    front = [token.number for token in tokenizer.tokens(text.published)] if text.published else []
    return Encoded(
        text,
        front=np.array(front, np.int32),
        pieces=np.array([piece.number for piece in pieces], np.int32),
        offsets=offsets,
        sentence=_sentences_of(offsets, bounds),
        tags=tags_of(text, offsets),
        owners=owners,
        turns=_turns(text, owners),
        values=_field_values(text.projects),
        concerns=_concerns(text.projects),
        labelled_spans=tuple(_labelled_spans(text, offsets)),
    )


def tags_of(text: Text, offsets: Integers) -> Integers:
    """Return the label of each piece under each tag, `(n_pieces, n_tags)`: outside, first, inside or unknown.

    Texts that report no project are unlabelled: a tag is the role that a span would have in a project, and relevance is
    a separate task. When both were trained together, sums in texts that looked irrelevant went untagged.
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
    """Yield the occurrences of single words of names: it is not annotated whether they refer to the name."""
    words = {word for span in spans for word in text[span.start : span.end].split() if len(word) >= _FEWEST}
    for word in sorted(words):
        if word[0].isupper():
            start = text.find(word)
            while start >= 0:
                yield start, start + len(word)
                start = text.find(word, start + 1)


def owners_of(text: Text, bounds: Sequence[tuple[int, int, int]]) -> Integers:
    """Return the project of each sentence, `(n_sentences,)`, from its spans or its neighbours in the paragraph."""
    own = [_owner(text, start, end) for start, end, _ in bounds]
    if len(text.projects) > 1:
        for places in (range(1, len(own)), range(len(own) - 2, -1, -1)):
            for place in places:
                neighbour = place - places.step
                if own[place] == UNKNOWN and bounds[place][2] == bounds[neighbour][2]:
                    own[place] = own[neighbour]
    return np.array(own, np.int32)


def _owner(text: Text, start: int, end: int) -> int:
    """Return the project with the most unshared spans in a sentence; unknown if there are none, or a tie."""
    counts = [0] * len(text.projects)
    for project, is_shared in _owned(text, start, end):
        counts[project] += not is_shared
    most = max(counts, default=0)
    return counts.index(most) if most and counts.count(most) == 1 else UNKNOWN


def _owned(text: Text, start: int, end: int) -> Iterator[tuple[int, bool]]:
    inside = [s for s in text.spans if start <= s.start and s.end <= end and s.project is not None]
    for span in inside:
        is_shared = any(o.start == span.start and o.end == span.end and o.project != span.project for o in inside)
        yield span.project or 0, is_shared


def _turns(text: Text, owners: Integers) -> Integers:
    if text.is_relevant is False:
        return np.full(len(owners), NONE, np.int32)
    seen, found = set[int](), []
    for owner in owners.tolist():
        found.append(UNKNOWN if owner == UNKNOWN else GOES_ON if owner in seen else BEGINS)
        seen.add(owner)
    return np.array(found, np.int32)


def _field_values(projects: Sequence[Project]) -> Integers:
    rows = [[_place(project.values.get(field, ""), FIELDS[field]) for field in FIELDS] for project in projects]
    return np.array(rows, np.int32).reshape(-1, len(FIELDS))


def _concerns(projects: Sequence[Project]) -> Integers:
    rows = [
        [UNKNOWN if project.concerns is None else int(kind in project.concerns) for kind in CONCERNS]
        for project in projects
    ]
    return np.array(rows, np.int32).reshape(-1, len(CONCERNS))


def _labelled_spans(text: Text, offsets: Integers) -> Iterator[LabelledSpan]:
    for span in text.spans:
        values = {Tag.FIRM: ROLES, Tag.AMOUNT: KINDS}.get(span.tag, ())
        rows = _inside(offsets, span.start, span.end)
        if span.kind in values and len(rows):
            yield LabelledSpan(int(rows[0]), int(rows[-1]), values.index(span.kind), span.tag is Tag.AMOUNT)


def _inside(offsets: Integers, start: int, end: int) -> NDArray[np.intp]:
    return np.flatnonzero((offsets[:, 1] > start) & (offsets[:, 0] < end) & (offsets[:, 1] > offsets[:, 0]))


def _sentences_of(offsets: Integers, bounds: Sequence[tuple[int, int, int]]) -> Integers:
    found = np.full(len(offsets), UNKNOWN, np.int32)
    for number, (start, end, _) in enumerate(bounds):
        found[_inside(offsets, start, end)] = number
    return found


def _place(value: str, values: Sequence[str]) -> int:
    return values.index(value) if value in values else UNKNOWN
