"""Streets, squares and treaties that bear the name of a town far away: Avenida Caracas, the Paris Agreement."""

from __future__ import annotations

import re
from collections.abc import Sequence

from offing.model.mention import MentionKind
from offing.model.patterns import PatternRole, PatternWord
from offing.recognize.draft import Draft

_REACH = 24
_CHINESE = "zh"  # nothing parts its words
_NAMED_AFTER = frozenset({"city", "capital", "town", "name"})


class StreetReader:
    """Tells by the words beside a name whether a street, a square or a treaty bears it, in any language.

    Args:
        words: the rules' words.
    """

    def __init__(self, words: Sequence[PatternWord]) -> None:
        before, links = (_choice(words, role) for role in (PatternRole.STREET_BEFORE, PatternRole.STREET_LINK))
        self._before = re.compile(rf"(?:^|[\s(«“\"])(?i:(?:{before}) (?:{links})?)[«\"]?$")
        bound = _choice([word for word in words if word.language != _CHINESE], PatternRole.STREET_BEHIND)
        joined = _choice([word for word in words if word.language == _CHINESE], PatternRole.STREET_BEHIND)
        self._behind = re.compile(rf"[»\"]?(?: (?:(?:{bound})\b)|{joined})")

    def bears(self, text: str, start: int, end: int) -> bool:
        """Whether one bears the name that stands there."""
        return bool(self._before.search(text, max(0, start - _REACH), start) or self._behind.match(text, end))


def _choice(words: Sequence[PatternWord], role: PatternRole) -> str:
    return "|".join(word.text for word in words if word.role is role) or "(?!)"


def drop_streets(draft: Draft, streets: StreetReader) -> None:
    """Take away the towns and countries that a street, a square or a treaty is only named after."""
    draft.drop(
        mention
        for mention in draft.of(MentionKind.PLACE, MentionKind.COUNTRY)
        if mention.by in _NAMED_AFTER and streets.bears(draft.text, mention.start, mention.end)
    )
