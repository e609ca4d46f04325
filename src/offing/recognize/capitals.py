"""Runs of capitalised words, of which names consist in Latin and Cyrillic script."""

from __future__ import annotations

import re
from dataclasses import dataclass

# At most one blank kind between words; a comma only before a legal form ("Co., Ltd").
_NEXT = re.compile(r"(,?)[ \u00a0]?(\(?)(&(?= )|[^\W_](?:[\w&/’'-]{0,40}\w)?)([.)]{0,2})")
_CONNECTORS = frozenset(
    {"of", "for", "and", "de", "du", "des", "d", "et", "y", "e", "do", "da", "dos", "del", "la", "the", "и", "&"}
)
_LEGAL = frozenset({"ltd", "limited", "inc", "co", "llc", "s.a", "sa", "plc", "corp"})
_LAST = frozenset({"ltd", "limited", "inc", "llc", "plc"})
_BEHIND_BRACKETS = frozenset({"corporation", "company", "group", "holdings"})
_ABBREVIATED = frozenset({"co", "ltd", "inc", "corp", "no", "st", "bros"})
_SMALL_FIRST = re.compile(r"\w-?[A-ZÀ-ÖØ-ÞА-ЯЁ]")
_LONGEST = 10


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a run: its span in the text, its end without a closing sign, and itself."""

    start: int
    end: int
    text: str

    @property
    def is_dotted(self) -> bool:
        """Whether it is an abbreviation with its point, such as Co."""
        return self.end == self.start + len(self.text) + 1

    @property
    def is_bracketed(self) -> bool:
        """Whether it stands in brackets, which are part of its span."""
        return self.end > self.start + len(self.text) + 1


def run_from(text: str, start: int) -> list[Word]:
    """The capitalised words from a place on, with "of" and the like between them; empty if none starts there."""
    words: list[Word] = []
    place = start
    while len(words) < _LONGEST:
        found = _NEXT.match(text, place)
        if not found or not _continues(found, words):
            break
        closes = found[4]
        dotted = closes.startswith(".") and found[3].lower() in _ABBREVIATED
        end = found.end() if found[2] and ")" in closes else found.end(3) + (1 if dotted else 0)
        words.append(Word(found.start(2) if found[2] else found.start(3), end, found[3]))
        if closes and not (dotted and closes == ".") and not (found[2] and closes == ")"):
            break
        place = end
    while words and words[-1].text.lower() in _CONNECTORS:
        words.pop()
    return words


def _continues(found: re.Match[str], words: list[Word]) -> bool:
    comma, bracket, word = found[1], found[2], found[3]
    if not words:
        return not comma and not bracket and is_capital(word)
    if comma:
        return word.lower() in _LEGAL
    if bracket:
        return ")" in found[4]
    return found.start(3) > words[-1].end and _may_follow(words[-1], word)


def _may_follow(last: Word, word: str) -> bool:
    """Whether a word, parted by a blank, carries on the name that another word has left open."""
    if last.is_bracketed:
        return word.lower() in _LEGAL | _BEHIND_BRACKETS
    if last.is_dotted:
        return word.lower() in _LEGAL or word == "of" or last.text == "No"
    if last.text.lower() in _LAST or (word.isdigit() and last.text in _CONNECTORS):
        return False
    return is_capital(word) or word in _CONNECTORS


def is_capital(word: str) -> bool:
    """Whether a word starts like a name: with a capital, a digit, or as in iFlytek and e-Gov."""
    return word[0].isupper() or word[0].isdigit() or _SMALL_FIRST.match(word) is not None


def run_before(text: str, end: int) -> list[Word]:
    """The capitalised words that end at a place, without connectors at their start."""
    window_start = max(0, end - 120)
    for found in re.finditer(r"[^\W_]", text[window_start:end]):
        start = window_start + found.start()
        if start and (text[start - 1].isalnum() or text[start - 1] in "'’-&"):
            continue
        words = [word for word in run_from(text, start) if word.end <= end]
        if words and words[-1].end == end and is_capital(words[0].text):
            return words
    return []
