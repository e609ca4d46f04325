"""Why a page holds no article, told from simple signs, in a sentence for ops."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from offing.extract.consent import asks_for_consent
from offing.model.article import NoArticle, Obstacle

CHALLENGE = "the site asks visitors to prove that they are no machine (bot challenge)"
FRAMES = "the page is a set of frames; its text stands at other addresses"
PAYWALL = "the text is behind a paywall"
LOG_IN = "the page asks for a log-in"
CONSENT = "the page shows a consent form only"
SCRIPT = "the page makes its text by JavaScript"
NOT_FOUND = "the page says that it does not exist"
NOTHING = "the page has no text of an article"

# In the markup of a page on which no text was found.
_IN_PAGE: Mapping[str, Sequence[str]] = {
    CHALLENGE: (
        *(r"just a moment\.\.\.", "cf-chl-", "challenge-platform", "checking your browser", "ddos-guard", "incapsula"),
        *("attention required!", "are you a robot", "unusual traffic", "captcha", "access denied"),
    ),
    FRAMES: (r"<frameset\b",),
    PAYWALL: (
        *("paywall", "subscribe (?:now )?to (?:continue|read|keep)", "subscribers? only", "subscription required"),
        *("already a subscriber", "réservé aux abonnés", "solo para suscriptores", "exclusivo para assinantes"),
        *("только для подписчиков", "للمشتركين فقط"),
    ),
    LOG_IN: (
        *(r"type\s*=\s*[\"']?password", "please (?:log|sign) ?in", "log in to continue", "connectez-vous"),
        *("inicie sesión", "faça login", "请登录"),
    ),
    CONSENT: (
        "cookie[- ]?(?:consent|wall)",
        r"consent\.(?:google|yahoo)",
        "accept (?:all )?cookies",
        "before you continue",
    ),
    SCRIPT: (r"(?:enable|requires?|activate|turn on) javascript", "<noscript", r"id=[\"']?(?:root|app|__next)\b"),
}
# In the words of a short text: what it says can only be said by a page that withholds its text.
_IN_TEXT: Mapping[str, Sequence[str]] = {
    CHALLENGE: (
        *("just a moment", "checking your browser", "are you a robot", "unusual traffic from", "captcha"),
        "verify (?:that )?you are (?:a )?human",
    ),
    PAYWALL: (
        *("subscribe (?:now )?to (?:continue|read|keep)", "already a subscriber", "subscribers only"),
        *("réservé aux abonnés", "exclusivo para (?:suscriptores|assinantes)", "только для подписчиков"),
        "للمشتركين فقط",
    ),
    LOG_IN: ("(?:log|sign) in to (?:continue|read|view)", "session (?:has )?expired"),
    CONSENT: ("accept (?:all )?cookies", "before you continue to"),
    SCRIPT: ("(?:enable|requires?|activate|turn on) javascript",),
}
_IS_NOT_FOUND = (
    *(r"\b404\b", r"page not found\b", r"\bnot found\b", "page introuvable", "página no encontrada"),
    *("página não encontrada", "страница не найдена", "الصفحة غير موجودة", "页面不存在", "找不到(?:该)?页面"),
)
_OBSTACLES = {
    CHALLENGE: Obstacle.CHALLENGE,
    FRAMES: Obstacle.FRAMES,
    PAYWALL: Obstacle.PAYWALL,
    LOG_IN: Obstacle.LOG_IN,
    CONSENT: Obstacle.CONSENT,
    SCRIPT: Obstacle.SCRIPT,
    NOT_FOUND: Obstacle.NOT_FOUND,
}
LONGEST_NOTICE = 600  # characters; a page that only says why it shows nothing is no longer
_SEARCHED = 400_000  # characters of a page


def _any(phrases: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


_PAGE_SIGNS = {sentence: _any(phrases) for sentence, phrases in _IN_PAGE.items()}
_TEXT_SIGNS = {sentence: _any(phrases) for sentence, phrases in _IN_TEXT.items()}
_NOT_FOUND = _any(_IS_NOT_FOUND)


def why_no_text(page: str) -> NoArticle:
    """The likeliest reason why a page has no text of an article, from its markup."""
    head = page[:_SEARCHED]
    return _no_article(next((sentence for sentence, sign in _PAGE_SIGNS.items() if sign.search(head)), NOTHING))


def why_notice(title: str, text: str) -> NoArticle | None:
    """The reason that a page gives for being no article, or None where it gives none.

    A long text is believed to be one, unless its title says nothing but that there is none, or it asks for consent.
    """
    if _NOT_FOUND.fullmatch(title.strip()):
        return _no_article(NOT_FOUND)
    if asks_for_consent(text):
        return _no_article(CONSENT)
    if len(text) > LONGEST_NOTICE:
        return None
    if _NOT_FOUND.search(title):
        return _no_article(NOT_FOUND)
    whole = f"{title}\n{text}"
    found = next((sentence for sentence, sign in _TEXT_SIGNS.items() if sign.search(whole)), None)
    return _no_article(found) if found else None


def _no_article(sentence: str) -> NoArticle:
    return NoArticle(sentence, _OBSTACLES.get(sentence))
