"""Transcribes English firm names for Arabic and Russian press: تشاينا كونستراكشن, «Чайна Роуд энд Бридж», سي آر بي سي.

A name is transcribed word by word; in Arabic an abbreviation by the English names of its letters. Spellings vary, so
each name has several. They are in `wording/transcription/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product

from offing.model.reading.patterns import PatternRole, PatternWord

_MOST_SPELLINGS = 24  # of one name in one script
_ABBREVIATION = re.compile(r"[A-Z]{3,6}")
_SHORT = 3  # words of a name that needs its form


class Spellings:
    """The transcriptions of English words and letters in the press of some languages.

    Args:
        words: the rules' pattern words; only those that give a spelling are used.
    """

    def __init__(self, words: Iterable[PatternWord]) -> None:
        self._by_language: dict[str, dict[str, list[str]]] = {}
        left_out: dict[PatternRole, set[str]] = {PatternRole.UNSPELLED: set(), PatternRole.UNSPELLED_END: set()}
        for word in words:
            if word.role in left_out:
                left_out[word.role].add(word.text)
            if word.role is PatternRole.SPELLED:
                self._by_language.setdefault(word.language, {}).setdefault(word.value, []).append(word.text)
        self._left_out, self._left_out_at_end = map(frozenset, left_out.values())

    def of(self, name: str) -> Iterator[str]:
        """The transcriptions of a Latin name, if all its words are known; often none."""
        for written in self._spelled_as(name):
            for spellings in self._by_language.values():
                if all(each in spellings for each in written):
                    choices = [spellings[each] for each in written]
                    yield from map(" ".join, islice(product(*choices), _MOST_SPELLINGS))

    def _spelled_as(self, name: str) -> Iterator[Sequence[str]]:
        """The words or letters that transcribe a name, in full and without its legal form."""
        if _ABBREVIATION.fullmatch(name):
            yield name
            return
        words = [
            word for word in re.findall(r"[a-z0-9]+", name.lower().replace("&", "and")) if word not in self._left_out
        ]
        shorter = len(words) > _SHORT and words[-1] in self._left_out_at_end
        for spelled in (words, words[:-1] if shorter else []):
            if len(spelled) > 1:
                yield spelled
