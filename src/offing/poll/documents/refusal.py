"""Explains why a document is no feed, in a sentence that says what to do. A block page is never "no news"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urljoin

from lxml import etree, html

from offing.model.sources.feed import NotAFeed
from offing.model.text.text import clean_text
from offing.urls import canonical_url

_SEARCHED = 300_000  # characters of a page
_SHOWN = 80
_OBSTACLES: Mapping[str, Sequence[str]] = {
    "the site asks visitors to prove that they are no machine (bot challenge)": (
        *(r"just a moment\.\.\.", "cf-chl-", "challenge-platform", "checking your browser", "ddos-guard", "incapsula"),
        *("attention required!", "are you a robot", "unusual traffic", "captcha"),
    ),
    "the site blocks us (access denied)": (
        "access denied",
        "request blocked",
        r"\b403 forbidden",
        "you have been blocked",
    ),
    "the answer is a log-in page, as captive portals and paywalls send": (
        *(r"type\s*=\s*[\"']?password", "please (?:log|sign) ?in", "captive portal", "hotspot log-?in"),
    ),
    "the answer is a page that says that there is nothing at this address": (
        *(r"\b404\b", "page not found", "page introuvable", "página no encontrada", "página não encontrada"),
        *("страница не найдена", "页面不存在"),
    ),
}
_COMPILED = {reason: re.compile("|".join(signs), re.IGNORECASE) for reason, signs in _OBSTACLES.items()}
_ADVICE = (
    "`offing feeds discover URL` finds the feeds of its site, or watch the page itself (`offing feeds add --page`)."
)
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")


def why_html(text: str, url: str) -> NotAFeed:
    """Return what the HTML page at a feed's address is, and the feed that it advertises."""
    sign = obstacle_of(text)
    suggestion = next(_advertised(text[:_SEARCHED], url), None)
    return NotAFeed(f"{sign or 'the answer is an HTML page'}, not a feed", suggestion, "" if sign else _ADVICE)


def obstacle_of(text: str) -> str:
    """Return what keeps us from a page (block, log-in …), by the page's own wording; "" if there is no sign."""
    page = text[:_SEARCHED]
    return next((reason for reason, sign in _COMPILED.items() if sign.search(page)), "")


def no_feed(text: str) -> NotAFeed:
    """Return what a document is that is neither feed markup nor a page."""
    return NotAFeed(f"the answer is no feed; it begins with {clean_text(text[: 4 * _SHOWN])[:_SHOWN]!r}")


def _advertised(page: str, url: str) -> Iterator[str]:
    """Yield the feeds that a page advertises in its head, other than the requested address."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=False, no_network=True)
    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # a page that ends within its first tag is "empty"
        return
    for link in tree.iter("link"):
        is_feed = (link.get("type") or "").strip().lower() in _FEED_TYPES
        if is_feed and "alternate" in (link.get("rel") or "").lower():
            try:
                address = canonical_url(urljoin(url, link.get("href") or ""))
            except ValueError:
                continue
            if address != url:
                yield address
