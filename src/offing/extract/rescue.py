"""When another way to the text wins over the choice among blocks: where that one lost most of it.

The choice is better than each of its parts on nearly every page, and far worse on a few: a text in a part of the page
that no weight has seen, rules of lines that took a list for a menu. So the finished paragraphs are compared with what
the other ways hold, and with the number of words that the page itself says it has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import StrEnum

from offing.extract.completeness import LEAST_PROMISED, LEAST_SHARE, words
from offing.extract.fold import fold

LITTLE = 100  # words; an article may be shorter, but then no other way finds much more
_LEAST = 60  # words in sentences that make a text: notices, teasers and calls have fewer
_MOST_SHARE = 1.5  # of the promised words; what is longer took something else along
_MUCH = 2  # times the words of what was chosen
_LEAST_OWN = 0.3  # of what was chosen; where another way lacks more, it is another text
# Thai, Lao and Khmer end a sentence with nothing.
_SENTENCE_END = re.compile(r"(?:[.!?…。！？؟।။۔ฯ][\"'”»’)）」』\]]*|[\u0e00-\u0eff\u1780-\u17ff])$")
_WORDS_OF_A_SENTENCE = 8
_IN_SENTENCES = 0.5  # of an article's words; a page with its menus has fewer
_TOLD_FROM = 20  # folded characters by which a paragraph is found in a line

Text = Sequence[str]


class Way(StrEnum):
    """How a text was found, as it is recorded behind the method."""

    CHOSEN = ""
    AGREED = "+agreed-blocks"  # the chosen blocks, and those that two ways take for text
    WIDE = "+wide-text"  # all that may be text
    DENSEST = "+densest-text"  # the paragraphs of the element with most prose
    STATED = "+stated-text"  # the text that the page states for machines
    UNTOUCHED = "+untouched-page"  # what the widest way finds on the page as it came


_KEEPING_PROMISES = (Way.STATED, Way.AGREED, Way.WIDE, Way.DENSEST, Way.UNTOUCHED)
_FOR_LITTLE = (Way.STATED, Way.WIDE, Way.DENSEST, Way.UNTOUCHED)
Ways = Callable[[Way], Text]


def better_way(text: Ways, promised: int, drawn: Callable[[Way], int]) -> Way:
    """The way whose text is the article; the choice among blocks where nothing tells that it lost most of it.

    Args:
        text: gives the finished paragraphs of a way; asked only for those that may win.
        promised: how many words the page says the article has, 0 where it does not say.
        drawn: how many characters a way drew, before anything is finished; what drew no more cannot win.
    """
    have = text(Way.CHOSEN)
    size = sum(map(words, have))
    if _lacks(size, promised):
        kept = (way for way in _KEEPING_PROMISES if _keeps(text(way), promised))
        if (way := next(kept, None)) is not None:
            return way
    least = max(_LEAST, _MUCH * size)
    if size < LITTLE:
        longer = (way for way in _FOR_LITTLE if _is_prose(text(way), have, least))
        return next(longer, Way.CHOSEN if have else Way.WIDE)
    if drawn(Way.AGREED) > drawn(Way.CHOSEN) and sum(map(words, text(Way.AGREED))) >= least:
        return Way.AGREED
    if drawn(Way.DENSEST) <= drawn(Way.CHOSEN):
        return Way.CHOSEN
    densest = text(Way.DENSEST)
    is_elsewhere = coherent(densest, have) >= least and _shared(have, densest) < _LEAST_OWN
    return Way.DENSEST if is_elsewhere else Way.CHOSEN


def _lacks(size: int, promised: int) -> bool:
    return promised >= LEAST_PROMISED and size < LEAST_SHARE * promised


def _keeps(text: Text, promised: int) -> bool:
    return LEAST_SHARE * promised <= sum(map(words, text)) <= _MOST_SHARE * promised


def _is_prose(text: Text, have: Text, least: float) -> bool:
    """Whether a text has enough words in sentences, and most of its words in them."""
    told = coherent(text, have)
    return told >= least and told >= _IN_SENTENCES * sum(map(words, text))


def coherent(text: Text, have: Text) -> int:
    """How many words of a text stand in paragraphs: lines that end as a sentence does.

    A line that holds a paragraph of `have` among more is no paragraph but a page run together, menus and all.
    """
    parts = [folded for line in have if len(folded := fold(line)) >= _TOLD_FROM]
    return sum(
        words(line)
        for line in text
        if _SENTENCE_END.search(line) and words(line) >= _WORDS_OF_A_SENTENCE and not _runs_together(fold(line), parts)
    )


def may_win(text: Text, have: Text, promised: int) -> bool:
    """Whether there are enough sentences on a page, all its lines taken, for any way to win over what was chosen."""
    size = sum(map(words, have))
    return coherent(text, ()) >= (_LEAST if _lacks(size, promised) else max(_LEAST, _MUCH * size))


def _runs_together(line: str, parts: Sequence[str]) -> bool:
    return any(part in line and len(line) > _MUCH * len(part) for part in parts)


def _shared(have: Text, other: Text) -> float:
    """The share of a text's words that stand in another, line by line."""
    whole = fold("".join(other))
    return sum(words(line) for line in have if fold(line) in whole) / max(1, sum(map(words, have)))
