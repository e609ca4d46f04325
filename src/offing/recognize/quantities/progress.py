"""Reads counted progress: "18 of the 45 boreholes are sunk", "41 caméras posées sur 310", "построены 31 из 48"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from offing.model.reading.patterns import PatternRole, PatternWord
from offing.recognize.text.pattern_grammar import PatternGrammar

BY = "counted"
WEIGHT = 0.7  # a count is weaker evidence than a wording such as "works are under way"
_NUMBER = r"(\d{1,3}(?:[ ,.]\d{3})+|\d{1,6})"
_WORDS = r"(?: [^\W\d_]{1,20}){0,3}"
_END = r"(?![\d%]|[.,]\d| ?%| ?per ?cent)"
_START = r"(?<![\d.,$€£-])"
_ENGLISH, _CHINESE = "en", "zh"
_NO_BOUNDARIES = frozenset({"ar", _CHINESE})  # prefixes and suffixes are attached to words, or words are not separated
_BORDER = re.compile(r"[;:!?()\n。،؛]|[.,](?!\d)")
_CLAUSE_REACH = 80  # characters of a clause on either side of a count
_FEWEST, _FIRST_YEAR, _LAST_YEAR = 2, 1950, 2100


class ProgressReader:
    """Reads counts of finished works, by the words of `wording/progress/`.

    Args:
        words: the rules' pattern words.
        language: of the texts.
    """

    def __init__(self, words: Sequence[PatternWord], language: str) -> None:
        grammar = PatternGrammar(words, language, role=PatternRole.PROGRESS)
        all_languages = PatternGrammar(words, *{word.language for word in words}, role=PatternRole.PROGRESS)
        self._whole_first = language == _CHINESE
        # 18 of the 45
        part_first = rf"{_START}{_NUMBER}{_WORDS} (?:{grammar.choice('of_whole')}) {_NUMBER}{_END}"
        form = _whole_first(grammar) if self._whole_first else part_first
        self._count, self._done = re.compile(form), re.compile(_done(grammar, language))
        self._no_works = re.compile(rf"\b(?:{all_languages.choice('no_works')})\b")

    def counted(self, text: str) -> Iterator[tuple[int, int]]:
        """The spans of a folded text in which part of a total is counted as finished.

        "3 of 12 schools are private" is not about works; the clause must have a word for completion.
        """
        for match in self._count.finditer(text):
            done, whole = (int(re.sub(r"\D", "", number)) for number in match.groups())
            if self._whole_first:
                done, whole = whole, done
            is_part = _FEWEST <= done < whole and not _FIRST_YEAR <= whole <= _LAST_YEAR
            start, end = match.span()
            if not is_part or self._no_works.search(text, start, end) or self._no_works.match(text, end + 1):
                continue
            # The clause around the count, within reach.
            first, last = max(0, start - _CLAUSE_REACH), min(len(text), end + _CLAUSE_REACH)
            first = max((border.end() for border in _BORDER.finditer(text, first, start)), default=first)
            border = _BORDER.search(text, end, last)
            if self._done.search(text, first, border.start() if border else last):
                yield start, end


def _whole_first(grammar: PatternGrammar) -> str:
    """共48座桥，目前已完成31座."""
    wholes, measures, by_now = map(grammar.choice, ("wholes", "measures", "by_now"))
    return (
        rf"(?:{wholes})?{_NUMBER}(?:{measures})[^。\n]{{0,20}}?(?:{by_now})[^。\n]{{0,8}}?"
        rf"{_NUMBER}{_END}(?!{grammar.choice('no_things')})"
    )


def _done(grammar: PatternGrammar, language: str) -> str:
    """Words for completion: word beginnings; in English whole words."""
    words = grammar.choice("done")
    if language in _NO_BOUNDARIES:
        return words
    return rf"\b(?:{words})\b" if language == _ENGLISH else rf"\b(?:{words})"
