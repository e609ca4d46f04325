"""Echoes: whether a sentence further down shares its subject with title and lead, by its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from offing.model.reading.mention import MentionKind
from offing.propose.parties.party_ranking import is_cjk
from offing.propose.reading.layout import Zone
from offing.propose.reading.scope import Line, Scope

_WORD = re.compile(r"[\u3400-\u9fff]{2,}|[^\W\d_]{4,}")
_STEM = 5  # letters by which two forms of a word are matched; shorter words count whole
_HEAD = frozenset({Zone.TITLE, Zone.LEAD})
# Names are no echo: repeating a country or firm says nothing about the subject.
_NAMES = (
    *(MentionKind.FIRM, MentionKind.LENDER, MentionKind.COUNTRY, MentionKind.PLACE),
    *(MentionKind.CHINA, MentionKind.MONEY, MentionKind.DATE),
)


def echoed(scope: Scope, line: Line) -> list[str]:
    """The words of a sentence that title or lead share; empty for a sentence of title or lead."""
    if line.zone in _HEAD:
        return []
    head: set[str] = set()
    for other in scope.lines:
        if other.zone in _HEAD:
            head |= _stems(scope, other).keys()
    return [word for stem, word in _stems(scope, line).items() if stem in head]


def _stems(scope: Scope, line: Line) -> dict[str, str]:
    """The stems of a sentence's words, each with its word; for Chinese, pairs of characters."""
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
