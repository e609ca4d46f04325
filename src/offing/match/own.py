"""Words of a project's own: what is left of an account without its country, its lenders and the words of the trade."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from offing.match.names import without_ending
from offing.match.words import fold, runs, words
from offing.model.matching import Account, CommonWords

_SHORTEST = 3
_HEAD = 400  # characters of a text that tell what it is about
_OF_TITLE = 0.25  # of the own words of the one title, which the other account's title and opening have
_OF_OPENING = 0.2  # of the own words of the shorter of two openings, title included
# "And", "so", "for", "with", "like" and the article, where three letters are left.
_ARABIC_START = re.compile(r"^[\u0648\u0641]?[\u0628\u0644\u0643]?(?:\u0627\u0644)?(?=[\u0621-\u064a]{3})")


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The words of a project's own in a title, and in title and opening together."""

    title: frozenset[str] = frozenset()
    opening: frozenset[str] = frozenset()


def own_words(account: Account, common: CommonWords) -> OwnWords:
    """The words of an account that are no country's, lender's or number's, and that few accounts have."""
    title = frozenset(_own(account.title, common))
    return OwnWords(title, title | frozenset(_own(account.text[:_HEAD], common)))


def _own(text: str, common: CommonWords) -> Iterator[str]:
    folded = fold(text)
    if not folded.isascii():
        for name in common.phrases:
            folded = folded.replace(name, " ")
    return (word for word in _told(folded) if word not in common.words)


def _told(folded: str) -> Iterator[str]:
    """The words of a folded text that may name something; figures are none.

    Russian ones lose their endings, Arabic ones what is written together with them: and, for, the.
    """
    for word in runs(folded):
        if word.isascii():
            if len(word) >= _SHORTEST and not word.isdecimal():
                yield word
        else:
            yield from (_ARABIC_START.sub("", without_ending(each)) for each in words(word))


def common_words(texts: Iterable[str]) -> Iterator[str]:
    """The words of some texts, in the form in which those of accounts are compared with them."""
    for text in texts:
        yield from _told(fold(text))


def shared_own(one: OwnWords, other: OwnWords) -> frozenset[str]:
    """The own words by which two accounts may be one: those of either title that the other account has, too."""
    return (one.title & other.opening) | (other.title & one.opening)


def tell_alike(one: OwnWords, other: OwnWords) -> bool:
    """Whether a good part of the own words of either title stands in the other account, or the openings share some."""
    if max(_part(one.title, other.opening), _part(other.title, one.opening)) >= _OF_TITLE:
        return True
    shorter, longer = sorted((one.opening, other.opening), key=len)
    return _part(shorter, longer) >= _OF_OPENING


def _part(of: frozenset[str], within: frozenset[str]) -> float:
    return len(of & within) / len(of) if of else 0.0
