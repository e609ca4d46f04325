"""Quantities: 800 km, 900 surveillance cameras, 120 MW, 10所学校."""

from __future__ import annotations

import re
from collections.abc import Iterator

from offing.model.mention import MentionKind, Quantity
from offing.model.rules import PatternRole, Wording
from offing.recognize.draft import Draft
from offing.recognize.fold import Folded, is_han
from offing.recognize.lexemes import Found, Lexemes
from offing.recognize.numbers import Number
from offing.recognize.spans import Spans

_WORDS_BETWEEN = 2  # "900 smart surveillance cameras"
_HAN_BETWEEN = 4
_MOST_MEASURES = 3
_HAN_PARTICLES = frozenset("在的和与及是号年月日级于到从被将")
_NEXT_WORD = re.compile(r"([^\W\d_]{1,30}(?:[-'][^\W\d_]{1,30})?) ")
_SIGNS = frozenset({"km", "km2", "m2", "m3", "MW", "GW", "kW", "MWh", "GWh", "kWh", "kV", "MVA", "hectares", "tonnes"})
_LETTER_SCALES = frozenset("kKmMbB")


class SizeReader:
    """Reads the quantities of texts in one language."""

    def __init__(self, wording: Wording, language: str) -> None:
        languages = (language, "*")
        self._units = Lexemes((form.text, form.currency) for form in wording.units if form.language in languages)
        words = [word for word in wording.pattern_words if word.language in languages]
        self._measures = Lexemes((word.text, word) for word in words if word.role is PatternRole.MEASURE)
        self._stops = Lexemes((word.text, word) for word in words if word.role is PatternRole.PAUSE)

    def read(self, folded: Folded, numbers: list[Number]) -> Iterator[tuple[Number, str, int]]:
        """Each number that counts something, with its unit and where that ends."""
        for number in numbers:
            if _can_count(folded, number):
                unit = self._unit_behind(folded, number.end)
                if unit and not (_is_year(folded, number) and unit.values[0] not in _SIGNS):
                    yield number, unit.values[0], unit.end

    def _unit_behind(self, folded: Folded, place: int) -> Found[str] | None:
        text = folded.text
        joined = text[place : place + 1] == "-"  # a four-tier centre is not four centres
        first = place + (joined or text[place : place + 1] == " ")
        place = self._behind_measures(folded, first)
        for _ in range(1 if joined else _WORDS_BETWEEN + 1):
            unit = self._units.after(folded, place)
            if unit:
                return unit
            if place < len(text) and is_han(text[place]):
                return self._unit_in_han(folded, place) if place > first else None
            word = _NEXT_WORD.match(text, place)
            if not word or self._stops.after(folded, place):
                return None
            place = word.end()
        return None

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
            if not skipped or not is_han(skipped) or skipped in _HAN_PARTICLES:
                return None
            unit = self._units.after(folded, place + ahead)
            if unit and unit.end - unit.start > 1:
                return unit
        return None


def find_sizes(draft: Draft, reader: SizeReader) -> None:
    """Add the quantities of the text; what is a sum or a date is none."""
    spent = Spans(draft.spent)
    free = [number for number in draft.numbers if not spent.overlap(number.start, number.end)]
    for number, unit, end in reader.read(draft.folded, free):
        start, stop = draft.folded.span(number.start, end)
        draft.add(MentionKind.QUANTITY, start, stop, name=unit, value=Quantity(number.value, unit), by="unit")
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


def _is_year(folded: Folded, number: Number) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", folded.text[number.start : number.end]) is not None
