"""Reads runs of capitalised words, including linking words inside names, in Latin and Cyrillic script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from offing.model.reading.patterns import PatternWord
from offing.recognize.text.pattern_grammar import PatternGrammar
from offing.recognize.text.spans import Span

_WORD = r"[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁ][\w’'-]{0,30}"
_ELIDED = r"(?<=\b[dlDL]['’])"  # l'Okpara, district d'Arivonimamo
_SPLIT = re.compile(r"[ \u00a0]")
_OPENING = re.compile(r"(?:^|[.!?…\n]|[.!?]\s?[»”\"])\s*[«“\"„(—–-]?\s*$")
_OWNER = re.compile(r"['’]s(?:[ \u00a0]|$)")


@dataclass(frozen=True, slots=True)
class Run:
    """A run at a span of a text. `opens`: it starts a sentence; `is_set_off`: a comma or the like follows."""

    start: int
    end: int
    text: str
    opens: bool
    is_set_off: bool

    @property
    def span(self) -> Span:
        """The span of the run."""
        return self.start, self.end

    @property
    def words(self) -> list[str]:
        """The words of the run."""
        return _SPLIT.split(self.text)


class RunReader:
    """Reads runs.

    Args:
        words: the rules' pattern words.
    """

    def __init__(self, words: Iterable[PatternWord]) -> None:
        grammar = PatternGrammar(words)
        inside = rf"(?:(?:{grammar.choice('inside_names')})[ \u00a0]){{0,2}}"
        self._run = re.compile(rf"(?:(?<![\w’'-])|{_ELIDED}){_WORD}(?:[ \u00a0]{inside}{_WORD}){{0,5}}")
        # Words capitalised only because they open a sentence.
        self._function = re.compile(rf"(?:{grammar.spaced('no_name_starts')})")
        self._set_off = re.compile(rf"\s?(?:,|:|–|—|/| (?:{grammar.choice('sets_off')}) )")

    def runs(self, text: str) -> Iterator[Run]:
        """The runs of a text, in order."""
        for found in self._run.finditer(text):
            opens = _OPENING.search(text, max(0, found.start() - 6), found.start()) is not None
            start = found.start()
            if opens and (first := self._function.match(found[0])):
                start, opens = start + first.end(), False
            for piece in _pieces(text, start, found.end()):
                is_set_off = self._set_off.match(text, piece[1]) is not None
                yield Run(*piece, text[slice(*piece)], opens and piece[0] == found.start(), is_set_off)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """A run split after possessives: "Doha's Hamad Port" names two places."""
    for owner in _OWNER.finditer(text, start, end):
        yield start, owner.start()
        start = owner.end()
    bare = text[start:end].rstrip("-’'")
    if bare:
        yield start, start + len(bare)
