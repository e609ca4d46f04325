"""Words by which pages are read: the contents of `config/wording/page-…`, passed to extraction as an argument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from offing.model.sources.outlet import OutletRules
from offing.model.text.language_words import LanguageWords


@dataclass(frozen=True, slots=True, eq=False)
class WordLists:
    """Word lists by function, all languages in one: a page may mix them."""

    lists: Mapping[str, tuple[str, ...]]

    def words(self, part: str) -> tuple[str, ...]:
        """Return the words of a list.

        Raises:
            KeyError: there is no such list, which loading the files refuses.
        """
        return self.lists[part]

    def choice(self, *parts: str) -> str:
        """Return the words of some lists as alternatives of a regular expression.

        Raises:
            KeyError: there is no such list, which loading the files refuses.
        """
        return "|".join(word for part in parts for word in self.lists[part])


@dataclass(frozen=True, slots=True, eq=False)
class PageWords:
    """Words by which pages are read.

    Args:
        lines: in lines around an article: teasers, invitations, bylines, dates.
        notices: in notices that a text is incomplete or missing.
        markup: names that outlets give to parts of their pages.
    """

    lines: WordLists
    notices: WordLists
    markup: WordLists


@dataclass(frozen=True, slots=True)
class ExtractionRules:
    """Everything extraction needs.

    Args:
        words: by which pages are read.
        outlets: rules for single outlets; the rule valid on the day of the fetch is used.
        language_words: for language identification; without any, script and page decide.
    """

    words: PageWords
    outlets: OutletRules = field(default_factory=OutletRules)
    language_words: LanguageWords = field(default_factory=LanguageWords)
