"""Excludes streets, squares and treaties named after a distant town: Avenida Caracas, the Paris Agreement."""

from __future__ import annotations

import re
from collections.abc import Sequence

from offing.model.reading.mention import MentionKind
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.recognize.text.draft import Draft

_REACH = 24
_CHINESE = "zh"  # its words are not separated
_NAMED_AFTER = frozenset({"city", "capital", "town", "name"})


class StreetReader:
    """Recognises streets, squares and treaties by the words beside a place name, in any language.

    Args:
        words: the rules' pattern words.
    """

    def __init__(self, words: Sequence[PatternWord]) -> None:
        before, links = (_choice(words, role) for role in (PatternRole.STREET_BEFORE, PatternRole.STREET_LINK))
        self._before = re.compile(rf"(?:^|[\s(«“\"])(?i:(?:{before}) (?:{links})?)[«\"]?$")
        bound = _choice([word for word in words if word.language != _CHINESE], PatternRole.STREET_BEHIND)
        joined = _choice([word for word in words if word.language == _CHINESE], PatternRole.STREET_BEHIND)
        self._behind = re.compile(rf"[»\"]?(?: (?:(?:{bound})\b)|{joined})")

    def bears(self, text: str, start: int, end: int) -> bool:
        """Whether a span names a street, square or treaty."""
        return bool(self._before.search(text, max(0, start - _REACH), start) or self._behind.match(text, end))


def _choice(words: Sequence[PatternWord], role: PatternRole) -> str:
    return "|".join(word.text for word in words if word.role is role) or "(?!)"


def drop_streets(draft: Draft, streets: StreetReader) -> None:
    """Drop the towns and countries that only give a street, square or treaty its name."""
    draft.drop(
        mention
        for mention in draft.of(MentionKind.PLACE, MentionKind.COUNTRY)
        if mention.by in _NAMED_AFTER and streets.bears(draft.text, mention.start, mention.end)
    )
