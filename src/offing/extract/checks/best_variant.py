"""Decides when another extraction beats the vote among blocks: when the vote lost most of the text.

The vote is better than each of its parts on nearly every page, and far worse on a few: text in a part of the page
unlike any that the weights were fitted on, line rules that took a list for a menu. So the finished paragraphs are
compared with those of the other ways, and with the number of words that the page itself states.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import StrEnum

from offing.extract.checks.completeness import LEAST_SHARE, LEAST_WORD_COUNT, words
from offing.extract.markup.folded_letters import folded_letters

LITTLE = 100  # words; an article may be shorter, but then no other way finds much more
_LEAST = 60  # words in sentences that make a text: notices, teasers and calls have fewer
_MOST_SHARE = 1.5  # of the stated words; a longer text includes something else
_MUCH = 2  # times the words of the chosen text
_LEAST_OWN = 0.3  # of the chosen text; another way that holds less of it found a different text
# Thai, Lao and Khmer have no sentence-final punctuation.
_SENTENCE_END = re.compile(r"(?:[.!?…。！？؟।။۔ฯ][\"'”»’)）」』\]]*|[\u0e00-\u0eff\u1780-\u17ff])$")
_WORDS_OF_A_SENTENCE = 8
_IN_SENTENCES = 0.5  # of an article's words; a page with its menus has fewer
_SHORTEST_PART = 20  # folded characters by which a paragraph is located in a line

Text = Sequence[str]


class TextVariant(StrEnum):
    """How a text was found, recorded as a suffix of the method."""

    CHOSEN = ""
    AGREED = "+agreed-blocks"  # the chosen blocks, plus those that the wide pass took in the densest prose
    WIDE = "+wide-text"  # all that may be text
    DENSEST = "+densest-text"  # the paragraphs of the element with most prose
    STATED = "+stated-text"  # the text in the page's structured metadata
    UNTOUCHED = "+untouched-page"  # the widest extraction from the page before `normalise_markup`


_FOR_LENGTH = (
    TextVariant.STATED,
    TextVariant.AGREED,
    TextVariant.WIDE,
    TextVariant.DENSEST,
    TextVariant.UNTOUCHED,
)
_FOR_LITTLE = (TextVariant.STATED, TextVariant.WIDE, TextVariant.DENSEST, TextVariant.UNTOUCHED)
Variants = Callable[[TextVariant], Text]


def best_variant(text: Variants, word_count: int, extracted: Callable[[TextVariant], int]) -> TextVariant:
    """The way whose text is the article: the vote among blocks, unless there is a sign that it lost most of it.

    Args:
        text: gives the finished paragraphs of a way; called only for those that may win.
        word_count: the number of words that the page states, 0 if it states none.
        extracted: how many raw characters a way extracted; a way with no more than the vote cannot win.
    """
    have = text(TextVariant.CHOSEN)
    size = sum(map(words, have))
    if _lacks(size, word_count):
        least, most = LEAST_SHARE * word_count, _MOST_SHARE * word_count
        fitting = (variant for variant in _FOR_LENGTH if least <= sum(map(words, text(variant))) <= most)
        if (variant := next(fitting, None)) is not None:
            return variant
    least = max(_LEAST, _MUCH * size)
    if size < LITTLE:
        longer = (variant for variant in _FOR_LITTLE if _is_prose(text(variant), have, least))
        return next(longer, TextVariant.CHOSEN if have else TextVariant.WIDE)
    if (
        extracted(TextVariant.AGREED) > extracted(TextVariant.CHOSEN)
        and sum(map(words, text(TextVariant.AGREED))) >= least
    ):
        return TextVariant.AGREED
    if extracted(TextVariant.DENSEST) <= extracted(TextVariant.CHOSEN):
        return TextVariant.CHOSEN
    densest = text(TextVariant.DENSEST)
    whole = folded_letters("".join(densest))
    shared = sum(words(line) for line in have if folded_letters(line) in whole) / max(1, size)
    is_elsewhere = coherent(densest, have) >= least and shared < _LEAST_OWN
    return TextVariant.DENSEST if is_elsewhere else TextVariant.CHOSEN


def _lacks(size: int, word_count: int) -> bool:
    return word_count >= LEAST_WORD_COUNT and size < LEAST_SHARE * word_count


def _is_prose(text: Text, have: Text, least: float) -> bool:
    """Whether a text has enough words in sentences, and most of its words in them."""
    in_sentences = coherent(text, have)
    return in_sentences >= least and in_sentences >= _IN_SENTENCES * sum(map(words, text))


def coherent(text: Text, have: Text) -> int:
    """The number of words of a text in paragraphs, which are lines that end like a sentence.

    A line that holds a paragraph of `have` among more is no paragraph but a page run together, menus and all.
    """
    parts = [folded for line in have if len(folded := folded_letters(line)) >= _SHORTEST_PART]
    size = 0
    for line in text:
        if _SENTENCE_END.search(line) and words(line) >= _WORDS_OF_A_SENTENCE:
            folded = folded_letters(line)
            together = any(part in folded and len(folded) > _MUCH * len(part) for part in parts)
            size += 0 if together else words(line)
    return size


def may_win(text: Text, have: Text, word_count: int) -> bool:
    """Whether all lines of a page together have enough sentences for any way to beat the chosen text."""
    size = sum(map(words, have))
    return coherent(text, ()) >= (_LEAST if _lacks(size, word_count) else max(_LEAST, _MUCH * size))
