"""Tense: whether the event of a wording has happened, is still to come, or only should have happened.

Read from the words before a wording in its clause and, in languages that mark the future on the verb, from the wording
itself: Spanish and Portuguese -rá, French -ra, Arabic س before the verb. Only lower-case words are such verbs: Ceará
and Teherán are places.
"""

from __future__ import annotations

import re

from offing.model.reading.rules import ScoringRules
from offing.propose.reading.grammar import pattern, words

_REACH = 40  # characters before a wording
CLAUSE_BORDER = re.compile(r"[,;:،؛，；：。!?()«»“”\"]| [-–—] ")
_AHEAD, _OWN, _UNREAL = r"(?i:(?<!\w)(?:%s)(?!\w))", r"^(?:%s)\b", r"(?i:(?<!\w)(?:%s)(?!\w))"
_ANYWHERE = "%s"  # in a language without blanks between words
_NO_BLANKS = "zh"
_SHARE = r"(?<!\d)(\d{1,3})(?:[.,]\d+)? ?(?:%%|٪|(?:%s)(?!\w))|(?:%s)[一二三四五六七八九十]+"
_SHARE_REACH = 25
_ALL = 100


def clause_before(text: str, start: int, first: int) -> str:
    """The words of the clause before an offset, at most some forty characters.

    Args:
        text: the article's text.
        start: where the wording starts.
        first: where its sentence starts.
    """
    before = text[max(first, start - _REACH) : start]
    borders = [mark.end() for mark in CLAUSE_BORDER.finditer(before)]
    return before[borders[-1] :] if borders else before


def is_future(before: str, own: str, language: str, rules: ScoringRules) -> bool:
    """Whether something is still to come, by the words before it or by its own form."""
    ahead = pattern(_worded(_AHEAD, language), words(rules, "future", language))
    itself = pattern(_OWN, words(rules, "future_forms", language))
    return bool(ahead.search(before) or itself.search(own))


def is_unreal(before: str, own: str, language: str, rules: ScoringRules) -> bool:
    """Whether something only should have happened: "was to have been built"."""
    unreal = pattern(_worded(_UNREAL, language), words(rules, "unreal", language))
    return bool(unreal.search(before) or unreal.match(own))


def _worded(template: str, language: str) -> str:
    return _ANYWHERE if language == _NO_BLANKS else template


def is_partly(text: str, start: int, end: int, rules: ScoringRules) -> bool:
    """Whether a share below 100 % is beside a wording: "achevés à 40 %"."""
    beside = text[max(0, start - _SHARE_REACH) : end + _SHARE_REACH]
    share = pattern(_SHARE, words(rules, "percent"), words(rules, "percent_before"))
    return any(not match[1] or int(match[1]) < _ALL for match in share.finditer(beside))
