"""Finds Arabic verbs and participles, before which a name ends: مستشفى النجمة | يعيد البرنامج, شركة … للموانئ | مشغلة.

The script does not distinguish names from verbs: imperfect verbs are recognised by their first letter with an object,
an article or a suffix after it; the others are listed in `wording/name-grammar/ar.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from offing.model.reading.patterns import PatternWord
from offing.recognize.text.pattern_grammar import PatternGrammar

_LETTER = "[\u0621-\u064a]"
_SUFFIX = "(?:ها|هم|هما|ه|نا)"
# Places and names start with these letters too: only a following article marks a verb.
_NO_PLACE = "(?!ي(?:ون?نان|ان[غتج]|نت|يتش|ول|يو))"
_IMPERFECT = rf"(?:{_NO_PLACE}س?ي{_LETTER}{{2,6}}(?= ال)|س[يت]{_LETTER}{{2,6}})"
# "It builds it": a verb with its object attached.
_WITH_OBJECT = re.compile(rf"[تين]{_LETTER}{{2,6}}(?:ها|هم|هما)")


class ArabicVerbs:
    """Finds where a name ends in Arabic.

    Args:
        words: the rules' pattern words.
    """

    def __init__(self, words: Iterable[PatternWord]) -> None:
        grammar = PatternGrammar(words, "ar")
        relatives, listed = grammar.choice("relatives"), grammar.choice("verbs")
        self._verb = re.compile(rf" (?:{relatives}|{_IMPERFECT}|(?:{listed}){_SUFFIX}?)(?!{_LETTER})")
        self.participle = f"(?:ال)?(?:{grammar.choice('participles')})[ةه]?"

    def before(self, text: str, start: int, end: int) -> int:
        """Where a name that runs into a verb or relative clause ends; else `end`."""
        verb = self._verb.search(text, start, end)
        return verb.start() if verb else end


def is_verb(word: str) -> bool:
    """Whether a single word is an Arabic verb with its object: تنفذها, "carries it out"."""
    return _WITH_OBJECT.fullmatch(word) is not None
