"""Patterns for comparing two accounts, built from the words of `wording/account-grammar/`."""

from __future__ import annotations

import re
from functools import lru_cache

from offing.match.text.tokens import fold
from offing.model.pairs.matching import AccountWords

STAGE = "phase"  # replaces any word for a stage or section once that is found
_NOTHING = "(?!)"  # matches nothing
_ONES = ("", *"一二三四五六七八九")
_TENS = ("", "十", *(f"{one}十" for one in _ONES[2:]))
_HAN = {tens + ones: 10 * i + j for i, tens in enumerate(_TENS) for j, ones in enumerate(_ONES)}
_HAN_DIGITS, _HAN_HUNDREDS = "一二三四五六七八九十", "百零〇"
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN = {word: value for value, word in enumerate(_ROMANS, 1)}


class AccountPatterns:
    """Finds stages, ordinals and umbrella agreements in folded texts.

    Args:
        words: the word lists of the rules.
    """

    def __init__(self, words: AccountWords) -> None:
        self._lists = dict(words.lists)
        self._numbers = {fold(word): number for word, number in words.numbers}
        stages, unparted = f"{STAGE}|{self._choice('stages')}", self._choice("stages_unparted")
        number = "|".join([r"\d{1,3}", "[ivx]{1,4}", *map(re.escape, self._numbers)])
        self._any_stage = re.compile(rf"\b(?:{stages})|{unparted}")
        self._stages = (
            re.compile(rf"\b(?:{stages})\s*({number})\b"),
            re.compile(rf"\b({number})(?:{self._choice('number_ends')})?\s+(?:{stages})\b"),
            re.compile(rf"(?<![{_HAN_DIGITS}{_HAN_HUNDREDS}\d])([{_HAN_DIGITS}]{{1,3}}|\d{{1,2}})(?:{unparted})"),
        )
        # "25 o más", "12 a day", "3 a 5 km": letters that are words of their own make no ordinal.
        ends, attached = self._choice("ordinal_ends"), self._choice("ordinal_ends_attached")
        before = self._choice("ordinals_before")
        self.ordinals = re.compile(rf"\b(\d{{1,3}})(?:\s?(?:{ends})|(?:{attached}))\b|(?:{before})(\d{{1,3}})")
        self.sections = re.compile(
            rf"\b(?:{self._choice('sections')})\b|(?<=[{_HAN_DIGITS}\d])(?:{self._choice('sections_unparted')})"
        )
        self.stage_apart = re.compile(rf"\b({self._choice('ordinals_apart')}) \w+ {STAGE}\b")
        self.umbrellas, self.credit_lines, self.several = (
            re.compile(self._choice(part)) for part in ("umbrellas", "credit_lines", "several")
        )

    def stages(self, folded: str) -> frozenset[int]:
        """The numbers of the stages that a folded text names."""
        if not self._any_stage.search(folded):  # most texts name none, and looking for their numbers is slow
            return frozenset()
        found = (match[1] for pattern in self._stages for match in pattern.finditer(folded))
        return frozenset(set(map(self._value, found)) - {0})

    def _value(self, word: str) -> int:
        if word.isdecimal():
            return int(word)
        return self._numbers.get(word) or _ROMAN.get(word) or _HAN.get(word, 0)

    def _choice(self, part: str) -> str:
        """The words of a part as regex alternatives; a pattern that matches nothing if there are none."""
        return "|".join(self._lists.get(part, ())) or _NOTHING


@lru_cache(maxsize=4)
def patterns_of(words: AccountWords) -> AccountPatterns:
    """The patterns for some words, built once per process."""
    return AccountPatterns(words)
