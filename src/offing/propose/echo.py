"""Echoes: whether a sentence further down speaks of the same thing as title and lead, by its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from offing.model.mention import MentionKind
from offing.propose.layout import Zone
from offing.propose.party_votes import is_cjk
from offing.propose.reading import Line, Scope

_WORD = re.compile(r"[\u3400-\u9fff]{2,}|[^\W\d_]{4,}")
_STEM = 5  # letters by which two forms of a word are one; shorter words count whole
_HEAD = frozenset({Zone.TITLE, Zone.LEAD})
# Names are no echo: that the same country or firm returns says nothing about the thing.
_NAMES = (
    *(MentionKind.FIRM, MentionKind.LENDER, MentionKind.COUNTRY, MentionKind.PLACE),
    *(MentionKind.CHINA, MentionKind.MONEY, MentionKind.DATE),
)


def echoed(scope: Scope, line: Line) -> list[str]:
    """The words of a sentence that title or lead have too; none of a sentence that stands there itself."""
    if line.zone in _HEAD:
        return []
    head: set[str] = set()
    for other in scope.lines:
        if other.zone in _HEAD:
            head |= _stems(scope, other).keys()
    return [word for stem, word in _stems(scope, line).items() if stem in head]


def _stems(scope: Scope, line: Line) -> dict[str, str]:
    """The stems of a sentence's words, each with the word as it stands; pairs of Chinese characters are words."""
    names = [(mention.start, mention.end) for mention in line.of(*_NAMES)]
    stems: dict[str, str] = {}
    for start, word in _words(scope.article.text, line):
        if not any(a < start + len(word) and start < b for a, b in names):
            stems.setdefault(word.casefold()[:_STEM], word)
    return stems


def _words(text: str, line: Line) -> Iterator[tuple[int, str]]:
    for found in _WORD.finditer(text, line.sentence.start, line.sentence.end):
        if is_cjk(found[0]):
            yield from ((place, text[place : place + 2]) for place in range(found.start(), found.end() - 1))
        else:
            yield found.start(), found[0]
