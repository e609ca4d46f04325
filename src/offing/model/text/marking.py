"""Finds the words of a search in a text as it was written, to mark them and to cut an excerpt around them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, repeat

from offing.model.text.folding import LOWER, fold_text
from offing.model.text.search import LONGEST_WORD, RUN, WORD, Search, Term

EXCERPT = 180  # characters
_BEFORE = 60  # of them, before the first hit


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """A part of a text; `hit`: it is what was searched for."""

    text: str
    hit: bool = False


@dataclass(frozen=True, slots=True)
class _Hit:
    """Where a term stands in a text."""

    start: int
    end: int
    term: Term


def marked(text: str, search: Search) -> tuple[MarkedPiece, ...]:
    """Return a text in pieces, with what a search wants marked; their texts together are the text."""
    pieces, at = [], 0
    for hit in sorted(_hits(text, search.wanted), key=lambda hit: (hit.start, -hit.end)):
        if hit.end > at:
            start = max(at, hit.start)
            pieces += [MarkedPiece(text[at:start]), MarkedPiece(text[start : hit.end], hit=True)]
            at = hit.end
    return tuple(piece for piece in (*pieces, MarkedPiece(text[at:])) if piece.text)


def marked_as_written(text: str, words: str) -> tuple[MarkedPiece, ...]:
    """Return a text in pieces, with each place marked that has the words as written, whatever the case."""
    parts = re.split(f"({re.escape(words)})", text, flags=re.IGNORECASE) if words else [text]
    return tuple(MarkedPiece(part, hit=at % 2 == 1) for at, part in enumerate(parts) if part)


def lacking(shown: Iterable[str], search: Search) -> tuple[Term, ...]:
    """Return what a search wants and none of the texts that a reader sees already has."""
    seen = {hit.term for text in shown for hit in _hits(text, search.wanted)}
    return tuple(term for term in search.wanted if term not in seen)


def excerpt(texts: Iterable[str], missing: tuple[Term, ...], search: Search) -> tuple[MarkedPiece, ...]:
    """Return a marked excerpt of the text that has most of what is missing; empty if none has any.

    Args:
        texts: where the excerpt may come from, those to be preferred first.
        missing: what the excerpt is to show.
        search: what is marked in it.
    """
    best: tuple[str, list[_Hit]] = ("", [])
    for text in texts if missing else ():
        hits = _hits(text, missing)
        if len({hit.term for hit in hits}) > len({hit.term for hit in best[1]}):
            best = (text, hits)
        if len({hit.term for hit in best[1]}) == len(missing):
            break
    text, hits = best
    return _around(text, min(hit.start for hit in hits), search) if hits else ()


def _around(text: str, at: int, search: Search) -> tuple[MarkedPiece, ...]:
    """The part of a text around a place, cut between words where it has blanks."""
    start, end = max(0, at - _BEFORE), min(len(text), max(0, at - _BEFORE) + EXCERPT)
    if start and (blank := text.find(" ", start, at)) >= 0:
        start = blank + 1
    if end < len(text) and (blank := text.rfind(" ", at, end)) > at:
        end = blank
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    return (*_piece(before), *marked(text[start:end], search), *_piece(after))


def _piece(text: str) -> Iterator[MarkedPiece]:
    if text:
        yield MarkedPiece(text)


def _hits(text: str, terms: Iterable[Term]) -> list[_Hit]:
    folded = fold_text(text)
    wanted = [term for term in terms if all(word in folded for word in term.words)]
    if not wanted:
        return []
    # Folding may lengthen or drop characters: `place` leads from each folded character to where it comes from.
    place = [*chain.from_iterable(repeat(at, len(LOWER[char])) for at, char in enumerate(text)), len(text)]
    words = list(_words(folded))
    return [
        _Hit(place[start], place[end - 1] + 1, term)
        for term in wanted
        for start, end in (_in_runs(folded, term) if RUN.search("".join(term.words)) else _in_words(words, term))
    ]


def _words(folded: str) -> Iterator[tuple[int, int, str]]:
    """The words of a folded text with their places; those of scripts without blanks are left out."""
    for found in WORD.finditer(folded):
        at = found.start()
        for run in RUN.finditer(folded, found.start(), found.end()):
            if run.start() > at:
                yield at, run.start(), folded[at : run.start()][:LONGEST_WORD]
            at = run.end()
        if found.end() > at:
            yield at, found.end(), folded[at : found.end()][:LONGEST_WORD]


def _in_words(words: list[tuple[int, int, str]], term: Term) -> Iterator[tuple[int, int]]:
    many = len(term.words)
    for at in range(len(words) - many + 1):
        here = [word for _, _, word in words[at : at + many]]
        last = here[-1].startswith(term.words[-1]) if term.prefix else here[-1] == term.words[-1]
        if last and here[:-1] == list(term.words[:-1]):
            yield words[at][0], words[at + many - 1][1]


def _in_runs(folded: str, term: Term) -> Iterator[tuple[int, int]]:
    """Where a term stands that has characters of a script without blanks, whose pairs overlap: 华为 为公 公司."""
    needle = term.words[0]
    for word in term.words[1:]:
        needle += word[1:] if RUN.match(word) and needle[-1] == word[0] else word
    at = folded.find(needle)
    while at >= 0:
        yield at, at + len(needle)
        at = folded.find(needle, at + len(needle))
