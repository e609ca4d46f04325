"""The words that patterns are made of: `wording/name-grammar/`, `wording/progress/`, by what they do there."""

from __future__ import annotations

from collections.abc import Iterable

from offing.model.patterns import PatternRole, PatternWord

_NOTHING = "(?!)"  # what nothing matches


class NameGrammar:
    """The words of some languages that one grammar takes.

    Args:
        words: the rules' words, of which those count that are of the grammar.
        languages: whose words they are.
        role: which grammar it is.
    """

    def __init__(
        self, words: Iterable[PatternWord], *languages: str, role: PatternRole = PatternRole.NAME_GRAMMAR
    ) -> None:
        self._parts: dict[str, list[str]] = {}
        for word in words:
            if word.role is role and word.language in languages:
                self._parts.setdefault(word.value, []).append(word.text)

    def words(self, part: str) -> tuple[str, ...]:
        """The words of a part."""
        return tuple(self._parts.get(part, ()))

    def choice(self, part: str) -> str:
        """The same as alternatives of a regular expression; what nothing matches where there are none."""
        return "|".join(self.words(part)) or _NOTHING
