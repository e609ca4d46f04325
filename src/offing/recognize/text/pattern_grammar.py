"""The words that patterns are built of, by their part: `wording/name-grammar/`, `name-context/`, `progress/`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from offing.model.reading.patterns import PatternRole, PatternWord

_NOTHING = "(?!)"  # matches nothing
_NO_CHARACTER = "\0"  # occurs in no text
_ELIDED = "['’]"


class PatternGrammar:
    """The words of one grammar in some languages.

    Args:
        words: the rules' pattern words; only those of the grammar are used.
        languages: whose words to use; all if none is given, since names in one language occur in texts in others.
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

    def characters(self, *parts: str) -> str:
        """The characters of some parts, escaped for a character class of a regular expression: [...]."""
        return "".join(map(re.escape, (word for part in parts for word in self.words(part)))) or _NO_CHARACTER

    def choice(self, *parts: str) -> str:
        """The words of some parts as regex alternatives; a pattern that matches nothing if there are none."""
        return "|".join(word for part in parts for word in self.words(part)) or _NOTHING

    def spaced(self, *parts: str) -> str:
        """The same, longest first, each followed by a blank unless it ends with an apostrophe."""
        words = sorted((word for part in parts for word in self.words(part)), key=len, reverse=True)
        return "|".join(word if word.endswith(_ELIDED) else f"{word} " for word in words) or _NOTHING

    def opening(self, part: str) -> str:
        """The words of a part as alternatives, with the first letter in either case."""
        return "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in self.words(part)) or _NOTHING


def values(words: Iterable[PatternWord]) -> PatternGrammar:
    """The words of number, size and date patterns, of all languages."""
    return PatternGrammar(words, role=PatternRole.VALUE_GRAMMAR)


def contexts(words: Iterable[PatternWord], *languages: str) -> PatternGrammar:
    """The words that occur beside names."""
    return PatternGrammar(words, *languages, role=PatternRole.NAME_CONTEXT)
