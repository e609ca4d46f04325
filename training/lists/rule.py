"""Which wordings stay in the lists, and with which of their choices (docs/decisions/0019-shorter-lists.md).

A wording stays that counts in some text, and so do signs of measures. Where a wording counts seldom, those options of
its choices stay that some text takes, other forms of the same words, and the small words of the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from os.path import commonprefix

from spacy.util import get_lang_class

from training.lists.choices import CHOICE, choices_of
from training.lists.entries import UNITS, Entry

Count = Mapping[str, int]
_SAME_WORD = 4  # letters that forms of one word begin with
_SHARE = 0.6  # of the shorter form
_HAN = "[\u3400-\u9fff]"
_NO_BLANK = re.compile(rf"(?<={_HAN}) (?={_HAN}(?![^()]*\)))|(?<=['’]) (?=[^ (])")


@dataclass(frozen=True, slots=True)
class Rule:
    """What stays.

    Args:
        articles: in how many a wording must count.
        often: from how many on it keeps the options too that no text takes.
        measures: units of which all wordings stay.
    """

    articles: int = 1
    often: int = 5
    measures: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of an entry: articles by source, and for each choice each option's articles by source."""

    articles: Count
    options: Sequence[Mapping[str, Count]] = ()


def left(entry: Entry, counted: Counted | None, rule: Rule) -> str | None:
    """Return the wording as it stays, None if it goes."""
    if entry.kind == UNITS and entry.key in rule.measures:
        return entry.text
    articles = sum(counted.articles.values()) if counted else 0
    if counted is None or articles < rule.articles:
        return None
    return _trimmed(entry, counted) if counted.options and articles < rule.often else entry.text


def _trimmed(entry: Entry, counted: Counted) -> str:
    chosen = zip(choices_of(entry.text), counted.options, strict=True)
    return with_options(entry.text, [tuple(_live(options, met, entry.language)) for options, met in chosen])


def _live(options: Sequence[str], met: Mapping[str, Count], language: str) -> Iterator[str]:
    used = [option for option in options if met.get(option)]
    return (option for option in options if option in used or _goes_with(option, used, language))


def _goes_with(option: str, used: Sequence[str], language: str) -> bool:
    """Return whether an option that no text takes is a small word or another form of one that some text takes."""
    if option and all(word in _small(language) for word in option.split()):
        return True
    return any(_is_same_word(option, other) for other in used)


def _is_same_word(one: str, other: str) -> bool:
    words, others = one.split(), other.split()
    if not words or len(words) != len(others) or words[1:] != others[1:]:
        return False
    shared = len(commonprefix([words[0], others[0]]))  # noqa: RUF071 -- of words, no paths
    return shared >= _SAME_WORD and shared >= _SHARE * min(len(words[0]), len(others[0]))


@cache
def _small(language: str) -> frozenset[str]:
    """Return the small words of a language: articles, pronouns, prepositions, auxiliaries."""
    return frozenset() if language == "*" else frozenset(get_lang_class(language).Defaults.stop_words)


def with_options(text: str, options: Sequence[Sequence[str]]) -> str:
    """Return a wording with only some options of each choice; a choice of one is written out, one of nothing left out.

    Beside a choice a blank does not matter in Chinese and behind an apostrophe; between words it would.
    """
    turn = iter(options)
    found = CHOICE.sub(lambda _: _written(next(turn)), text)
    return _NO_BLANK.sub("", " ".join(found.split()))


def _written(options: Sequence[str]) -> str:
    return options[0] if len(options) == 1 else f"({'|'.join(options)})"
