"""Cuts a whole article into pieces of words with their offsets, and these into windows that the encoder can take."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from offing.model.article import PARAGRAPH_BREAK
from offing.propose.encoder.pieces import Pieces

WINDOW = 510  # pieces that the encoder has positions for, beside the marks at both ends
OVERLAP = 96  # pieces that a window has again of the one before, as what goes before its own
TITLE = 48  # pieces of the title that every window has
LONGEST = 700  # pieces of an article that are read: news says what is new before
_SPACE = "▁"
_UNREADABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, or the mark between its paragraphs, which is as wide as nothing."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Window:
    """The numbers of the pieces of a window, and where in it those stand that are taken from it."""

    numbers: list[int]
    first: int
    last: int


def windows_of(front: Sequence[int], pieces: Sequence[int], marks: tuple[int, int]) -> Iterator[Window]:
    """The windows of a text; what two of them have is taken from the first.

    Args:
        front: the pieces of its date, which stand before each.
        pieces: the pieces of its title and paragraphs; the title's stand before each window but the first, too.
        marks: the numbers of the marks at the start and the end.
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


def pieces_of(text: str, cutter: Pieces, mark: int) -> list[Piece]:
    """The pieces of a text with their offsets in it, and a mark between its paragraphs."""
    found, offset = list[Piece](), 0
    for number, paragraph in enumerate(text.split(PARAGRAPH_BREAK)):
        if number:
            found.append(Piece(mark, offset - len(PARAGRAPH_BREAK), offset - len(PARAGRAPH_BREAK)))
        plain, places = plain_of(paragraph)
        for token in cutter.tokens(plain):
            if token.end > token.start:
                start, end = places[token.start], places[token.end - 1]
                found.append(Piece(token.number, offset + start[0], offset + end[1]))
        offset += len(paragraph) + len(PARAGRAPH_BREAK)
    return found


def plain_of(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A text as the encoder knows one, and from where to where in the text each of its characters stood."""
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
    """Characters with the marks that combine with them."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not unicodedata.combining(text[place]):
            yield start, place
            start = place


@lru_cache(maxsize=50_000)
def _normal(cluster: str) -> str:
    plain = unicodedata.normalize("NFKC", cluster).replace(_SPACE, " ")
    return "".join(" " if c.isspace() or unicodedata.category(c) in _UNREADABLE else c for c in plain)
