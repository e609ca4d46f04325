"""Reads the context of a quantity: its rate, whether it is a distance, whether it is a share."""

from __future__ import annotations

import re
from collections.abc import Iterable

from offing.model.reading.patterns import PatternRole, PatternWord
from offing.recognize.text.folded_text import Folded
from offing.recognize.text.lexemes import LexemeMatch, Lexemes
from offing.recognize.text.number import Number
from offing.recognize.text.pattern_grammar import values

LENGTHS = frozenset({"km", "m"})
_WRITTEN = {"tonnes": "t"}  # units with another spelling in a rate: t/year
_CLAUSE_BEHIND = re.compile(r"[^.,;:()\n。，；：（）、]{0,60}")
_CLAUSE_BEFORE = re.compile(r"[^.,;:()\n。，；：（）、\d]{0,40}$")
_WORD_START = re.compile(r"(?<![^\W_])(?=[^\W_])|(?=/)|(?<=[\u3400-\u9fff])(?=[\u3400-\u9fff])")
_LOOK_BACK = 40
_STOREYS = "storeys"
_LENGTH, _METERS = "m", "meters"  # an American length, or a device
_FEWEST_METERS = 10_000  # "60,000 meters" are devices: so long a structure is given in kilometres
_ENDPOINT_REACH = 60


class SizeContext:
    """Reads the context of quantities in one language.

    Args:
        words: the rules' pattern words.
        language: of the texts.
    """

    def __init__(self, words: Iterable[PatternWord], language: str) -> None:
        words = tuple(words)
        own = [word for word in words if word.language in (language, "*")]
        grammar = values(words)
        self._rated = frozenset(word.text for word in own if word.role is PatternRole.RATED)
        self._speed = re.compile(f"(?:{grammar.choice('speeds')})$")
        self._far_before = re.compile(rf"(?:{grammar.choice('far_before')})[^，。；、\n]{{0,12}}$")
        self._far_from = re.compile(f"(?:{grammar.choice('far_from')})$")
        self._up_to = re.compile(rf"\b(?:{grammar.choice('up_to')})\b")
        self._rates = Lexemes((w.text, w.value) for w in own if w.role is PatternRole.RATE)
        self._shares = Lexemes((w.text, w) for w in own if w.role is PatternRole.SHARE)
        self._of_which = Lexemes((w.text, w) for w in own if w.role is PatternRole.OF_WHICH)
        self._parts = Lexemes((w.text, w) for w in own if w.role is PatternRole.PART)
        self._buildings = Lexemes((w.text, w) for w in own if w.role is PatternRole.BUILDING)
        self._behind = _distances(own, "behind")
        self._before = _distances(own, "before")

    def counted_noun(self, folded: Folded, number: Number, found: LexemeMatch[str]) -> str:
        """The meaning of an ambiguous unit: plantas are storeys beside a building, else plants."""
        if {_LENGTH, _METERS} <= {*found.values}:
            devices = number.value >= _FEWEST_METERS or found.start > number.end + 1  # 92,000 single-phase meters
            return _METERS if devices else _LENGTH
        if len(found.values) == 1 or _STOREYS not in found.values:
            return found.values[0]
        if self._is_of_building(folded, min(number.start, found.start), found.end):
            return _STOREYS
        return next(unit for unit in found.values if unit != _STOREYS)

    def _is_of_building(self, folded: Folded, start: int, end: int) -> bool:
        """Whether "of" and a building follow storeys (12 plantas de oficinas), else one precedes them in the clause."""
        follows = self._parts.after(folded, end + 1)
        if follows:
            return self._buildings.after(folded, follows.end + 1) is not None
        before = _CLAUSE_BEFORE.search(folded.text, max(0, start - _LOOK_BACK), start)
        words = _WORD_START.finditer(folded.text, *before.span()) if before else ()
        return any(self._buildings.after(folded, word.start()) for word in words)

    def rated(self, folded: Folded, span: tuple[int, int], unit: str) -> str:
        """The unit, with its time if the clause gives one: t/year."""
        if unit == "km" and self._speed.search(folded.text, max(0, span[0] - _LOOK_BACK), span[0]):
            return "km/h"
        if unit not in self._rated:
            return unit
        time = self._time(folded, *span)
        return f"{_WRITTEN.get(unit, unit)}/{time}" if time else unit

    def _time(self, folded: Folded, start: int, end: int) -> str | None:
        """The time in the clause around a quantity: "a year", "per day"."""
        behind = _CLAUSE_BEHIND.match(folded.text, end)
        before = _CLAUSE_BEFORE.search(folded.text, max(0, start - _LOOK_BACK), start)
        for clause in (behind, before):
            for word in _WORD_START.finditer(folded.text, *clause.span()) if clause else ():
                found = self._rates.after(folded, word.start())
                if found and found.end <= max(clause.end() if clause else 0, end):
                    return found.values[0]
        return None

    def share(self, folded: Folded, place: int) -> int | None:
        """The end of "of them" after a number, None if it does not follow."""
        found = self._shares.after(folded, place + 1) if folded.text[place : place + 1] == " " else None
        return found.end if found else None

    def is_share(self, folded: Folded, place: int) -> bool:
        """Whether "of which" precedes the number at a position."""
        blank = folded.text[place - 1 : place] == " "
        return place > blank and self._of_which.before(folded, place - blank) is not None

    def part(self, folded: Folded, place: int) -> int | None:
        """The start of the total after a part that ends at a position: 18 of the 45; None if there is none."""
        found = self._parts.after(folded, place + 1) if folded.text[place : place + 1] == " " else None
        return found.end + 1 if found and folded.text[found.end : found.end + 1] == " " else None

    def is_of(self, folded: Folded, place: int) -> bool:
        """Whether "of the" precedes a position."""
        return place > 0 and self._parts.before(folded, place - 1) is not None

    def is_distance(self, folded: Folded, start: int, end: int) -> bool:
        """Whether a length is a distance to something: 40 km north of the town, à 40 km, 距首都40公里."""
        text = folded.text
        behind = self._behind.after(folded, end + (text[end : end + 1] == " "))
        if behind:
            rest = text[behind.end : behind.end + _ENDPOINT_REACH].partition(". ")[0]
            return not (self._far_from.search(text[behind.start : behind.end]) and self._up_to.search(rest))
        if self._far_before.search(text, max(0, start - _LOOK_BACK), start):
            return True
        blank = text[start - 1 : start] == " "
        before = self._before.before(folded, start - blank) if start > blank else None
        return before is not None and not text[max(0, before.start - 2) : before.start].strip().isdigit()


def _distances(words: Iterable[PatternWord], side: str) -> Lexemes[PatternWord]:
    return Lexemes((w.text, w) for w in words if w.role is PatternRole.AWAY and w.value == side)
