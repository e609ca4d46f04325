"""An article: title, main text, date, language and author extracted from a page.

`ExtractedArticle` (extracted) → `Article` (stored; the input of recognition and proposal).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from offing.model.values.vocabulary import SourceKind

PARAGRAPH_BREAK = "\n\n"


def article_text(title: str, paragraphs: tuple[str, ...]) -> str:
    """Return the text that all offsets of an article refer to: title, empty line, paragraphs."""
    return title + PARAGRAPH_BREAK + PARAGRAPH_BREAK.join(paragraphs)


def page_at(title: str, paragraphs: tuple[str, ...], pages: tuple[int, ...], offset: int) -> int | None:
    """Return the page of a printed document on which the paragraph containing an offset begins; None for a web page."""
    found, end = (pages[0] if pages else None), len(title)
    for paragraph, page in zip(paragraphs, pages, strict=False):
        if offset < end + len(PARAGRAPH_BREAK):
            break
        found, end = page, end + len(PARAGRAPH_BREAK) + len(paragraph)
    return found


class Completeness(StrEnum):
    """Whether a text is the whole article.

    complete       no sign to the contrary
    truncated      the page breaks off: "read more", an ellipsis at the end, markup that says there is more
    paywalled      the rest is for subscribers
    summary-only   the page was not available; the text is the summary from the feed
    """

    COMPLETE = "complete"
    TRUNCATED = "truncated"
    PAYWALLED = "paywalled"
    SUMMARY_ONLY = "summary-only"


@dataclass(frozen=True, slots=True)
class ExtractedArticle:
    """What extraction reads from a page. `language` is ISO 639-1, detected from the text.

    `completeness_sign` is a sentence on why the text is taken to be incomplete, empty if it is complete. For a printed
    document, `pages` gives the page on which each paragraph begins, counted from 1; it is empty for a web page.
    """

    url: str
    title: str
    paragraphs: tuple[str, ...]
    language: str
    published: datetime | None
    published_source: str
    author: str | None
    outlet: str
    method: str
    cut: bool = False
    completeness: Completeness = Completeness.COMPLETE
    completeness_sign: str = ""
    section: str = ""
    pages: tuple[int, ...] = ()


class Obstacle(StrEnum):
    """What blocks access to the text of a page that was answered with status 200."""

    CHALLENGE = "challenge"
    CONSENT = "consent"
    FRAMES = "frames"
    LOG_IN = "log-in"
    NOT_FOUND = "not-found"
    PAYWALL = "paywall"
    SCRIPT = "script"


@dataclass(frozen=True, slots=True)
class NoArticle:
    """A page without an article. `reason` is a sentence; `obstacle` is what blocked the text, if anything."""

    reason: str
    obstacle: Obstacle | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """An article as recognition and proposal read it; offsets of mentions and evidence refer to `text`.

    `withheld`: the publisher reserves the text, so everything but the quotes was masked. `publisher`: the kind of
    publisher behind its feed, None if no feed brought it.
    """

    id: int
    title: str
    paragraphs: tuple[str, ...]
    language: str
    url: str = ""
    outlet: str = ""
    domain: str = ""
    published: datetime | None = None
    country: str | None = None
    completeness: Completeness = Completeness.COMPLETE
    completeness_sign: str = ""
    withheld: bool = False
    publisher: SourceKind | None = None
    text: str = field(init=False, default="", repr=False, compare=False)

    def __post_init__(self) -> None:
        """Join the text once; frozen classes with slots can only be set through `object`."""
        object.__setattr__(self, "text", article_text(self.title, self.paragraphs))
