"""Echoes: whether a sentence further down speaks of the same thing as title and lead, by its words."""

from __future__ import annotations

import re

from offing.model.mention import MentionKind
from offing.propose.layout import Zone
from offing.propose.reading import Line, Scope

_WORD = re.compile(r"[^\W\d_]{4,}|[\u3400-\u9fff]{2,}")
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
    """The stems of a sentence's words, each with the word as it stands; pairs of Chinese characters are stems."""
    names = [(mention.start, mention.end) for mention in line.of(*_NAMES)]
    stems: dict[str, str] = {}
    for found in _WORD.finditer(scope.article.text, line.sentence.start, line.sentence.end):
        if not any(start < found.end() and found.start() < end for start, end in names):
            for stem, word in _stem(found[0]):
                stems.setdefault(stem, word)
    return stems


def _stem(word: str) -> list[tuple[str, str]]:
    if "\u3400" <= word[0] <= "\u9fff":
        return [(word[place : place + 2], word[place : place + 2]) for place in range(len(word) - 1)]
    return [(word.casefold()[:_STEM], word)]
