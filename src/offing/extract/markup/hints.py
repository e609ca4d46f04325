"""Interprets the class names and ids in a page's markup, by words that outlets of many countries and systems use."""

from __future__ import annotations

import re
from functools import lru_cache

from offing.model.sources.page_words import WordLists

# The names under which the weights of the choice know them.
HINTS = (
    *("body", "caption", "share", "related", "sign_up", "comment", "author", "meta", "summary", "advert", "edge"),
    "quote",
)


class Hints:
    """Finds what names in markup hint at.

    Args:
        words: the lists of `page-markup`.
    """

    def __init__(self, words: WordLists) -> None:
        self._hints = {name: re.compile(words.choice(name)) for name in HINTS}
        self.of = lru_cache(maxsize=4096)(self._of)  # the blocks of a page share a few ancestors with few names

    def _of(self, names: str) -> frozenset[str]:
        """The hints in some names; matched in lower case, which takes a third of the time."""
        lower = names.lower()
        return (
            frozenset(name for name, pattern in self._hints.items() if pattern.search(lower)) if names else frozenset()
        )
