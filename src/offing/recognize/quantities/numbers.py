"""Reads numbers: digits in each language's format, words, Chinese numerals, with scaling words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from offing.model.reading.patterns import PatternRole, PatternWord
from offing.model.reading.rules import NumberWord
from offing.model.text.language_traits import has_comma_decimals
from offing.recognize.quantities import chinese_numbers
from offing.recognize.quantities.compound_numbers import NumberParts
from offing.recognize.text.folded_text import Folded
from offing.recognize.text.lexemes import Lexemes
from offing.recognize.text.number import Number
from offing.recognize.text.pattern_grammar import values
from offing.recognize.text.patterns import PROCLITICS
from offing.recognize.text.spans import Spans

_DIGITS = re.compile(
    r"(?<!\d)\d{1,3}(?: \d{3}){1,6}(?!\d)(?:[.,]\d{1,9}(?!\d))?"  # 57 107 286,55
    r"|\d{1,30}(?:[.,']\d{1,30}){0,10}"
)
_WORD = re.compile(r"[^\W\d_]+")
_WORD_REACH = 20
_MOST_WORDS = 6
_MOST_SCALES = 3
_HUNDRED, _THOUSAND = 100, 1_000
_GROUP = 3
_ROUND = "000"  # 60 000 is one number in any language
_SCALES_ALONE = frozenset({10**3, 10**6, 10**9, 10**12})  # a million and a half


class NumberReader:
    """Reads the numbers of texts in one language.

    Args:
        words: words that are or scale a number.
        patterns: the rules' pattern words.
        language: of the texts.
    """

    def __init__(self, words: Iterable[NumberWord], patterns: Iterable[PatternWord], language: str) -> None:
        patterns = tuple(patterns)
        halves = [w.text for w in patterns if w.role is PatternRole.HALF and w.language in (language, "*")]
        grammar = values(patterns)
        self._small_word = re.compile(rf"(?<![\w'])(?!(?:{grammar.choice('numbered')}) )[a-z]{{2,}} $")
        self._parts = NumberParts(grammar)
        own = [word for word in words if word.language in (language, "*")]
        self._language = language
        self._halves = Lexemes((text, text) for text in halves)
        self._scales = Lexemes((word.text, word.factor) for word in own if word.scale)
        words = [word for word in own if not word.scale]
        self._words = Lexemes((text, w.factor) for w in words for text in {w.text, w.text.capitalize(), w.text.upper()})

    def read(self, folded: Folded) -> list[Number]:
        """All numbers of a text, by start."""
        digits = [self._scaled(folded, number) for number in self._written_in_digits(folded)]
        if self._language == "zh":
            return digits
        worded = self._in_words(folded, Spans((n.start, n.end) for n in digits))
        return list(self._parts.compounded(folded, sorted((*digits, *worded), key=lambda number: number.start)))

    def _written_in_digits(self, folded: Folded) -> Iterator[Number]:
        if self._language == "zh":
            for match in chinese_numbers.RUN.finditer(folded.text):
                if read := chinese_numbers.value_of(match[0]):
                    value, scale = read
                    yield Number(match.start(), match.end(), value, match.start(), scale, not match[0][0].isdigit())
            return
        for match in _DIGITS.finditer(folded.text):
            for start, end in self._groups(folded, match):
                scale_follows = self._scales.after(folded, _behind_gap(folded.text, end)) is not None
                value = parse_digits(folded.text[start:end], self._language, scale_follows=scale_follows)
                yield Number(start, end, value, end)

    def _groups(self, folded: Folded, match: re.Match[str]) -> list[tuple[int, int]]:
        """One number, or two if English or Arabic puts a plain blank between them and the second is not round.

        After a small word, as in "install 1 350 cameras", it is one: no name or month ends in the first.
        """
        start, end = match.span()
        blanks = [place for place in range(start, end) if folded.text[place] == " "]
        side_by_side = len(blanks) == 1 and folded.written(blanks[0], blanks[0] + 1) == " "
        if not side_by_side or self._language not in ("en", "ar") or folded.text.endswith(_ROUND, start, end):
            return [(start, end)]
        before = self._small_word.search(folded.written(max(0, start - _WORD_REACH), start)) if start else None
        if before and self._language == "en":
            return [(start, end)]
        return [(start, blanks[0]), (blanks[0] + 1, end)]

    def _scaled(self, folded: Folded, number: Number) -> Number:
        """The number with the scaling words after it; each may be followed by "and a half"."""
        if self._language == "zh":  # Chinese numerals include their scales
            return number
        number = self._with_half(folded, number)
        for _ in range(_MOST_SCALES):
            place = _behind_gap(folded.text, number.end)
            scale = self._scales.after(folded, place)
            if scale is None:
                break
            if scale.end - scale.start == 1 and folded.text.startswith(("2", "3"), scale.end):  # m2 is no million
                break
            factor = max(scale.values)
            if factor < number.scale:  # dos mil cien, deux mille cent: a hundred more
                break
            number = replace(number, end=scale.end, value=number.value * factor, scale=number.scale * factor)
            number = self._with_half(folded, number)
        return number

    def _with_half(self, folded: Folded, number: Number) -> Number:
        """Two and a half; un millón y medio."""
        half = (
            self._halves.after(folded, number.end + 1)
            if folded.text[number.end : number.end + 1] in (" ", "-")
            else None
        )
        if half is None:
            return number
        scale = number.scale if number.is_scaled or number.value not in _SCALES_ALONE else int(number.value)
        return replace(number, end=half.end, value=number.value + Decimal(scale) / 2)

    def _in_words(self, folded: Folded, taken: Spans) -> Iterator[Number]:
        done = 0
        for match in _WORD.finditer(folded.text):
            if match.start() < done or taken.overlap(*match.span()):
                continue
            behind_prefixes = [match.start() + n for n in (1, 2) if match[0][:n] in PROCLITICS]  # of Arabic
            for start in (match.start(), *behind_prefixes):
                number = self._word_run(folded, start)
                if number is not None:
                    number = self._scaled(folded, number)
                    done = number.end
                    yield number
                    break

    def _word_run(self, folded: Folded, start: int) -> Number | None:
        """The words of one number from a position on: five, twenty-five, two hundred."""
        found = self._words.after(folded, start)
        if found is None:
            return None
        value, end = max(found.values), found.end
        for _ in range(_MOST_WORDS):
            # The next word comes after a blank, a hyphen or "and".
            starts = [end + len(joiner) for joiner in self._parts.joiners if folded.text.startswith(joiner, end)]
            following = next(filter(None, (self._words.after(folded, start) for start in starts)), None)
            joined = _joined(value, max(following.values)) if following else None
            if not following or joined is None:
                break
            value, end = joined, following.end
        return Number(start, end, Decimal(value), end, in_words=True)


def _joined(value: int, following: int) -> int | None:
    """Twenty and five make 25, two and hundred 200; None if the second is not part of the same number."""
    if following >= _THOUSAND or value >= _THOUSAND:
        return None
    if following >= _HUNDRED:
        counts = value < _HUNDRED and value % 10 > 0  # two hundred, eighteen hundred
        return value * following if counts and following == _HUNDRED else None
    tens_and_ones = (value % 10 == 0 and following < 10) or (value < 10 and following % 10 == 0)  # noqa: PLR2004 -- places of decimal numbers
    return value + following if value % _HUNDRED == 0 or tens_and_ones else None  # Arabic says five and twenty


def _behind_gap(text: str, end: int) -> int:
    """The position after the blank or hyphen that may separate a number from its scale."""
    return end + 1 if text[end : end + 1] in (" ", "-") else end


def parse_digits(written: str, language: str, *, scale_follows: bool = False) -> Decimal:
    """The value of digits with blanks, points, commas or apostrophes in them.

    With both signs, the last is the decimal one. A repeated sign separates thousands. A single sign before three digits
    follows the language's convention, except that a decimal comma there requires a scaling word after the number.
    """
    plain = written.replace(" ", "").replace("'", "")
    signs = [char for char in plain if char in ".,"]
    if not signs:
        return Decimal(plain)
    last = signs[-1]
    if len(set(signs)) == 1 and not _is_decimal(plain, last, len(signs), language, scale_follows):
        return Decimal(plain.replace(last, ""))
    whole, _, fraction = plain.rpartition(last)
    return Decimal(f"{whole.replace('.', '').replace(',', '')}.{fraction}")


def _is_decimal(plain: str, sign: str, count: int, language: str, scale_follows: bool) -> bool:
    whole, _, fraction = plain.rpartition(sign)
    if count > 1:
        return False
    if len(fraction) != _GROUP or whole in ("", "0") or len(whole) > _GROUP:
        return True
    if not has_comma_decimals(language):
        return sign == "."
    if sign == "." or language == "es" or fraction == "000":  # Mexico writes 1,300 for a thousand
        return False
    return scale_follows
