"""Whether a text is what a page says of cookies and consent: a banner is all that came, beside an error or nothing.

Told by who speaks and of what: its sentences are addressed to the visitor, or spoken by the site, and are of cookies,
devices, partners and purposes. A report on such banners speaks of others.
"""

from __future__ import annotations

import re

from offing.model.page_words import WordLists

_LONGEST = 8000  # characters; what is longer is a page about cookies, or an article
_MOST = 0.6  # of the text, in sentences that ask for consent
_LEAST = 0.2  # of the text, in sentences that name cookies or consent itself
_SENTENCE = re.compile(r"[^.!?。！？؟]+[.!?。！？؟]*")


class Consent:
    """Tells banners that ask for consent.

    Args:
        words: of `page-notices`.
    """

    def __init__(self, words: WordLists) -> None:
        self._cookies, self._around, self._addressed = (
            _naming(words, part) for part in ("cookies", "around_cookies", "to_visitor")
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


def _naming(words: WordLists, part: str) -> re.Pattern[str]:
    """What finds one of the words of a list, whole, or one of those that count inside others, too."""
    return re.compile(rf"\b(?:{words.choice(part)})\b|{words.choice(f'{part}_unparted')}", re.IGNORECASE)
