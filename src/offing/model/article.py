"""An article: title, main text, date, language and author drawn from a page.

`ExtractedArticle` (drawn) → `Article` (stored; what recognition and proposal read).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from offing.model.vocabulary import SourceKind

PARAGRAPH_BREAK = "\n\n"


def article_text(title: str, paragraphs: tuple[str, ...]) -> str:
    """The one text in which all offsets of an article count: title, empty line, paragraphs."""
    return title + PARAGRAPH_BREAK + PARAGRAPH_BREAK.join(paragraphs)


def page_at(title: str, paragraphs: tuple[str, ...], pages: tuple[int, ...], offset: int) -> int | None:
    """The page of a printed document on which the paragraph at an offset begins; None for a web page."""
    found, end = (pages[0] if pages else None), len(title)
    for paragraph, page in zip(paragraphs, pages, strict=False):
        if offset < end + len(PARAGRAPH_BREAK):
            break
        found, end = page, end + len(PARAGRAPH_BREAK) + len(paragraph)
    return found


class Completeness(StrEnum):
    """Whether a text is the whole article.

    complete       nothing tells otherwise
    truncated      the page breaks off: "read more", an ellipsis at the end, markup that says there is more
    paywalled      the rest is for subscribers
    summary-only   the page could not be had; the text is what its feed said of it
    """

    COMPLETE = "complete"
    TRUNCATED = "truncated"
    PAYWALLED = "paywalled"
    SUMMARY_ONLY = "summary-only"


@dataclass(frozen=True, slots=True)
class ExtractedArticle:
    """What extraction sees on a page. `language` is ISO 639-1, detected on the text.

    `completeness_sign` is a sentence on what told that the text is not whole, empty where it is. `pages` has for
    each paragraph of a printed document the page it begins on, counted from 1; a web page has none.
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
    """What stands between us and the text of a page that was answered with 200."""

    CHALLENGE = "challenge"
    CONSENT = "consent"
    FRAMES = "frames"
    LOG_IN = "log-in"
    NOT_FOUND = "not-found"
    PAYWALL = "paywall"
    SCRIPT = "script"


@dataclass(frozen=True, slots=True)
class NoArticle:
    """A page without an article in it. `reason` is a sentence; `obstacle` what kept the text from us, if any."""

    reason: str
    obstacle: Obstacle | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """An article as recognition and proposal read it; offsets of mentions and evidence count in `text`.

    `withheld`: its publisher reserves the text, so all but its quotes was masked. `publisher`: what kind of
    publisher stands behind its feed, None where no feed brought it.
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
        """Join the text once; slots of a frozen class are set through object."""
        object.__setattr__(self, "text", article_text(self.title, self.paragraphs))
