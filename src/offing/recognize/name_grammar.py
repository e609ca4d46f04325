"""The words that patterns are made of: `wording/name-grammar/`, `name-context/`, `progress/`, by what they do there."""

from __future__ import annotations

from collections.abc import Iterable

from offing.model.patterns import PatternRole, PatternWord

_NOTHING = "(?!)"  # what nothing matches
_ELIDED = "['’]"


class NameGrammar:
    """The words of some languages that one grammar takes.

    Args:
        words: the rules' words, of which those count that are of the grammar.
        languages: whose words they are; those of all where none is given, since names of one stand in texts of others.
        role: which grammar it is.
    """

    def __init__(
        self, words: Iterable[PatternWord], *languages: str, role: PatternRole = PatternRole.NAME_GRAMMAR
    ) -> None:
        self._parts: dict[str, list[str]] = {}
        for word in words:
            if word.role is role and (not languages or word.language in (*languages, "*")):
                self._parts.setdefault(word.value, []).append(word.text)

    def words(self, part: str) -> tuple[str, ...]:
        """The words of a part."""
        return tuple(self._parts.get(part, ()))

    def choice(self, *parts: str) -> str:
        """The words of some parts as alternatives of a regular expression; what nothing matches if there are none."""
        return "|".join(word for part in parts for word in self.words(part)) or _NOTHING

    def spaced(self, *parts: str) -> str:
        """The same, the longest first, each with the blank behind it, but those that end with an apostrophe."""
        words = sorted((word for part in parts for word in self.words(part)), key=len, reverse=True)
        return "|".join(word if word.endswith(_ELIDED) else f"{word} " for word in words) or _NOTHING

    def opening(self, part: str) -> str:
        """The words of a part as alternatives, the first letter of each small or a capital."""
        return "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in self.words(part)) or _NOTHING


def values(words: Iterable[PatternWord]) -> NameGrammar:
    """The words of the patterns of numbers, sizes and dates, of all languages."""
    return NameGrammar(words, role=PatternRole.VALUE_GRAMMAR)


def contexts(words: Iterable[PatternWord], *languages: str) -> NameGrammar:
    """The words of what stands beside names."""
    return NameGrammar(words, *languages, role=PatternRole.NAME_CONTEXT)
