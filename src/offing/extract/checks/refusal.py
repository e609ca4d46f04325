"""Explains from simple signs why a page holds no article, in a sentence for operators."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from offing.extract.checks.consent import Consent
from offing.model.sources.article import NoArticle, Obstacle
from offing.model.sources.page_words import WordLists

CHALLENGE = "the site asks visitors to prove that they are no machine (bot challenge)"
FRAMES = "the page is a set of frames; its text stands at other addresses"
PAYWALL = "the text is behind a paywall"
LOG_IN = "the page asks for a log-in"
CONSENT = "the page shows a consent form only"
SCRIPT = "the page makes its text by JavaScript"
NOT_FOUND = "the page says that it does not exist"
NOTHING = "the page has no text of an article"

# Markup with that meaning on a page without text; the words are in `config/wording/page-notices/`.
_MARKUP: Mapping[str, str] = {
    CHALLENGE: "cf-chl-|challenge-platform|ddos-guard|incapsula",
    FRAMES: r"<frameset\b",
    LOG_IN: r"type\s*=\s*[\"']?password",
    CONSENT: r"consent\.(?:google|yahoo)",
    SCRIPT: r"<noscript|id=[\"']?(?:root|app|__next)\b",
}
# Word lists, most specific first: for the markup of such a page, and for the words of a short text, which can only
# come from a page that withholds its text.
_IN_PAGE: Mapping[str, Sequence[str]] = {
    CHALLENGE: ("challenge", "challenge_in_page"),
    FRAMES: (),
    PAYWALL: ("paywall", "paywall_in_page"),
    LOG_IN: ("log_in_in_page",),
    CONSENT: ("consent", "consent_in_page"),
    SCRIPT: ("script",),
}
_IN_TEXT: Mapping[str, Sequence[str]] = {
    CHALLENGE: ("challenge", "challenge_in_text"),
    PAYWALL: ("paywall",),
    LOG_IN: ("log_in_in_text",),
    CONSENT: ("consent", "consent_in_text"),
    SCRIPT: ("script",),
}
_OBSTACLES = {
    CHALLENGE: Obstacle.CHALLENGE,
    FRAMES: Obstacle.FRAMES,
    PAYWALL: Obstacle.PAYWALL,
    LOG_IN: Obstacle.LOG_IN,
    CONSENT: Obstacle.CONSENT,
    SCRIPT: Obstacle.SCRIPT,
    NOT_FOUND: Obstacle.NOT_FOUND,
}
LONGEST_NOTICE = 600  # characters; a page that only explains why it shows nothing is no longer
_SEARCHED = 400_000  # characters of a page


class Refusals:
    """Explains why a page holds no article.

    Args:
        words: the lists of `page-notices`.
    """

    def __init__(self, words: WordLists) -> None:
        self._consent = Consent(words)
        self._in_page = {
            sentence: _any(_MARKUP.get(sentence, ""), words.choice(*parts)) for sentence, parts in _IN_PAGE.items()
        }
        self._in_text = {sentence: _any(words.choice(*parts)) for sentence, parts in _IN_TEXT.items()}
        self._not_found = _any(words.choice("not_found"))

    def why_no_text(self, page: str) -> NoArticle:
        """The likeliest reason why a page has no article text, from its markup."""
        head = page[:_SEARCHED]
        return _no_article(next((sentence for sentence, sign in self._in_page.items() if sign.search(head)), NOTHING))

    def why_notice(self, title: str, text: str) -> NoArticle | None:
        """The reason that a page itself gives for being no article, or None.

        A long text counts as an article, unless its title says only that there is none, or it asks for consent.
        """
        if self._not_found.fullmatch(title.strip()):
            return _no_article(NOT_FOUND)
        if self._consent.is_asked_for(text):
            return _no_article(CONSENT)
        if len(text) > LONGEST_NOTICE:
            return None
        if self._not_found.search(title):
            return _no_article(NOT_FOUND)
        whole = f"{title}\n{text}"
        found = next((sentence for sentence, sign in self._in_text.items() if sign.search(whole)), None)
        return _no_article(found) if found else None


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(filter(None, phrases)), re.IGNORECASE)


def _no_article(sentence: str) -> NoArticle:
    return NoArticle(sentence, _OBSTACLES.get(sentence))
