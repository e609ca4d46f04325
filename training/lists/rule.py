"""The rule that decides which wordings, and which options of them, to keep (docs/decisions/0019-shorter-lists.md).

A wording is kept if it counts in some text; units of measurement are always kept. A wording that counts rarely keeps
only the options that some text uses, other forms of the same words, and stop words of the language.
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
_SAME_WORD = 4  # letters that two forms of a word must share at the start
_SHARE = 0.6  # of the letters of the shorter form, likewise
_HAN = "[\u3400-\u9fff]"
_NO_BLANK = re.compile(rf"(?<={_HAN}) (?={_HAN}(?![^()]*\)))|(?<=['’]) (?=[^ (])")


@dataclass(frozen=True, slots=True)
class Rule:
    """Thresholds for keeping a wording.

    Args:
        articles: the fewest articles in which a wording must count.
        often: the number of articles from which a wording also keeps its unused options.
        measures: units whose wordings are all kept.
    """

    articles: int = 1
    often: int = 5
    measures: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of an entry: articles by source, and for each option of each choice, articles by source."""

    articles: Count
    options: Sequence[Mapping[str, Count]] = ()


def kept(entry: Entry, counted: Counted | None, rule: Rule) -> str | None:
    """Return the wording to keep, trimmed if it is rare; None if it is dropped."""
    if entry.kind == UNITS and entry.key in rule.measures:
        return entry.text
    articles = sum(counted.articles.values()) if counted else 0
    if counted is None or articles < rule.articles:
        return None
    return _trimmed(entry, counted) if counted.options and articles < rule.often else entry.text


def _trimmed(entry: Entry, counted: Counted) -> str:
    chosen = zip(choices_of(entry.text), counted.options, strict=True)
    return with_options(
        entry.text, [tuple(_kept_options(options, counts, entry.language)) for options, counts in chosen]
    )


def _kept_options(options: Sequence[str], counts: Mapping[str, Count], language: str) -> Iterator[str]:
    used = [option for option in options if counts.get(option)]
    return (option for option in options if option in used or _belongs_with(option, used, language))


def _belongs_with(option: str, used: Sequence[str], language: str) -> bool:
    """Return whether an unused option consists of stop words or is another form of a used one."""
    if option and all(word in _stop_words(language) for word in option.split()):
        return True
    return any(_is_same_word(option, other) for other in used)


def _is_same_word(one: str, other: str) -> bool:
    words, others = one.split(), other.split()
    if not words or len(words) != len(others) or words[1:] != others[1:]:
        return False
    shared = len(commonprefix([words[0], others[0]]))  # noqa: RUF071 -- of words, not paths
    return shared >= _SAME_WORD and shared >= _SHARE * min(len(words[0]), len(others[0]))


@cache
def _stop_words(language: str) -> frozenset[str]:
    """Return the stop words of a language: articles, pronouns, prepositions, auxiliaries."""
    return frozenset() if language == "*" else frozenset(get_lang_class(language).Defaults.stop_words)


def with_options(text: str, options: Sequence[Sequence[str]]) -> str:
    """Return a wording with only the given options of each choice.

    A choice with a single option is written without brackets, and disappears if that option is empty. A space next to
    it is then removed in Chinese and after an apostrophe, where it would break up a word.
    """
    turn = iter(options)
    found = CHOICE.sub(lambda _: _choice_text(next(turn)), text)
    return _NO_BLANK.sub("", " ".join(found.split()))


def _choice_text(options: Sequence[str]) -> str:
    return options[0] if len(options) == 1 else f"({'|'.join(options)})"
