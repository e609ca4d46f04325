"""Finds words only beside a number, after it or before it, longest first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from offing.recognize.text.folded_text import Folded, fold_cased, fold_form, has_accents, is_arabic, is_han
from offing.recognize.text.patterns import starts_word

T = TypeVar("T")

_ENDING = re.compile(r"[^\W\d_]{0,12}")
_WRITTEN_AS_IS = 3  # a form this short is case-sensitive: Rs, bn, KSh; ISO codes


@dataclass(frozen=True, slots=True)
class LexemeMatch(Generic[T]):
    """The longest form at a position: its span and all its possible values."""

    start: int
    end: int
    values: tuple[T, ...]


@dataclass(slots=True)
class _Entry(Generic[T]):
    """A form: its fixed start, the pattern of the rest, and its values."""

    literal: str
    tail: re.Pattern[str] | None
    written: str  # the form in its own case if case counts, else ""
    values: list[T]
    accented: bool = False  # whether the form itself has an accent: à, but not the sign of hectares

    @classmethod
    def of(cls, form: str, value: T) -> _Entry[T]:
        literal, star, rest = fold_form(form).partition("*")
        tail = None
        if star:
            tail = re.compile("".join(_ENDING.pattern if c == "*" else re.escape(c) for c in star + rest))
        letters = "".join(char for char in literal if char.isalpha())
        short = not star and 0 < len(letters) <= _WRITTEN_AS_IS and not is_han(letters[0]) and not is_arabic(letters[0])
        return cls(literal, tail, fold_cased(form) if short and letters.isascii() else "", [value], has_accents(form))

    def end(self, text: str, start: int) -> int:
        """Where the form ends if it starts at `start`; -1 if it is not there as a whole word."""
        if not text.startswith(self.literal, start):
            return -1
        end = start + len(self.literal)
        if self.tail:
            found = self.tail.match(text, end)
            if not found:
                return -1
            end = found.end()
        # Beside a number a digit ends a word too.
        last, following = text[end - 1], text[end : end + 1]
        ends = not following.isalpha() or not last.isalpha() or is_han(last) or is_han(following)
        return end if ends else -1

    def is_as_written(self, folded: Folded, start: int, end: int) -> bool:
        """Whether the text writes the form in its own case and accents, where these count."""
        if not self.written:
            return True
        written = folded.written(start, end)
        return fold_cased(written) == self.written and (self.accented or not has_accents(written))


class Lexemes(Generic[T]):
    """Forms mapped to values; a trailing `*` on a word stands for any ending."""

    def __init__(self, forms: Iterable[tuple[str, T]]) -> None:
        entries: dict[tuple[str, str], _Entry[T]] = {}
        for text, value in forms:
            entry = _Entry.of(text, value)
            if entry.literal:
                pattern = entry.literal + (entry.tail.pattern if entry.tail else "")
                known = entries.setdefault((pattern, entry.written), entry)
                if known is not entry and value not in known.values:
                    known.values.append(value)
        ranked = sorted(entries.values(), key=lambda entry: -len(entry.literal))
        self._by_first: dict[str, list[_Entry[T]]] = {}
        self._by_last: dict[str, list[_Entry[T]]] = {}
        for entry in ranked:
            self._by_first.setdefault(entry.literal[:2], []).append(entry)
            self._by_last.setdefault(entry.literal[-2:], []).append(entry)

    def after(self, folded: Folded, place: int) -> LexemeMatch[T] | None:
        """The longest form that starts at a position."""
        text = folded.text
        best: LexemeMatch[T] | None = None
        for key in (text[place : place + 2], text[place : place + 1]):
            for entry in self._by_first.get(key, ()):
                end = entry.end(text, place)
                if end > (best.end if best else place) and entry.is_as_written(folded, place, end):
                    best = LexemeMatch(place, end, tuple(entry.values))
        return best

    def before(self, folded: Folded, place: int) -> LexemeMatch[T] | None:
        """The longest form that ends at a position; variable endings are not tried here."""
        text = folded.text
        for key in (text[max(0, place - 2) : place], text[max(0, place - 1) : place]):
            for entry in self._by_last.get(key, ()):
                start = place - len(entry.literal)
                is_there = start >= 0 and text.startswith(entry.literal, start) and _starts_word(text, start)
                if is_there and entry.is_as_written(folded, start, place):
                    return LexemeMatch(start, place, tuple(entry.values))
        return None


def _starts_word(text: str, start: int) -> bool:
    """Whether a word starts here; beside a number a digit starts it too."""
    if start == 0 or not text[start].isalpha() or is_han(text[start]):
        return True
    before = text[start - 1]
    return not before.isalpha() or is_han(before) or starts_word(text, start)
