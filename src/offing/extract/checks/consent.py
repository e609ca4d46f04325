"""Recognises a cookie or consent banner that came as the whole text, with an error or nothing beside it.

The criteria are speaker and subject: sentences that address the visitor, or are spoken by the site, about cookies,
devices, partners and purposes. A report on such banners is about others.
"""

from __future__ import annotations

import re

from offing.model.sources.page_words import WordLists

_LONGEST = 8000  # characters; anything longer is a page about cookies, or an article
_MOST = 0.6  # of the text, in sentences that ask for consent
_LEAST = 0.2  # of the text, in sentences that name cookies or consent itself
_SENTENCE = re.compile(r"[^.!?。！？؟]+[.!?。！？؟]*")


class Consent:
    """Recognises consent banners.

    Args:
        words: the lists of `page-notices`.
    """

    def __init__(self, words: WordLists) -> None:
        # Whole words or, for some lists, also words inside others.
        self._cookies, self._around, self._addressed = (
            re.compile(rf"\b(?:{words.choice(part)})\b|{words.choice(f'{part}_unparted')}", re.IGNORECASE)
            for part in ("cookies", "around_cookies", "to_visitor")
        )

    def is_asked_for(self, text: str) -> bool:
        """Whether most of a text asks its reader for consent to cookies."""
        if len(text) > _LONGEST or not self._cookies.search(text):
            return False
        named = asking = 0
        for sentence in _SENTENCE.findall(text):
            if self._addressed.search(sentence):
                is_named = bool(self._cookies.search(sentence))
                named += len(sentence) if is_named else 0
                asking += len(sentence) if is_named or self._around.search(sentence) else 0
        return named >= _LEAST * len(text) and asking >= _MOST * len(text)
