"""What the names in a page's markup hint at, by the words that outlets of many countries and systems use."""

from __future__ import annotations

import re
from functools import lru_cache

from offing.model.page_words import WordLists

# By which the weights of the choice know them.
HINTS = (
    *("body", "caption", "share", "related", "sign_up", "comment", "author", "meta", "summary", "advert", "edge"),
    "quote",
)


class Hints:
    """Tells what names in markup hint at.

    Args:
        words: of `page-markup`.
    """

    def __init__(self, words: WordLists) -> None:
        self._hints = {name: re.compile(words.choice(name)) for name in HINTS}
        self.of = lru_cache(maxsize=4096)(self._of)  # the names of the few elements around the blocks of a page

    def _of(self, names: str) -> frozenset[str]:
        """What some names hint at; they are compared in lower case, which takes a third of the time."""
        lower = names.lower()
        return (
            frozenset(name for name, pattern in self._hints.items() if pattern.search(lower)) if names else frozenset()
        )
