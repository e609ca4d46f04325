"""Finds the unit of a number: the noun after it, or before it (Stations: 16; 安装摄像头1200个)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from offing.model.reading.patterns import PatternRole
from offing.model.reading.rules import Wording
from offing.recognize.quantities.unit_kinds import UnitKinds
from offing.recognize.text.folded_text import Folded, is_han
from offing.recognize.text.lexemes import LexemeMatch, Lexemes
from offing.recognize.text.number import Number
from offing.recognize.text.pattern_grammar import values
from offing.recognize.text.patterns import ARTICLES

UNITS = "units"  # a generic counting word
_WORDS_BETWEEN = 3  # "900 high-definition smart surveillance cameras"
_HAN_BETWEEN = 8
_HAN_IN_COMPOUND = 2  # 车辆检测摄像头: cameras, not vehicles
_MOST_MEASURES = 3
_CLAUSE_OF = re.compile(r"[^，。；：、！？（）\d\n]{2,14}?的")
_RU_ADJECTIVE = re.compile(r"(?:ых|их|ой|ого|ый|ий|ая|ые|ие|ыми|ими)$")
_RU_GENITIVE = re.compile(r"(?<=[а-яё])([ыи])х ")  # of plural adjectives
_NEXT_WORD = re.compile(r"[\"(]?([^\W\d_]{1,30}(?:[-'][^\W\d_]{1,30})?)[\")]? ")
_JOINTS = ("-", " - ", " ")
# The text between a unit and the number after it.
_LABEL_SIGN = re.compile(r"(?: ?[:?,]| -|\() ?$")
_BRACKET = "("
_LABEL_WORDS = 4  # of the unit in "base stations for 5G: 40"
_LOOK_BACK = 60
_NAMED_REACH = 160
_WORD = re.compile(r"[^\W\d_]{3,30}|[\u3400-\u9fff]")
# The rating of each item, between number and noun: two 350 MW units, 62座11千伏开关站.
_RATING = re.compile(r"\d[\d.,]*(?: ?/ ?\d[\d.,]*)?[- ]?")


class UnitReader:
    """Finds the units of numbers in texts of one language."""

    def __init__(self, wording: Wording, language: str, kinds: UnitKinds) -> None:
        self._kinds = kinds
        languages = (language, "*")
        self._language = language
        own = (form for form in wording.units if form.language in languages)
        self._units = Lexemes((text, form.currency) for form in own for text in _cases(form.text, language))
        words = [word for word in wording.pattern_words if word.language in languages]
        self._measures = Lexemes((word.text, word) for word in words if word.role is PatternRole.MEASURE)
        self._counters = Lexemes((word.text, word.value) for word in words if word.role is PatternRole.COUNTER)
        self._stops = Lexemes((word.text, word) for word in words if word.role is PatternRole.PAUSE)
        self._parts = Lexemes((word.text, word) for word in words if word.role is PatternRole.PART)
        self._linking_words = Lexemes((word.text, word) for word in words if word.role is PatternRole.TELLER)
        self._ends = Lexemes((word.text, word) for word in words if word.role is PatternRole.NO_UNIT)
        self._qualifiers = Lexemes((word.text, word) for word in words if word.role is PatternRole.QUALIFIER)
        grammar = values(wording.pattern_words)
        self._no_noun_in_han, self._describing, self._no_compounds, self._scales, self._more = (
            frozenset(grammar.characters(part))
            for part in ("no_things", "describing_ends", "no_compounds", "rated_scales", "more")
        )
        self._pauses_behind = re.compile(rf"$|[.,;:)!?\n。，；：）！？、]| \(|{grammar.choice('behind_counted')}| -")
        word = "[a-z-]{2,20}[a-rt-z]"
        self._two_adjectives = re.compile(f"{word} (?:{grammar.choice('and_between')}) {word} ")
        links = f"(?: (?:{grammar.choice('rating_links')}))?"
        self._rated_behind = re.compile(f"[-级]?(?: (?:{grammar.choice('rating_words')}))?{links} ?")
        self._complement = re.compile(rf" (?:{grammar.spaced('complements')})[^\W\d_]+$")

    def behind(self, folded: Folded, place: int) -> LexemeMatch[str] | None:
        """The unit after a number that ends at a position."""
        text = folded.text
        joint = next((sign for sign in _JOINTS if text.startswith(sign, place)), "")
        joined = joint == "-"  # a four-tier centre is not four centres
        first = place + len(joint)
        place = self._behind_rating(folded, self._behind_measures(folded, first))
        for _ in range(1 if joined else _WORDS_BETWEEN + 1):
            unit = self._units.after(folded, place)
            if unit:
                return unit if joined else self._head(folded, unit)
            if place < len(text) and is_han(text[place]):
                noun = self._in_han(folded, place) or self._behind_clause(folded, place) if place > first else None
                return noun or self._counter(folded, first)
            word = _NEXT_WORD.match(text, place)
            if not word or self._stops.after(folded, place) or self._ends.after(folded, place):
                return self._counter(folded, first)
            pair = self._two_adjectives.match(text, place)  # primary and all-age schools
            place = pair.end() if pair else word.end()
        return None

    def before(self, folded: Folded, number: Number) -> tuple[LexemeMatch[str], int] | None:
        """The unit before a number, and where the number ends with its measure word."""
        start = self._before_qualifiers(folded, number.start)
        # A word may link the noun to its number: cameras numbering 400.
        end_of_unit = start
        blank = folded.text[start - 1 : start] == " "
        if start and (link := self._linking_words.before(folded, start - blank)):
            end_of_unit = link.start - (folded.text[link.start - 1 : link.start] == " ")
        if self._language == "zh":
            start = end_of_unit
            end = self._behind_measures(folded, number.end)
            unit = self._units.before(folded, start)
            counts = unit and unit.end - unit.start > 1 and self._pauses_behind.match(folded.text, end)
            return (unit, end) if unit and counts else None
        label = _LABEL_SIGN.search(folded.text, max(0, start - _LOOK_BACK), start)
        if end_of_unit < start:
            end_of_unit -= folded.text[end_of_unit - 1 : end_of_unit] == ","
            unit = self._label(folded, end_of_unit)
            if unit is None:  # véhicules d'intervention
                complement = self._complement.search(folded.text, max(0, end_of_unit - _LOOK_BACK), end_of_unit)
                unit = self._label(folded, complement.start() if complement else end_of_unit)
            return (unit, number.end) if unit and self._pauses(folded, number.end, in_brackets=False) else None
        if label is None or not self._pauses(folded, number.end, in_brackets=_BRACKET in label[0]):
            return None
        unit = self._label(folded, label.start())
        return (unit, number.end) if unit else None

    def counted_noun(self, folded: Folded, place: int) -> str | None:
        """What "units" stands for: the countable noun named last before a position."""
        named = None
        for word in _WORD.finditer(folded.text, max(0, place - _NAMED_REACH), place):
            unit = self._units.after(folded, word.start())
            if unit and unit.end <= place and unit.values[0] not in self._kinds.never_implied:
                named = unit.values[0]
        return named

    def uncounted(self, folded: Folded, place: int) -> int | None:
        """The end of a Chinese measure word after a number without a noun (首批100万张); None if a noun follows."""
        end = self._behind_measures(folded, place) if self._language == "zh" else place
        return end if end > place and self._pauses_behind.match(folded.text, end) else None

    def _pauses(self, folded: Folded, end: int, *, in_brackets: bool) -> bool:
        """Whether no counted noun follows a number."""
        if in_brackets:
            return folded.text.startswith(")", end)
        if self._pauses_behind.match(folded.text, end):
            return True
        behind = self._stops.after(folded, end + 1) or self._parts.after(folded, end + 1)
        return folded.text[end : end + 1] == " " and behind is not None

    def _label(self, folded: Folded, end: int) -> LexemeMatch[str] | None:
        """The longest unit that ends at a position, with any ending."""
        start, longest = end, None
        for _ in range(_LABEL_WORDS):
            start = max(folded.text.rfind(sign, max(0, end - _LOOK_BACK), max(0, start - 1)) for sign in " \n-/(") + 1
            behind_article = (start + len(a) for a in ARTICLES if folded.text.startswith(a, start))  # of Arabic
            for first in (start, *behind_article):
                unit = self._units.after(folded, first)
                if unit and unit.end == end:
                    longest = unit
            if start == 0 or folded.text[start - 1] == "\n":
                break
        return longest

    def _before_qualifiers(self, folded: Folded, place: int) -> int:
        """The start of the qualifiers before a number, such as "about"."""
        while place and folded.text[place - 1] == " " and self._language != "zh":
            word = self._qualifiers.before(folded, place - 1)
            if word is None:
                return place
            place = word.start
        word = self._qualifiers.before(folded, place) if self._language == "zh" else None
        return word.start if word else place

    def _counter(self, folded: Folded, place: int) -> LexemeMatch[str] | None:
        """What a Chinese measure word counts by itself: 180名, 2000辆."""
        while place < len(folded.text) and folded.text[place] in self._more:
            place += 1
        return self._counters.after(folded, place)

    def _behind_measures(self, folded: Folded, place: int) -> int:
        for _ in range(_MOST_MEASURES):
            measure = self._measures.after(folded, place)
            if measure is None or self._units.after(folded, place):
                break
            place = measure.end + (folded.text[measure.end : measure.end + 1] == " ")
        return place

    def _behind_rating(self, folded: Folded, place: int) -> int:
        """The position after the rating of an item (two 350 MW units); unchanged if there is none."""
        rating = _RATING.match(folded.text, place)
        if rating is None:
            return place
        first = rating.end()
        measure = self._units.after(folded, first)
        if measure is None and folded.text[first : first + 1] in self._scales:
            measure = self._units.after(folded, first + 1)
        if measure is None or measure.values[0] not in self._kinds.measures:
            return place
        behind = self._rated_behind.match(folded.text, measure.end)
        return behind.end() if behind else measure.end

    def _in_han(self, folded: Folded, place: int) -> LexemeMatch[str] | None:
        """The nearest unit in Chinese, within a few characters and without punctuation between."""
        for ahead in range(1, _HAN_BETWEEN + 1):
            skipped = folded.text[place + ahead - 1 : place + ahead]
            if not skipped or not (is_han(skipped) or skipped.isalpha()) or skipped in self._no_noun_in_han:
                return None
            unit = self._units.after(folded, place + ahead)
            if unit and unit.end - unit.start > 1:
                return self._head(folded, unit)
        return None

    def _behind_clause(self, folded: Folded, place: int) -> LexemeMatch[str] | None:
        """The unit after a clause that ends with 的: 12万张带指纹芯片的国家身份证."""
        clause = _CLAUSE_OF.match(folded.text, place)
        if clause is None:
            return None
        return self._units.after(folded, clause.end()) or self._in_han(folded, clause.end())

    def _head(self, folded: Folded, unit: LexemeMatch[str]) -> LexemeMatch[str]:
        """The last noun of a compound that begins with a unit: school buildings, 车辆检测摄像头."""
        if folded.text[unit.end : unit.end + 1] in self._describing:
            return self._in_han(folded, unit.end) or unit
        if unit.values[0] in self._kinds.measures or self._language not in ("en", "zh", "ru"):
            return unit
        if self._language == "ru" and not _RU_ADJECTIVE.search(folded.text, unit.start, unit.end):
            return unit
        for place in self._places_behind(folded.text, unit.end):
            further = self._units.after(folded, place)
            if further and not self._kinds.measures.issuperset(further.values) and further.end - further.start > 1:
                return self._head(folded, further)
        return unit

    def _places_behind(self, text: str, end: int) -> Iterator[int]:
        """Positions where the next noun of a compound may begin."""
        if self._language in ("en", "ru"):
            if text[end : end + 1] in (" ", "-"):
                yield end + 1
                word = _NEXT_WORD.match(text, end + 1) if text[end] == "-" else None  # licence-plate readers
                if word:
                    yield word.end()
            return
        for place in range(end, min(end + _HAN_IN_COMPOUND, len(text) - 1) + 1):
            passed = text[end:place]
            if any(not is_han(char) or char in self._no_noun_in_han or char in self._no_compounds for char in passed):
                return
            yield place


def _cases(form: str, language: str) -> Iterator[str]:
    """A form; in Russian also with its adjectives in other cases: насосных станци*, насосные станци*."""
    yield form
    if language == "ru" and form.endswith("*") and _RU_GENITIVE.search(form):
        for case in ("е", "ми", "м"):
            yield _RU_GENITIVE.sub(rf"\1{case} ", form)
