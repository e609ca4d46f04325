"""The words that the patterns of names are made of: `wording/name-grammar/`, by what they do there."""

from __future__ import annotations

from collections.abc import Iterable

from offing.model.patterns import PatternRole, PatternWord

_NOTHING = "(?!)"  # what nothing matches


class NameGrammar:
    """The words of some languages that one grammar takes.

    Args:
        words: the rules' words, of which those count that are of the grammar of names.
        languages: whose words they are.
    """

    def __init__(self, words: Iterable[PatternWord], *languages: str) -> None:
        self._parts: dict[str, list[str]] = {}
        for word in words:
            if word.role is PatternRole.NAME_GRAMMAR and word.language in languages:
                self._parts.setdefault(word.value, []).append(word.text)

    def words(self, part: str) -> tuple[str, ...]:
        """The words of a part."""
        return tuple(self._parts.get(part, ()))

    def choice(self, part: str) -> str:
        """The same as alternatives of a regular expression; what nothing matches where there are none."""
        return "|".join(self.words(part)) or _NOTHING
