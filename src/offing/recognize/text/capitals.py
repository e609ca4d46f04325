"""Reads runs of capitalised words, the building blocks of names in Latin and Cyrillic script."""

from __future__ import annotations

import re
from dataclasses import dataclass

from offing.recognize.text.pattern_grammar import PatternGrammar

# Words are separated by one blank at most; a comma only precedes a legal form ("Co., Ltd").
_NEXT = re.compile(r"(,?)[ \u00a0]?(\(?)(&(?= )|[^\W_](?:[\w&/’'-]{0,40}\w)?)([.)]{0,2})")
_SMALL_FIRST = re.compile(r"\w-?[A-ZÀ-ÖØ-ÞА-ЯЁ]")
_LONGEST = 10


@dataclass(frozen=True, slots=True)
class CapitalWord:
    """A word of a run: its text, its span, and its end without a closing sign."""

    start: int
    end: int
    text: str

    @property
    def is_dotted(self) -> bool:
        """Whether it is an abbreviation with a full stop, such as Co."""
        return self.end == self.start + len(self.text) + 1

    @property
    def is_bracketed(self) -> bool:
        """Whether it is in brackets, which are part of its span."""
        return self.end > self.start + len(self.text) + 1


class CapitalRuns:
    """Reads runs of capitalised words.

    Args:
        grammar: the words of names.
    """

    def __init__(self, grammar: PatternGrammar) -> None:
        self._links, self._forms, self._ends, self._behind_brackets, self._abbreviations = (
            frozenset(grammar.words(part))
            for part in ("run_links", "run_forms", "run_ends", "behind_brackets", "abbreviations")
        )
        self._links |= {"&"}
        self._behind_abbreviations = frozenset(grammar.words("behind_abbreviations"))
        self._before_numbers = frozenset(grammar.words("before_numbers"))

    def run_from(self, text: str, start: int) -> list[CapitalWord]:
        """The capitalised words from a position on, with connectors such as "of"; empty if none starts there."""
        words: list[CapitalWord] = []
        place = start
        while len(words) < _LONGEST:
            found = _NEXT.match(text, place)
            if not found or not self._continues(found, words):
                break
            closes = found[4]
            dotted = closes.startswith(".") and found[3].lower() in self._abbreviations
            end = found.end() if found[2] and ")" in closes else found.end(3) + (1 if dotted else 0)
            words.append(CapitalWord(found.start(2) if found[2] else found.start(3), end, found[3]))
            if closes and not (dotted and closes == ".") and not (found[2] and closes == ")"):
                break
            place = end
        while words and words[-1].text.lower() in self._links:
            words.pop()
        return words

    def run_before(self, text: str, end: int) -> list[CapitalWord]:
        """The capitalised words that end at a position, without leading connectors."""
        window_start = max(0, end - 120)
        for found in re.finditer(r"[^\W_]", text[window_start:end]):
            start = window_start + found.start()
            if start and (text[start - 1].isalnum() or text[start - 1] in "'’-&"):
                continue
            words = [word for word in self.run_from(text, start) if word.end <= end]
            if words and words[-1].end == end and is_capital(words[0].text):
                return words
        return []

    def _continues(self, found: re.Match[str], words: list[CapitalWord]) -> bool:
        comma, bracket, word = found[1], found[2], found[3]
        if not words:
            return not comma and not bracket and is_capital(word)
        if comma:
            return word.lower() in self._forms
        if bracket:
            return ")" in found[4]
        return found.start(3) > words[-1].end and self._may_follow(words[-1], word)

    def _may_follow(self, last: CapitalWord, word: str) -> bool:
        """Whether a word after a blank continues the name of the word before it."""
        if last.is_bracketed:
            return word.lower() in self._forms | self._behind_brackets
        if last.is_dotted:
            is_form = word.lower() in self._forms
            return is_form or word in self._behind_abbreviations or last.text in self._before_numbers
        if last.text.lower() in self._ends or (word.isdigit() and last.text in self._links):
            return False
        return is_capital(word) or word in self._links


def is_capital(word: str) -> bool:
    """Whether a word starts like a name: with a capital, a digit, or as in iFlytek and e-Gov."""
    return word[0].isupper() or word[0].isdigit() or _SMALL_FIRST.match(word) is not None
