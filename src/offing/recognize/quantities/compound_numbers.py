"""Combines compound numbers: two thousand five hundred, 2 mil 337 millones, nineteen point two million."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from offing.recognize.text.folded_text import Folded
from offing.recognize.text.number import Number
from offing.recognize.text.pattern_grammar import PatternGrammar

_THOUSAND = 1_000
_SCALES = (10**12, 10**9, 10**6, 10**3)


class NumberParts:
    """Combines the parts of numbers.

    Args:
        grammar: the words of number patterns.
    """

    def __init__(self, grammar: PatternGrammar) -> None:
        joins = [f" {word} " for word in grammar.words("joins")]
        self.joiners = (" ", "-", *joins, *(f" {word}" for word in grammar.words("joins_attached")))
        self._digit_joiners = frozenset({" ", *(f" {word} " for word in grammar.words("digit_joins"))})
        self._points = frozenset(f" {word} " for word in grammar.words("points"))

    def compounded(self, folded: Folded, numbers: Sequence[Number]) -> Iterator[Number]:
        """The numbers of a text, with adjacent parts of one number combined.

        Args:
            folded: the text.
            numbers: its numbers, by start.
        """
        held: Number | None = None
        for number in numbers:
            whole = self._joined(folded, held, number) if held else None
            if held and whole is None:
                yield held
            held = whole or number
        if held:
            yield held

    def _joined(self, folded: Folded, first: Number, second: Number) -> Number | None:
        """The combined number if the second continues the first, else None."""
        gap = folded.text[first.end : second.start]
        if first.in_words != second.in_words:
            return None
        if gap in self._points and first.in_words and not first.is_scaled:
            return _with_fraction(first, second)
        if gap not in (self.joiners if first.in_words else self._digit_joiners):
            return None
        return _added(first, second) or _scaled_together(first, second)


def _added(first: Number, second: Number) -> Number | None:
    """Two thousand and five hundred: the second is smaller than the first one's scale."""
    unit = _unit(first)
    goes_on = second.is_scaled or first.in_words
    if not goes_on or not unit or not unit / _THOUSAND <= second.value < unit:
        return None
    return replace(second, start=first.start, value=first.value + second.value)


def _scaled_together(first: Number, second: Number) -> Number | None:
    """Mil doscientos millones, 2 mil 337 millones: the word behind the second scales both."""
    if not second.is_scaled or second.scale <= _THOUSAND or _unit(first) != _THOUSAND:
        return None
    own = second.value / second.scale
    if not 0 < own < _THOUSAND:
        return None
    return replace(second, start=first.start, value=(first.value + own) * second.scale)


def _with_fraction(first: Number, second: Number) -> Number | None:
    """Nineteen point two million."""
    digits = second.value / second.scale
    if digits != digits.to_integral_value() or digits >= _THOUSAND:
        return None
    value = first.value + digits.scaleb(-len(str(int(digits))))
    return replace(second, start=first.start, value=(value * second.scale).normalize() + 0)


def _unit(number: Number) -> Decimal | None:
    """The upper bound for a further part: thousand in two thousand; None for a number without such a word."""
    if number.in_words:
        return next((Decimal(scale) for scale in _SCALES if number.value % scale == 0), None)
    return Decimal(number.scale) if number.scale >= _THOUSAND else None
