"""How Arabic and Russian press spells English names of firms: تشاينا كونستراكشن, «Чайна Роуд энд Бридж», سي آر بي سي.

A name is spelled word by word; an abbreviation is spelled in Arabic by the English names of its letters. Spellings
vary, so that each name has several. They stand in `wording/transcription/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product

from offing.model.patterns import PatternRole, PatternWord

_MOST_SPELLINGS = 24  # of one name in one script
_ABBREVIATION = re.compile(r"[A-Z]{3,6}")
_SHORT = 3  # words of a name that needs its form
_FORMS = frozenset({"corporation", "company", "group"})
_LEGAL = frozenset({"co", "ltd", "inc", "limited", "llc"})


class Spellings:
    """How the presses of some languages spell English words and letters.

    Args:
        words: the rules' words, of which those count that tell a spelling.
    """

    def __init__(self, words: Iterable[PatternWord]) -> None:
        self._by_language: dict[str, dict[str, list[str]]] = {}
        for word in words:
            if word.role is PatternRole.SPELLED:
                self._by_language.setdefault(word.language, {}).setdefault(word.value, []).append(word.text)

    def of(self, name: str) -> Iterator[str]:
        """How a Latin name may be spelled elsewhere, as far as its words are known; often not at all."""
        for written in _spelled_as(name):
            for spellings in self._by_language.values():
                if all(each in spellings for each in written):
                    yield from _joined([spellings[each] for each in written])


def _spelled_as(name: str) -> Iterator[Sequence[str]]:
    """The words or letters by which a name is spelled, in full and without its form."""
    if _ABBREVIATION.fullmatch(name):
        yield name
        return
    words = [word for word in re.findall(r"[a-z0-9]+", name.lower().replace("&", "and")) if word not in _LEGAL]
    for spelled in (words, words[:-1] if len(words) > _SHORT and words[-1] in _FORMS else []):
        if len(spelled) > 1:
            yield spelled


def _joined(choices: list[list[str]]) -> Iterator[str]:
    return (" ".join(chosen) for chosen in islice(product(*choices), _MOST_SPELLINGS))
