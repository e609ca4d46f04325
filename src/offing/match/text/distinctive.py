"""Distinctive words of a project: those of an account without its country, its lenders and the words of the trade."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from offing.match.text.name_weights import without_ending
from offing.match.text.tokens import fold, runs, words
from offing.model.pairs.matching import Account, CommonWords

_SHORTEST = 3
_HEAD = 400  # characters of a text that state its subject
_OF_TITLE = 0.25  # minimum share of one title's distinctive words found in the other account's title and opening
_OF_OPENING = 0.2  # minimum share of the distinctive words of the shorter opening, title included
# "And", "so", "for", "with", "like" and the article, where three letters are left.
_ARABIC_START = re.compile(r"^[\u0648\u0641]?[\u0628\u0644\u0643]?(?:\u0627\u0644)?(?=[\u0621-\u064a]{3})")


@dataclass(frozen=True, slots=True)
class DistinctiveWords:
    """The distinctive words of a title, and of title and opening together."""

    title: frozenset[str] = frozenset()
    opening: frozenset[str] = frozenset()


def distinctive_words(account: Account, common: CommonWords) -> DistinctiveWords:
    """The words of an account outside the lists of common words (countries, lenders, the trade), without numbers."""
    title = frozenset(_distinctive(account.title, common))
    return DistinctiveWords(title, title | frozenset(_distinctive(account.text[:_HEAD], common)))


def _distinctive(text: str, common: CommonWords) -> Iterator[str]:
    folded = fold(text)
    if not folded.isascii():
        for name in common.phrases:
            folded = folded.replace(name, " ")
    return (word for word in _name_candidates(folded) if word not in common.words)


def _name_candidates(folded: str) -> Iterator[str]:
    """The words of a folded text that may name something; no figures.

    Russian words lose their endings, Arabic ones their attached particles: and, for, the.
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
        yield from _name_candidates(fold(text))


def shared_distinctive(one: DistinctiveWords, other: DistinctiveWords) -> frozenset[str]:
    """The distinctive words shared by two accounts: those of either title found in the other account."""
    return (one.title & other.opening) | (other.title & one.opening)


def share_enough(one: DistinctiveWords, other: DistinctiveWords) -> bool:
    """Whether enough distinctive words of either title are in the other account, or the openings share enough."""
    if max(_share(one.title, other.opening), _share(other.title, one.opening)) >= _OF_TITLE:
        return True
    shorter, longer = sorted((one.opening, other.opening), key=len)
    return _share(shorter, longer) >= _OF_OPENING


def _share(of: frozenset[str], within: frozenset[str]) -> float:
    return len(of & within) / len(of) if of else 0.0
