"""Cut a whole article into word pieces with their offsets, and these into windows that fit the encoder."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from offing.model.sources.article import PARAGRAPH_BREAK
from offing.propose.encoder.pieces import Pieces

WINDOW = 510  # pieces that the encoder has positions for, without the marks at both ends
OVERLAP = 96  # pieces that a window repeats from the one before, as left context
TITLE = 48  # pieces of the title that every window repeats
LONGEST = 700  # pieces of an article that are read: news puts what is new first
_SPACE = "▁"
_UNREADABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class WindowPiece:
    """A piece of a text, or the zero-width mark between two paragraphs."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Window:
    """The piece numbers of a window, and the range [first, last) whose states are used."""

    numbers: list[int]
    first: int
    last: int


def windows_of(front: Sequence[int], pieces: Sequence[int], marks: tuple[int, int]) -> Iterator[Window]:
    """The windows of a text; where two overlap, the first one's states are used.

    Args:
        front: the pieces of the date, which precede each window.
        pieces: the pieces of title and paragraphs; the title's are repeated in front of each window but the first.
        marks: the numbers of the start and end marks.
    """
    title = list(pieces[:TITLE])
    title = title[: title.index(marks[1]) + 1] if marks[1] in title else title
    taken = 0
    while taken < len(pieces):
        head = [*front, *title] if taken else list(front)
        start = max(taken - OVERLAP, 0)
        end = min(start + WINDOW - len(head), len(pieces))
        first = 1 + len(head) + taken - start
        yield Window([marks[0], *head, *pieces[start:end], marks[1]], first, first + end - taken)
        taken = end


def pieces_of(text: str, cutter: Pieces, mark: int) -> list[WindowPiece]:
    """The pieces of a text with their offsets in it, and a mark between paragraphs."""
    found, offset = list[WindowPiece](), 0
    for number, paragraph in enumerate(text.split(PARAGRAPH_BREAK)):
        if number:
            found.append(WindowPiece(mark, offset - len(PARAGRAPH_BREAK), offset - len(PARAGRAPH_BREAK)))
        plain, places = plain_of(paragraph)
        for token in cutter.tokens(plain):
            if token.end > token.start:
                start, end = places[token.start], places[token.end - 1]
                found.append(WindowPiece(token.number, offset + start[0], offset + end[1]))
        offset += len(paragraph) + len(PARAGRAPH_BREAK)
    return found


def plain_of(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A text normalised for the encoder, and the (start, end) in the original of each of its characters."""
    plain, places = list[str](), list[tuple[int, int]]()
    for start, end in _clusters(text):
        for character in _normal(text[start:end]):
            if character != " " or (plain and plain[-1] != " "):
                plain.append(character)
                places.append((start, end))
    if plain and plain[-1] == " ":
        plain.pop()
    return "".join(plain), places[: len(plain)]


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """The spans of characters with their combining marks."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not unicodedata.combining(text[place]):
            yield start, place
            start = place


@lru_cache(maxsize=50_000)
def _normal(cluster: str) -> str:
    plain = unicodedata.normalize("NFKC", cluster).replace(_SPACE, " ")
    return "".join(" " if c.isspace() or unicodedata.category(c) in _UNREADABLE else c for c in plain)
