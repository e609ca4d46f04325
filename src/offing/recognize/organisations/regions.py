"""Finds the Chinese provinces and cities that firms are named after, as nouns or adjectives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from offing.model.reading.patterns import PatternRole, PatternWord
from offing.model.text.scripts import HAN, script_of
from offing.recognize.text.pattern_grammar import PatternGrammar

_CAPITAL = re.compile(r"(?<![\w'’&-])[A-ZÀ-ÖØ-Þ][\w'’]{1,30}")
_CASES = r"(?:о|ь|я|е|ю|и|а|у|ом|ем|ём|ью|ой|й|ам|ами|ах)?"
_ADJECTIVE = r"с?к(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)"
_SOFT = "ьяйаои"
_PREFIX = "(?<![\u0600-\u06ff])[وف]?[بلك]?(?:ال)?"


@dataclass(frozen=True, slots=True)
class ChinesePlace:
    """A Chinese place at a span; `is_adjective` if it describes the following noun (пекинская, Shanghai-based)."""

    start: int
    end: int
    is_adjective: bool = False


class RegionFinder:
    """Finds Chinese places from the list of firm patterns."""

    def __init__(self, words: Iterable[PatternWord], language: str) -> None:
        words = tuple(words)
        own = [w for w in words if w.role is PatternRole.CHINESE_REGION]
        latin = {word.text for word in own if word.language == "*"}
        self.names = frozenset(latin)
        self._single = frozenset(name for name in latin if " " not in name) - frozenset(
            PatternGrammar(words).words("no_regions")
        )
        several = "|".join(map(re.escape, sorted((name for name in latin if " " in name), key=len, reverse=True)))
        self._several = re.compile(rf"\b({several})\b") if several else None
        local = [word.text for word in own if word.language == language]
        self._nouns, self._adjectives = _inflected(local, language)

    def find(self, text: str) -> Iterator[ChinesePlace]:
        """All places, in no particular order."""
        for match in _CAPITAL.finditer(text):
            if match[0] in self._single:
                yield ChinesePlace(*match.span(), is_adjective=text.startswith("-based", match.end()))
        for pattern, is_adjective in ((self._several, False), (self._nouns, False), (self._adjectives, True)):
            if pattern is not None:
                yield from (ChinesePlace(*match.span(1), is_adjective=is_adjective) for match in pattern.finditer(text))


def _inflected(names: list[str], language: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """Patterns of nouns and adjectives in Russian, of nouns in other languages; none in Chinese."""
    if not names or script_of(language) == HAN:
        return None, None
    listed = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    if language == "ar":
        return re.compile(rf"{_PREFIX}({listed})(?![\u0600-\u06ff])"), None
    if language != "ru":
        return re.compile(rf"\b({listed})\b"), None
    stems = "|".join(sorted({name[:-1] if name[-1] in _SOFT else name for name in names}, key=len, reverse=True))
    return (
        re.compile(rf"\b((?:{stems}){_CASES})\b"),
        re.compile(rf"\b((?:{stems})[ьйо]?{_ADJECTIVE})\b", re.IGNORECASE),
    )
