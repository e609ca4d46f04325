"""The words of names: capitalised or coined ones, what links them, and what belongs to no name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]\w*(?:[-’'][^\W_]\w*)*")
_ELIDED = re.compile(r"^[ldLD][’']")
COINED = re.compile(r"[A-Z]{3,}[a-z]{0,2}\d?|[A-Z]+[a-z]+[A-Z]\w*|[a-z]{1,2}-?[A-Z][A-Za-z]{2,}")
_GAP = re.compile(r"[ \u00a0]|[’'–—-]| ?[–—] ?")
ARTICLES = frozenset(
    {"the", "an", "le", "la", "les", "el", "los", "las", "o", "a", "os", "as", "un", "une", "una", "um", "uma"}
)
_ENDINGS = frozenset(
    {
        *("project", "projects", "programme", "program", "scheme", "phase", "construction", "rehabilitation"),
        *("upgrade", "upgrading", "expansion", "extension", "projet", "programme", "proyecto", "programa", "projecto"),
        *("projeto", "проект"),
    }
)
_LINKS = frozenset({"of", "de", "du", "des", "del", "la", "le", "las", "los", "da", "do", "das", "dos", "d", "al"})
_TELLING_WORDS = 2


@dataclass(frozen=True, slots=True)
class Token:
    """A word and where it stands."""

    start: int
    end: int
    text: str

    @property
    def is_capital(self) -> bool:
        """Whether it is written like a name: Lotus, iGov."""
        return self.text[0].isupper() or COINED.fullmatch(self.text) is not None

    @property
    def is_link(self) -> bool:
        """Whether it stands between the words of a name."""
        return self.text.lower() in _LINKS


def words_of(text: str) -> Iterator[Token]:
    """The words of a text, without an elided article before them."""
    for match in WORD.finditer(text):
        cut = 2 if _ELIDED.match(match[0]) and len(match[0]) > 3 else 0  # noqa: PLR2004 -- l'X, d'X
        yield Token(match.start() + cut, match.end(), match[0][cut:])


def runs(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """First and last (one past) of the tokens of each run of capitalised words, links between them included."""
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


def closed(part: list[Token]) -> Iterator[list[Token]]:
    """A part of a run without what stands around the name in it; nothing where no name is left."""
    while part and part[-1].is_link:
        part = part[:-1]
    while len(part) > 1 and (part[0].text.lower() in ARTICLES or part[0].is_link):
        part = part[1:]
    while len(part) > _TELLING_WORDS and (part[-1].text.lower() in _ENDINGS or part[-1].is_link):
        part = part[:-1]
    if part and part[0].is_capital:
        yield part
