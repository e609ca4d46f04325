"""Reads the words of names: capitalised or coined ones, links between them, and words that belong to no name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from offing.model.reading.patterns import PatternRole, PatternWord

WORD = re.compile(r"[^\W_]\w*(?:[-’'][^\W_]\w*)*")
_ELIDED = re.compile(r"^[ldLD][’']")
COINED = re.compile(r"[A-Z]{3,}[a-z]{0,2}\d?|[A-Z]+[a-z]+[A-Z]\w*|[a-z]{1,2}-?[A-Z][A-Za-z]{2,}")
_GAP = re.compile(r"[ \u00a0]|[’'–—-]| ?[–—] ?")
_FEWEST_WORDS = 2


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word and its position."""

    start: int
    end: int
    text: str
    is_link: bool  # whether it links the words of a name

    @property
    def is_capital(self) -> bool:
        """Whether it is written like a name: Lotus, iGov."""
        return self.text[0].isupper() or COINED.fullmatch(self.text) is not None


class NameWords:
    """Reads the words of names.

    Args:
        words: the rules' pattern words.
    """

    def __init__(self, words: Iterable[PatternWord]) -> None:
        of: dict[PatternRole, set[str]] = {}
        for word in words:
            of.setdefault(word.role, set()).add(word.text)
        self._links = frozenset(of.get(PatternRole.PROJECT_LINK, ()))
        self._endings = frozenset(of.get(PatternRole.PROJECT_ENDING, ()))
        self.articles = frozenset(of.get(PatternRole.PROJECT_ARTICLE, ()))

    def read(self, text: str) -> Iterator[NameWord]:
        """The words of a text, without an elided article."""
        for match in WORD.finditer(text):
            cut = 2 if _ELIDED.match(match[0]) and len(match[0]) > 3 else 0  # noqa: PLR2004 -- l'X, d'X
            word = match[0][cut:]
            yield NameWord(match.start() + cut, match.end(), word, word.lower() in self._links)

    def closed(self, part: list[NameWord]) -> Iterator[list[NameWord]]:
        """Trim the words around the name from a part of a run; yields nothing if no name is left."""
        while part and part[-1].is_link:
            part = part[:-1]
        while len(part) > 1 and (part[0].text.lower() in self.articles or part[0].is_link):
            part = part[1:]
        while len(part) > _FEWEST_WORDS and (part[-1].text.lower() in self._endings or part[-1].is_link):
            part = part[:-1]
        if part and part[0].is_capital:
            yield part


def runs(text: str, tokens: Sequence[NameWord]) -> Iterator[tuple[int, int]]:
    """The first token and the one past the last of each run of capitalised words, including links between them."""
    place = 0
    while place < len(tokens):
        if not tokens[place].is_capital or tokens[place].is_link:
            place += 1
            continue
        end = last = place + 1
        while end < len(tokens) and _GAP.fullmatch(text, tokens[end - 1].end, tokens[end].start):
            if tokens[end].is_capital and tokens[end].text.lower() != "d":
                last = end + 1
            elif not tokens[end].is_link:
                break
            end += 1
        yield place, last
        place = last
