"""Quantities: 800 km, 900 surveillance cameras, 120 MW, 10所学校."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from offing.model.mention import MentionKind, Quantity
from offing.model.rules import PatternRole, Wording
from offing.recognize.draft import Draft
from offing.recognize.fold import Folded, is_han
from offing.recognize.lexemes import Found, Lexemes
from offing.recognize.number import Number
from offing.recognize.size_context import LENGTHS, SizeContext
from offing.recognize.spans import Spans

_WORDS_BETWEEN = 3  # "900 high-definition smart surveillance cameras"
_HAN_BETWEEN = 8
_HAN_IN_COMPOUND = 2  # 车辆检测摄像头: cameras, not vehicles
_MOST_MEASURES = 3
_HAN_PARTICLES = frozenset("在的和与及是号年月日级于到从被将并为元")
_HAN_VERBS = frozenset("建供装配改修购捐赠培训覆服受提给由等援助")
_NEXT_WORD = re.compile(r"([^\W\d_]{1,30}(?:[-'][^\W\d_]{1,30})?) ")
_SIGNS = frozenset({"km", "km2", "m2", "m3", "MW", "GW", "kW", "MWh", "GWh", "kWh", "kV", "MVA", "hectares", "tonnes"})
_NEVER_HEADS = _SIGNS | {
    "m",
    "storeys",
    "lanes",
    "km/h",
    "litres",
    "acres",
    "TB",
    "PB",
    "Gbps",
    "Tbps",
    "Mbps",
    "barrels",
    "barrels/day",
}
_LETTER_SCALES = frozenset("kKmMbB")
_FEWEST_PEOPLE = 5  # "three people" is a scene, no size
_FEWEST = 2  # "1 bridge" tells what is built, not how large it is
_SHARE_REACH = 150
_IN_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'-]+ \d{1,2} [A-ZÀ-ÖØ-Þ]")  # Nam Mang 3 Hydropower Station


@dataclass(frozen=True, slots=True)
class Size:
    """A number that counts something, with its unit and where that ends in the folded text."""

    number: Number
    unit: str
    end: int


class SizeReader:
    """Reads the quantities of texts in one language."""

    def __init__(self, wording: Wording, language: str) -> None:
        languages = (language, "*")
        self._language = language
        self._units = Lexemes((form.text, form.currency) for form in wording.units if form.language in languages)
        words = [word for word in wording.pattern_words if word.language in languages]
        self._measures = Lexemes((word.text, word) for word in words if word.role is PatternRole.MEASURE)
        self._counters = Lexemes((word.text, word.value) for word in words if word.role is PatternRole.COUNTER)
        self._stops = Lexemes((word.text, word) for word in words if word.role is PatternRole.PAUSE)
        self._context = SizeContext(words)

    def read(self, folded: Folded, numbers: list[Number]) -> Iterator[Size]:
        """Each number that counts something of which a project can have some."""
        last: Size | None = None
        for number in numbers:
            found = self._size(folded, number) or (self._share(folded, number, last) if last else None)
            if found and not self._is_no_size(folded, found):
                yield found
                last = found

    def _size(self, folded: Folded, number: Number) -> Size | None:
        if not _can_count(folded, number):
            return None
        unit = self._unit_behind(folded, number.end)
        if unit is None or (_is_year(folded, number) and unit.values[0] not in _SIGNS):
            return None
        name = self._context.rated(folded, (number.start, unit.end), unit.values[0])
        return Size(number, name, unit.end)

    def _is_no_size(self, folded: Folded, size: Size) -> bool:
        least = _FEWEST_PEOPLE if size.unit == "persons" else 0 if size.unit in _NEVER_HEADS else _FEWEST
        if size.number.value < least or _is_part_of_name(folded, size.number):
            return True
        return size.unit in LENGTHS and self._context.is_distance(folded, size.number.start, size.end)

    def _share(self, folded: Folded, number: Number, last: Size) -> Size | None:
        """A number of the things told before: "210 of them have facial recognition"."""
        end = self._context.share(folded, number.end)
        near = 0 < number.start - last.end <= _SHARE_REACH
        if end is None or not near or not _can_count(folded, number) or number.value >= last.number.value:
            return None
        return Size(number, last.unit, end)

    def _unit_behind(self, folded: Folded, place: int) -> Found[str] | None:
        text = folded.text
        joined = text[place : place + 1] == "-"  # a four-tier centre is not four centres
        first = place + (joined or text[place : place + 1] == " ")
        place = self._behind_measures(folded, first)
        for _ in range(1 if joined else _WORDS_BETWEEN + 1):
            unit = self._units.after(folded, place)
            if unit:
                return unit if joined else self._head(folded, unit)
            if place < len(text) and is_han(text[place]):
                return (self._unit_in_han(folded, place) if place > first else None) or self._counter(folded, first)
            word = _NEXT_WORD.match(text, place)
            if not word or self._stops.after(folded, place):
                return self._counter(folded, first)
            place = word.end()
        return None

    def _counter(self, folded: Folded, place: int) -> Found[str] | None:
        """What a Chinese measure word counts by itself: 180名, 2000辆."""
        while place < len(folded.text) and folded.text[place] in "多余":
            place += 1
        return self._counters.after(folded, place)

    def _behind_measures(self, folded: Folded, place: int) -> int:
        for _ in range(_MOST_MEASURES):
            measure = self._measures.after(folded, place)
            if measure is None or self._units.after(folded, place):
                break
            place = measure.end + (folded.text[measure.end : measure.end + 1] == " ")
        return place

    def _unit_in_han(self, folded: Folded, place: int) -> Found[str] | None:
        """The nearest unit in Chinese, a few characters on and with no sign between."""
        for ahead in range(1, _HAN_BETWEEN + 1):
            skipped = folded.text[place + ahead - 1 : place + ahead]
            if not skipped or not (is_han(skipped) or skipped.isalpha()) or skipped in _HAN_PARTICLES:
                return None
            unit = self._units.after(folded, place + ahead)
            if unit and unit.end - unit.start > 1:
                return self._head(folded, unit)
        return None

    def _head(self, folded: Folded, unit: Found[str]) -> Found[str]:
        """The last noun of a compound that begins with a unit: school buildings, 车辆检测摄像头."""
        if unit.values[0] in _NEVER_HEADS or self._language not in ("en", "zh"):
            return unit
        for place in self._places_behind(folded.text, unit.end):
            further = self._units.after(folded, place)
            if further and further.values[0] not in _NEVER_HEADS and further.end - further.start > 1:
                return self._head(folded, further)
        return unit

    def _places_behind(self, text: str, end: int) -> Iterator[int]:
        """Where the next noun of a compound may begin."""
        if self._language == "en":
            if text[end : end + 1] == " ":
                yield end + 1
            return
        for place in range(end, min(end + _HAN_IN_COMPOUND, len(text) - 1) + 1):
            passed = text[end:place]
            if any(not is_han(char) or char in _HAN_PARTICLES or char in _HAN_VERBS for char in passed):
                return
            yield place


def find_sizes(draft: Draft, reader: SizeReader) -> None:
    """Add the quantities of the text; what is a sum or a date is none."""
    spent = Spans(draft.spent)
    free = [number for number in draft.numbers if not spent.overlap(number.start, number.end)]
    for size in reader.read(draft.folded, free):
        start, stop = draft.folded.span(size.number.start, size.end)
        value = Quantity(size.number.value, size.unit)
        draft.add(MentionKind.QUANTITY, start, stop, name=size.unit, value=value, by="unit")
    sizes = Spans((m.start, m.end) for m in draft.of(MentionKind.QUANTITY))
    draft.drop(m for m in draft.of(MentionKind.DATE) if sizes.overlap(m.start, m.end))


def _can_count(folded: Folded, number: Number) -> bool:
    """Not the number in CR20 or 4K, nor "one" and "a"."""
    text = folded.text
    if number.start and text[number.start - 1].isalnum() and not is_han(text[number.start - 1]):
        return False
    if number.start and text[number.start - 1] in "-/.," and text[number.start - 2 : number.start - 1].isalnum():
        return False
    if folded.written(number.end - 1, number.end) in _LETTER_SCALES and number.is_scaled:
        return False
    return number.value > (1 if number.in_words else 0)


def _is_part_of_name(folded: Folded, number: Number) -> bool:
    """Whether a small number stands between two words of a name, with capitals each."""
    start = folded.text.rfind(" ", 0, max(0, number.start - 1)) + 1
    written = folded.written(start, min(len(folded.text), number.end + 2)) if start < number.start else ""
    return _IN_NAME.fullmatch(written) is not None


def _is_year(folded: Folded, number: Number) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", folded.text[number.start : number.end]) is not None
