"""Finds candidate names of smaller towns and regions: capitalised runs, parts of them, words after "in"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from offing.model.reading.patterns import PatternWord
from offing.recognize.text.draft import Draft
from offing.recognize.text.folded_text import fold_form
from offing.recognize.text.pattern_grammar import PatternGrammar
from offing.recognize.text.patterns import PROCLITICS
from offing.recognize.text.runs import Run
from offing.recognize.text.spans import Span

_LONGEST_HAN, _SHORTEST_HAN = 7, 2
_SHORTEST = 3
_HAN = re.compile("[\u4e00-\u9fff]+")
_ARABIC_WORD = "[\u0621-\u064a\u064b-\u0652]+"
_ARABIC = re.compile(f"{_ARABIC_WORD}(?: {_ARABIC_WORD}){{0,2}}")
_ARABIC_PREFIXES = ("ب", "و", "وب", "ل")  # in, and, and in, to: prefixed to the name
_LINE = re.compile(r"(?:^|(?<= ))(?:(?P<towns>[^ -]+(?:-[^ -]+)+)(?= |$)|[^ ]*\d (?=[^ ]+$)(?P<numbered>[^ -]+))")
_PIECE = re.compile(r"[^-]+")


class Locator(Protocol):
    """Classifies a span by the words beside it."""

    def is_called_place(self, text: str, span: Span) -> bool:
        """Whether they call it a province, a town or the like."""

    def is_located(self, text: str, span: Span) -> bool:
        """Whether they place something there."""

    def runs(self, text: str) -> Iterator[Run]:
        """The runs of capitalised words of a text."""


class TownNames:
    """Reads candidate town names.

    Args:
        words: the rules' pattern words.
    """

    def __init__(self, words: Iterable[PatternWord]) -> None:
        words = tuple(words)
        han, arabic = PatternGrammar(words, "zh"), PatternGrammar(words, "ar")
        # Two characters alone are a town only if the words around say so.
        self._han_before = re.compile(f"(?:{han.choice('before_towns')}|[、—–-])$")
        self._han_behind = re.compile(f"(?:{han.choice('behind_towns')}|、|—|–)")
        self._arabic_before = re.compile(f"(?:{arabic.choice('before_towns')}) $")
        self._link = re.compile(rf" (?:{PatternGrammar(words).spaced('town_links')})")

    def read(self, draft: Draft, locator: Locator) -> Iterator[tuple[Span, str, bool]]:
        """The candidates: span, folded name, and whether it opens a sentence."""
        if draft.language == "zh":
            yield from ((*named, False) for named in self._in_han(draft.text))
        elif draft.language == "ar":
            yield from ((*named, False) for named in self._in_arabic(draft.text))
        else:
            for run in locator.runs(draft.text):
                yield from ((*named, run.opens) for named in self._in_run(run))

    def _in_run(self, run: Run) -> Iterator[tuple[Span, str]]:
        """A whole run, or the run without a first word that only opens the sentence."""
        if not (run.opens and len(run.words) == 1 and not run.is_set_off):
            yield run.span, fold_form(run.text)
            yield from _joined(run)
            linked = list(self._link.finditer(run.text))
            if linked:
                start = run.start + linked[-1].end()
                yield (start, run.end), fold_form(run.text[linked[-1].end() :])

    def _in_han(self, text: str) -> Iterator[tuple[Span, str]]:
        for piece in _HAN.finditer(text):
            start = piece.start()
            while start < piece.end():
                yield from (
                    ((start, end), text[start:end])
                    for end in range(min(start + _LONGEST_HAN, piece.end()), start + 1, -1)
                    if end - start > _SHORTEST_HAN
                    or (self._han_before.search(text, max(0, start - 1), start) and self._han_behind.match(text, end))
                )
                start += 1

    def _in_arabic(self, text: str) -> Iterator[tuple[Span, str]]:
        for words in re.finditer(_ARABIC_WORD, text):
            start = words.start()
            before = self._arabic_before.search(text, max(0, start - 10), start)
            prefix = next((p for p in _ARABIC_PREFIXES if text.startswith(p, start)), "")
            for first, sure in ((start, before is not None), (start + len(prefix), bool(prefix))):
                found = _ARABIC.match(text, first)
                if found and (sure or before):
                    pieces = found[0].split(" ")
                    for count in range(len(pieces), 0, -1):
                        name = " ".join(pieces[:count])
                        if len(name) > _SHORTEST and name not in PROCLITICS:
                            yield (first, first + len(name)), fold_form(name)


def _joined(run: Run) -> Iterator[tuple[Span, str]]:
    """The towns of a line, joined by a hyphen or after a number: Route Bohicon-Dassa-Savè, RN1 Coyah."""
    for line in _LINE.finditer(run.text):
        for piece in _PIECE.finditer(run.text, line.start(line.lastgroup or 0), line.end()):
            if len(piece[0]) > _SHORTEST and piece[0][0].isupper():
                yield (run.start + piece.start(), run.start + piece.end()), fold_form(piece[0])
