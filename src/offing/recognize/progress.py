"""Progress that is counted: "18 of the 45 boreholes are sunk", "41 caméras posées sur 310", "построены 31 из 48"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from offing.model.patterns import PatternRole, PatternWord
from offing.recognize.name_grammar import NameGrammar

BY = "counted"
WEIGHT = 0.7  # a count says less than a wording such as "works are under way"
_NUMBER = r"(\d{1,3}(?:[ ,.]\d{3})+|\d{1,6})"
_WORDS = r"(?: [^\W\d_]{1,20}){0,3}"
_END = r"(?![\d%]|[.,]\d| ?%| ?per ?cent)"
_START = r"(?<![\d.,$€£-])"
_ENGLISH, _CHINESE = "en", "zh"
_NO_BOUNDARIES = frozenset({"ar", _CHINESE})  # prefixes and suffixes are written onto a word, or nothing parts words
_BORDER = re.compile(r"[;:!?()\n。،؛]|[.,](?!\d)")
_CLAUSE_REACH = 80  # characters of a clause on either side of a count
_FEWEST, _FIRST_YEAR, _LAST_YEAR = 2, 1950, 2100


class ProgressReader:
    """Reads counts of what is done, by the words of `wording/progress/`.

    Args:
        words: the rules' words.
        language: of the texts.
    """

    def __init__(self, words: Sequence[PatternWord], language: str) -> None:
        grammar = NameGrammar(words, language, role=PatternRole.PROGRESS)
        all_languages = NameGrammar(words, *{word.language for word in words}, role=PatternRole.PROGRESS)
        self._whole_first = language == _CHINESE
        form = _whole_first(grammar) if self._whole_first else _part_first(grammar)
        self._count, self._done = re.compile(form), re.compile(_done(grammar, language))
        self._no_works = re.compile(rf"\b(?:{all_languages.choice('no_works')})\b")

    def counted(self, text: str) -> Iterator[tuple[int, int]]:
        """The spans of a folded text in which a part of a number of things is counted as done.

        "3 of 12 schools are private" says nothing of works; the clause must have a word for what is finished.
        """
        for match in self._count.finditer(text):
            done, whole = (int(re.sub(r"\D", "", number)) for number in match.groups())
            if self._whole_first:
                done, whole = whole, done
            is_part = _FEWEST <= done < whole and not _FIRST_YEAR <= whole <= _LAST_YEAR
            if is_part and self._tells_of_works(text, match.span()):
                yield match.span()

    def _tells_of_works(self, text: str, span: tuple[int, int]) -> bool:
        """Whether what is counted may be works, and a word of the clause says that they are done."""
        if self._no_works.search(text, *span) or self._no_works.match(text, span[1] + 1):
            return False
        return self._done.search(text, *_clause(text, *span)) is not None


def _part_first(grammar: NameGrammar) -> str:
    """18 of the 45."""
    return rf"{_START}{_NUMBER}{_WORDS} (?:{grammar.choice('of_whole')}) {_NUMBER}{_END}"


def _whole_first(grammar: NameGrammar) -> str:
    """共48座桥，目前已完成31座."""
    wholes, measures, by_now = map(grammar.choice, ("wholes", "measures", "by_now"))
    return (
        rf"(?:{wholes})?{_NUMBER}(?:{measures})[^。\n]{{0,20}}?(?:{by_now})[^。\n]{{0,8}}?"
        rf"{_NUMBER}{_END}(?!{grammar.choice('no_things')})"
    )


def _done(grammar: NameGrammar, language: str) -> str:
    """What says that works are done: beginnings of words, English ones whole."""
    words = grammar.choice("done")
    if language in _NO_BOUNDARIES:
        return words
    return rf"\b(?:{words})\b" if language == _ENGLISH else rf"\b(?:{words})"


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a span, as far as it is near."""
    first, last = max(0, start - _CLAUSE_REACH), min(len(text), end + _CLAUSE_REACH)
    first = max((border.end() for border in _BORDER.finditer(text, first, start)), default=first)
    border = _BORDER.search(text, end, last)
    return first, border.start() if border else last
