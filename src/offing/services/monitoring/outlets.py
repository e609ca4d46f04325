"""Tests every outlet rule on its test page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time

from offing.config.files.layers import Layers
from offing.config.sites.outlets import OutletTest, outlet_tests
from offing.config.wordings.page_words import load_page_words
from offing.errors import ConfigError
from offing.extract import extract_article
from offing.model.sources.article import ExtractedArticle, NoArticle
from offing.model.sources.outlet import OutletRules
from offing.model.sources.page import StoredPage
from offing.model.sources.page_words import ExtractionRules, PageWords


def check_outlets(layers: Layers, now: datetime) -> int:
    """Return how many outlet rules there are, after checking that each extracts from its test page what it promises.

    Raises:
        ConfigError: a rule cannot be read, or extracts something else; the message says what.
    """
    tests = outlet_tests(layers)
    words = load_page_words(layers)
    for test in tests:
        for fault in _faults(test, now, words):
            raise ConfigError(f"{test.place}: {fault}", test.page)
    return len(tests)


def _faults(test: OutletTest, now: datetime, words: PageWords) -> Iterator[str]:
    """Yield what a test page gives other than promised."""
    found = _drawn(test, now, words)
    if isinstance(found, NoArticle):
        yield f"the test page gives no article: {found.reason}"
        return
    if not found.method.startswith("outlet-rule") and test.rule.body:
        yield f"the selector of the body, {test.rule.body!r}, finds nothing on the test page"
    if found.method.endswith("+rule-missed"):
        yield "a selector finds nothing on the test page"
    stated = {"title": test.title, "published": test.date, "author": test.author, "section": test.section}
    for name, wanted in stated.items():
        if wanted is not None and getattr(found, name) != wanted:
            yield f"{name} is {getattr(found, name)!r}, not {wanted!r}"
    for wanted, paragraph in ((test.first, found.paragraphs[0]), (test.last, found.paragraphs[-1])):
        if not paragraph.startswith(wanted):
            yield f"a paragraph begins with {paragraph[: len(wanted) + 20]!r}, not with {wanted!r}"
    text = "\n".join(found.paragraphs)
    yield from (f"{phrase!r} stands in the text" for phrase in test.absent if phrase in text)


def _drawn(test: OutletTest, now: datetime, words: PageWords) -> ExtractedArticle | NoArticle:
    day = test.rule.valid_until or test.rule.valid_from or now.date()
    url = f"https://{test.rule.sites[0]}/test-page"
    fetched_at = datetime.combine(day, time(12), UTC)
    page = StoredPage(0, 0, url, url, "text/html; charset=utf-8", test.page.read_bytes(), fetched_at)
    return extract_article(page, now, ExtractionRules(words, OutletRules((test.rule,))))
