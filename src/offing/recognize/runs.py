"""Runs of capitalised words with what may stand inside a name, in Latin and Cyrillic script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from offing.recognize.spans import Span

_WORD = r"[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁ][\w’'-]{0,30}"
_INSIDE = r"(?:(?:de|del|do|da|dos|das|la|el|los|las|du|des|sur|of|al|ibn|den)[ \u00a0]){0,2}"
_ELIDED = r"(?<=\b[dlDL]['’])"  # l'Okpara, district d'Arivonimamo
_RUN = re.compile(rf"(?:(?<![\w’'-])|{_ELIDED}){_WORD}(?:[ \u00a0]{_INSIDE}{_WORD}){{0,5}}")
_SPLIT = re.compile(r"[ \u00a0]")
_OPENING = re.compile(r"(?:^|[.!?…\n]|[.!?]\s?[»”\"])\s*[«“\"„(—–-]?\s*$")
_OWNER = re.compile(r"['’]s(?:[ \u00a0]|$)")
# Words that are capitalised only as they open a sentence.
_FUNCTION = re.compile(
    r"(?:The|And|But|In|At|From|Near|On|Of|For|To|With|While|When|As|Between|A|An|This|That|En|De|Del|Da|Do|Das|Dos|Du|Des|À|A|O|Os|As|Au|Aux|Dans"
    r"|Pour|Para|Por|Desde|Entre|Em|No|Na|Nos|Nas|Con|Com|Y|E|Et|El|La|Los|Las|Le|Les|Un|Una|Une|Uma|Um|В|Во|На|Из|От|До|По|С|Со|И|А|Но|Для"
    r"|Près de|Cerca de|Perto de|Depuis|Sur|Toujours|Selon|Según|Segundo) "
)
_SET_OFF = re.compile(r"\s?(?:,|:|–|—|/| et | y | e | and | и )")


@dataclass(frozen=True, slots=True)
class Run:
    """A run at a span of a text; `opens`: it starts a sentence; `is_set_off`: a comma or the like follows."""

    start: int
    end: int
    text: str
    opens: bool
    is_set_off: bool

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end

    @property
    def words(self) -> list[str]:
        """Its words."""
        return _SPLIT.split(self.text)


def runs(text: str) -> Iterator[Run]:
    """The runs of a text in their order."""
    for found in _RUN.finditer(text):
        opens = _OPENING.search(text, max(0, found.start() - 6), found.start()) is not None
        start = found.start()
        if opens and (first := _FUNCTION.match(found[0])):
            start, opens = start + first.end(), False
        for piece in _pieces(text, start, found.end()):
            end = piece[1]
            yield Run(*piece, text[slice(*piece)], opens and piece[0] == found.start(), bool(_SET_OFF.match(text, end)))


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """A run parted behind owners: "Doha's Hamad Port" names two places."""
    for owner in _OWNER.finditer(text, start, end):
        yield start, owner.start()
        start = owner.end()
    bare = text[start:end].rstrip("-’'")
    if bare:
        yield start, start + len(bare)
