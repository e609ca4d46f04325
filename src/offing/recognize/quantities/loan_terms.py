"""Reads loan terms (interest, maturity, grace) in sentences about a loan.

They are quantities whose `key` is the kind of term. The wordings are in `config/wording/terms/`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from offing.model.reading.mention import MentionKind, Quantity
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.model.values.vocabulary import LoanTermKind
from offing.recognize.text.draft import Draft
from offing.recognize.text.folded_text import fold_form, is_arabic, is_han
from offing.recognize.text.number import Number

_SENTENCE = re.compile(r"[^\n.!?。！？؟]*(?:[.](?=\w)[^\n.!?。！？؟]*)*")
_REACH = 45
_BEHIND_REACH, _GRACE_REACH = 25, 20
_HIGHEST_INTEREST = 25
_LONGEST_YEARS = 60
_PARTS = (
    *("loan", "percent", "years", "months", "interest", "at", "grace", "grace_behind", "grace_before"),
    *("over", "within", "repaid"),
)
_BEFORE = frozenset({"at", "grace_before", "over", "within"})  # right before the number
_BEHIND = frozenset({"percent", "years", "months", "grace_behind"})  # right behind it
_ARABIC_START = r"(?<![\u0620-\u064a])(?:[وف]?[بلك]?(?:ال)?)"
_ARABIC_AND = "و"  # a word that starts with it does not continue the number before: "20 years and a grace period"
_NEVER = re.compile(r"(?!)")
_LOAN_BEHIND = re.compile(r"^ (?:\w+ )?$")


class TermReader:
    """Reads loan terms in texts of one language.

    Args:
        words: the wordings; those with the role `term` count, `value` is their part in a term.
        language: of the texts.
    """

    def __init__(self, words: Iterable[PatternWord], language: str) -> None:
        own = [w for w in words if w.role is PatternRole.TERM and w.language in (language, "*")]
        self._is = {part: _pattern([w.text for w in own if w.value == part], part) for part in _PARTS}

    def read(self, text: str, numbers: list[Number]) -> Iterator[tuple[LoanTermKind, Number, str, int]]:
        """Each loan term in a folded text: its kind, number and unit, and its end."""
        starts = [number.start for number in numbers]
        for sentence in _SENTENCE.finditer(text):
            start, end = sentence.span()
            if start < end and self._is["loan"].search(text, start, end):
                for number in numbers[bisect_left(starts, start) : bisect_left(starts, end)]:
                    if number.end <= end:
                        yield from self._terms(text, (start, end), number)

    def _terms(
        self, text: str, sentence: tuple[int, int], number: Number
    ) -> Iterator[tuple[LoanTermKind, Number, str, int]]:
        """The loan term, one at most, that a number gives."""
        before = text[max(sentence[0], number.start - _REACH) : number.start]
        percent = self._is["percent"].match(text, number.end)
        if percent:
            behind = text[percent.end() : min(sentence[1], percent.end() + _BEHIND_REACH)]
            near = any(self._is["interest"].search(part) for part in (before, behind)) or self._is["at"].search(before)
            if near and 0 <= number.value <= _HIGHEST_INTEREST:
                yield LoanTermKind.INTEREST, number, "percent", percent.end()
            return
        times = ((unit, self._is[unit].match(text, number.end)) for unit in ("years", "months"))
        unit, end = next(((unit, time.end()) for unit, time in times if time), ("", number.end))
        behind = text[end : min(sentence[1], end + _REACH)]
        if number.value > _LONGEST_YEARS and unit != "months":
            return
        if self._is["grace_behind"].match(behind) or self._is["grace_before"].search(before):
            yield LoanTermKind.GRACE, number, unit or "years", end
        elif unit and self._is_maturity(before, behind):
            yield LoanTermKind.MATURITY, number, unit, end

    def _is_maturity(self, before: str, behind: str) -> bool:
        """Whether a number of years or months between two texts is the term of a loan."""
        if self._is["grace"].search(before[-_GRACE_REACH:]):
            return False
        repaid = self._is["within"].search(before) and self._is["repaid"].search(before)
        loan = self._is["loan"].search(behind)
        named = loan is not None and _LOAN_BEHIND.match(behind[: loan.start()])  # a 20-year concessional loan
        return bool(self._is["over"].search(before) or repaid or named)


def find_terms(draft: Draft, reader: TermReader) -> None:
    """Add the loan terms to the mentions."""
    for kind, number, unit, end in reader.read(draft.folded.text, draft.numbers):
        start, stop = draft.folded.span(number.start, end)
        value = Quantity(number.value, unit)
        draft.add(MentionKind.QUANTITY, start, stop, key=kind, name=unit, value=value, by="terms")


def _pattern(words: list[str], part: str) -> re.Pattern[str]:
    """A pattern of words for one part: anywhere, at the end of the text before a number, or right after the number."""
    if not words:
        return _NEVER
    every = "|".join(_word(fold_form(word)) for word in sorted(words, key=len, reverse=True))
    if part in _BEFORE:
        return re.compile(rf"(?:{every})[ :]{{0,2}}$")
    return re.compile(rf"[ -]?(?!{_ARABIC_AND})(?:{every})" if part in _BEHIND else rf"(?:{every})")


def _word(form: str) -> str:
    """The pattern of a whole word, except for `*` endings, Arabic prefixes, and scripts without blanks."""
    first, last = form[0], form[-1]
    body = r"\w{0,12}".join(map(re.escape, form.split("*")))
    start = _ARABIC_START if is_arabic(first) else r"(?<![^\W\d_])" if first.isalpha() and not is_han(first) else ""
    return start + body + (r"(?![^\W\d_])" if last.isalpha() and not is_han(last) else "")
