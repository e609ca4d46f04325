"""Reads quantities: 800 km, 900 surveillance cameras, 120 MW, 10所学校."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from offing.model.reading.mention import MentionKind, Quantity
from offing.model.reading.rules import Wording
from offing.recognize.quantities.arabic_pairs import PairReader
from offing.recognize.quantities.size_context import LENGTHS, SizeContext
from offing.recognize.quantities.size_sharing import SizeSharing, is_done_part
from offing.recognize.quantities.size_units import UNITS, UnitReader
from offing.recognize.quantities.unit_kinds import UnitKinds
from offing.recognize.text.draft import Draft
from offing.recognize.text.folded_text import Folded, is_arabic, is_han
from offing.recognize.text.number import Number
from offing.recognize.text.pattern_grammar import values
from offing.recognize.text.patterns import PROCLITICS
from offing.recognize.text.spans import Spans

_PEOPLE = "persons"
_KILOWATTS, _MEGAWATTS, _KILO = "kW", "MW", 1000
_ANYTHING = frozenset({UNITS, "devices"})  # the noun was named before
_LETTER_SCALES = frozenset("kKmMbB")
_FEWEST_PEOPLE = 4  # "three people" is a scene, not a size
_FEWEST = 2  # "1 bridge" states what is built, not how large it is
_SHARE_REACH = 150
_WHOLE_REACH = 40  # "50 electric buses of 200"
_IN_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'-]+ \d{1,2} [A-ZÀ-ÖØ-Þ]")  # Nam Mang 3 Hydropower Station
_IN_CODE = re.compile(r"[^\W_\u3400-\u9fff][-/.,]\Z|(?:№|\bn[°o]\.?|\bno\.|\bnum\.|#) ?\Z")  # CR-20, question no. 874
_CODE_REACH = 6
_THOUSANDS = re.compile(r"\d{1,3}\.\d{3}")
_NATIONALS = re.compile(r"[a-zà-ÿ](?:ns|is|os|as|es|eses|enses|ais|ois|ens)$|[а-я](?:цев|чан|ян|ан|ов)$")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Size:
    """A number with its unit, and the span of both in the folded text."""

    number: Number
    unit: str
    start: int
    end: int


class SizeReader:
    """Reads the quantities of texts in one language."""

    def __init__(self, wording: Wording, language: str) -> None:
        self._kinds = UnitKinds(wording.pattern_words)
        self.kind = self._kinds.kind
        self._units = UnitReader(wording, language, self._kinds)
        self._shared = SizeSharing(wording.pattern_words, language)
        self._context = SizeContext(wording.pattern_words, language)
        forms = (form for form in wording.units if form.language == language)
        grammar = values(wording.pattern_words)
        more, counters = grammar.characters("more"), grammar.characters("counted_by")
        self._counted = re.compile(f"[{more}]?[{counters}]")  # not a year: 2000台平板电脑
        self._pairs = PairReader(forms, self._kinds.measures) if language == "ar" else None

    def read(self, folded: Folded, numbers: Sequence[Number]) -> Iterator[Size]:
        """Each number that counts something a project can have."""
        last: Size | None = None
        for place, number in enumerate(numbers):
            if not _can_count(folded, number):
                continue
            following = numbers[place + 1 : place + 2]
            found = self._size(folded, number, last) or self._part(folded, number, following)
            found = found or self._sharing(folded, number, following)
            found = found or (self._further(folded, number, last) if last else None)
            if found and not self._is_no_size(folded, found):
                yield found
                last = found
        for pair in self._pairs.read(folded) if self._pairs else ():
            yield Size(pair.number, pair.unit, pair.number.start, pair.number.end)

    def _size(self, folded: Folded, number: Number, last: Size | None = None) -> Size | None:
        """A number with the unit after or before it."""
        unit_before = self._units.before(folded, number)
        if unit_before and not (self._is_year(folded, number) or (last and unit_before[0].start < last.end)):
            unit, end = unit_before
            counted = self._context.counted_noun(folded, number, unit)
            return self._rated(folded, number, counted, (unit.start, end))
        behind = self._units.behind(folded, number.end)
        if behind is None or (self._is_year(folded, number) and behind.values[0] not in self._kinds.unit_signs):
            return None
        counted = self._context.counted_noun(folded, number, behind)
        return self._rated(folded, number, counted, (number.start, behind.end))

    def _rated(self, folded: Folded, number: Number, unit: str, span: tuple[int, int]) -> Size:
        if unit in _ANYTHING:
            unit = self._units.counted_noun(folded, number.start) or unit
        if unit == _KILOWATTS and number.value >= _KILO:  # 五十万千瓦, elsewhere written 500 MW
            number, unit = replace(number, value=number.value / _KILO), _MEGAWATTS
        written = folded.text[number.start : number.end]
        if unit not in self._kinds.measures and _THOUSANDS.fullmatch(written):  # there are no 1.4 cameras
            number = replace(number, value=Decimal(written.replace(".", "")))
        return Size(number, self._context.rated(folded, span, unit), *span)

    def _is_no_size(self, folded: Folded, size: Size) -> bool:
        least = _FEWEST_PEOPLE if size.unit == _PEOPLE else 0 if size.unit in self._kinds.measures else _FEWEST
        if size.number.value < least:
            return True
        # A small number between two capitalised words is part of a name.
        text, start, end = folded.text, size.number.start, size.number.end
        word = text.rfind(" ", 0, max(0, start - 1)) + 1
        if word < start and _IN_NAME.fullmatch(folded.written(word, min(len(text), end + 2))):
            return True
        return size.unit in LENGTHS and self._context.is_distance(folded, size.number.start, size.end)

    def _part(self, folded: Folded, number: Number, following: Sequence[Number]) -> Size | None:
        """A part of a larger number: 18 of the 45 boreholes."""
        end = self._context.part(folded, number.end)
        if end is None or not following or following[0].start != end or self._is_year(folded, number):
            return None
        whole = self._size(folded, following[0])
        is_part = whole is not None and number.value < whole.number.value
        return Size(number, whole.unit, number.start, whole.end) if whole and is_part else None

    def _sharing(self, folded: Folded, number: Number, following: Sequence[Number]) -> Size | None:
        """A number that shares the noun of the next one: 7 regional and 96 district hospitals."""
        if not following or self._is_year(folded, number):
            return None
        unit = self._units.behind(folded, following[0].end)
        if unit is None or not self._shared.has_noun_of(folded, number, following[0], unit.start):
            return None
        return Size(number, self._context.counted_noun(folded, number, unit), number.start, unit.end)

    def _further(self, folded: Folded, number: Number, last: Size) -> Size | None:
        """A number that counts the same as the one before it, without repeating the noun."""
        gap = number.start - last.end
        if self._is_year(folded, number) or gap <= 0:
            return None
        counted = self._units.uncounted(folded, number.end)
        if counted is not None and gap <= _SHARE_REACH:
            return Size(number, last.unit, number.start, counted)  # 换发首批100万张
        if last.unit == _PEOPLE:  # how many of them are women or local is not a size
            return None
        end = self._context.share(folded, number.end)
        if end is None and self._context.is_share(folded, number.start):
            end = number.end
        if end is not None and gap <= _SHARE_REACH and number.value < last.number.value:
            return Size(number, last.unit, number.start, end)  # "210 of them have facial recognition"
        if self._is_alike(folded, number, last):
            return Size(number, last.unit, number.start, number.end)
        return None

    def _is_alike(self, folded: Folded, number: Number, last: Size) -> bool:
        """Whether a number without a noun counts the same as the size before it."""
        if self._shared.is_elsewhere(folded, number, last.end):
            return True
        if number.value < last.number.value and self._context.is_of(folded, last.start):
            # The finished part of the size before it: of the 94 km they have laid 71.
            return is_done_part(folded, number, last.end)
        if number.start - last.end > _WHOLE_REACH or number.value <= last.number.value:
            return False
        alone = self._shared.stands_alone(folded, number.end) or self._context.share(folded, number.end)
        return bool(alone) and self._context.is_of(folded, number.start)

    def _is_year(self, folded: Folded, number: Number) -> bool:
        is_year = _YEAR.fullmatch(folded.text[number.start : number.end]) is not None
        return is_year and self._counted.match(folded.text, number.end) is None


def find_sizes(draft: Draft, reader: SizeReader) -> None:
    """Add the quantities of the text, except for sums and dates."""
    spent = Spans(draft.spent)
    free = [number for number in draft.numbers if not spent.overlap(number.start, number.end)]
    for size in reader.read(draft.folded, free):
        start, stop = draft.folded.span(size.start, size.end)
        value = Quantity(size.number.value, size.unit)
        draft.add(MentionKind.QUANTITY, start, stop, name=size.unit, value=value, by=reader.kind(size.unit))
    _add_nationals(draft, free)
    sizes = Spans((m.start, m.end) for m in draft.of(MentionKind.QUANTITY))
    draft.drop(m for m in draft.of(MentionKind.DATE) if sizes.overlap(m.start, m.end))


def _add_nationals(draft: Draft, numbers: Sequence[Number]) -> None:
    """Add people counted by nationality only: ninety Namibians, 40 Gabonais."""
    taken = Spans((m.start, m.end) for m in draft.of(MentionKind.QUANTITY))
    nationals = {m.start: m for m in draft.of(MentionKind.COUNTRY) if _NATIONALS.search(m.text)}
    for number in numbers:
        start, end = draft.folded.span(number.start, number.end)
        people = nationals.get(end + 1)
        if (
            people
            and number.value >= _FEWEST_PEOPLE
            and not taken.overlap(start, end)
            and _can_count(draft.folded, number)
        ):
            value = Quantity(number.value, _PEOPLE)
            draft.add(MentionKind.QUANTITY, start, people.end, name=_PEOPLE, value=value, by="unit")


def _can_count(folded: Folded, number: Number) -> bool:
    """Whether a number can count: not the one in CR20 or 4K, nor "one" and "a"."""
    text = folded.text
    if number.start and text[number.start - 1].isalnum() and not _may_stand_before(text, number.start):
        return False
    if _IN_CODE.search(text, max(0, number.start - _CODE_REACH), number.start):
        return False
    if folded.written(number.end - 1, number.end) in _LETTER_SCALES and number.is_scaled:
        return False
    return number.value > (1 if number.in_words else 0)


def _may_stand_before(text: str, start: int) -> bool:
    """Whether the letter before a number is no part of a code: a Chinese character, or an Arabic prefix."""
    if is_han(text[start - 1]):
        return True
    first = start
    while first and is_arabic(text[first - 1]):
        first -= 1
    return text[first:start] in PROCLITICS
