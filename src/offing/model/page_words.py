"""Words by which pages are read: what `config/wording/page-…` holds and extraction receives as an argument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from offing.model.languages import LanguageSigns
from offing.model.outlet import OutletRules


@dataclass(frozen=True, slots=True, eq=False)
class WordLists:
    """Lists of words by what they do, those of all languages in one: a page may mix them."""

    lists: Mapping[str, tuple[str, ...]]

    def words(self, part: str) -> tuple[str, ...]:
        """The words of a list.

        Raises:
            KeyError: there is no such list, which loading the files refuses.
        """
        return self.lists[part]

    def choice(self, *parts: str) -> str:
        """The words of some lists as alternatives of a regular expression.

        Raises:
            KeyError: there is no such list, which loading the files refuses.
        """
        return "|".join(word for part in parts for word in self.lists[part])


@dataclass(frozen=True, slots=True, eq=False)
class PageWords:
    """Words by which pages are read.

    Args:
        lines: of lines around an article: teasers, invitations, bylines, dates.
        notices: of what pages say where a text is not whole, or not there.
        markup: names that outlets give to parts of their pages.
    """

    lines: WordLists
    notices: WordLists
    markup: WordLists


@dataclass(frozen=True, slots=True)
class ExtractionRules:
    """All that extraction needs.

    Args:
        words: by which pages are read.
        outlets: what is known of single outlets; the rule that held on the day of the fetch is used.
        signs: what tells the language; without any, script and page do.
    """

    words: PageWords
    outlets: OutletRules = field(default_factory=OutletRules)
    signs: LanguageSigns = field(default_factory=LanguageSigns)
