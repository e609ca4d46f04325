"""Reads articles from what a caller holds: a text, a page as HTML, or a file of either or of PDF."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from offing.errors import UsageError
from offing.extract import extract_article, own_address
from offing.extract.address import UNKNOWN_ADDRESS
from offing.extract.body.pdf import is_pdf
from offing.model.sources.article import PARAGRAPH_BREAK, Article, ExtractedArticle, NoArticle
from offing.model.sources.page import StoredPage
from offing.model.sources.page_words import ExtractionRules
from offing.model.values.iso import languages
from offing.services.analysis.analyse import article_of
from offing.urls import domain_of

Source = str | bytes | Path
_HTML_NAMES = frozenset({".html", ".htm", ".xhtml"})
_MARKUP = re.compile(r"\s*<(?:!doctype\b|!--|\?xml\b|[a-z][a-z0-9]*[\s/>])", re.IGNORECASE)
_FILE_NAME = re.compile(r"\S{1,250}\.(?:x?html?|pdf|txt)", re.IGNORECASE)
_START = 1024  # bytes in which markup begins


@dataclass(frozen=True, slots=True)
class ArticleHints:
    """What the caller knows of an article: it counts for more than what the article says itself."""

    title: str = ""
    language: str = ""
    published: date | None = None
    url: str = ""
    outlet: str = ""

    @property
    def moment(self) -> datetime | None:
        """When it was published; a date without a time or zone counts as UTC."""
        if self.published is None:
            return None
        if not isinstance(self.published, datetime):
            return datetime.combine(self.published, time(), UTC)
        return self.published if self.published.tzinfo else self.published.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SourceReader:
    """Reads articles; `country_of` returns the country in an outlet's name (`Analyst.country_of`)."""

    rules: ExtractionRules
    country_of: Callable[[str, str], str | None]

    def article(self, source: Source, given: ArticleHints, now: datetime) -> Article | NoArticle:
        """Return the article in a source, or the reason why a page has none.

        Args:
            source: a text, a page, or a file.
            given: what is known of the article beside it.
            now: aware UTC; no date later than two days from it is believed.

        Raises:
            UsageError: the source is empty or cannot be read, or the language has no code.
            MissingExtra: it is a PDF document, and the library that reads it is not installed.
        """
        _check_language(given.language)
        content = _text_or_page(source)
        if not content.strip():
            raise UsageError(f"{_named(source)} is empty")
        return self._of_text(content, given) if isinstance(content, str) else self._of_page(content, given, now)

    def _of_text(self, text: str, given: ArticleHints) -> Article:
        title, body = (given.title, text.strip()) if given.title else _parted(text.strip())
        published = given.moment.isoformat() if given.moment else None
        row = {"id": 0, "title": title, "text": body, "lang": given.language, "outlet": given.outlet}
        return article_of(
            row | {"url": given.url, "published": published}, 0, self.country_of, self.rules.language_words
        )

    def _of_page(self, body: bytes, given: ArticleHints, now: datetime) -> Article | NoArticle:
        url = given.url or own_address(body) or UNKNOWN_ADDRESS
        page = StoredPage(0, 0, url, url, "", body, now, given.title, given.moment, given.language, given.outlet)
        found = extract_article(page, now, self.rules)
        return found if isinstance(found, NoArticle) else self._article(found, given, is_known=url != UNKNOWN_ADDRESS)

    def _article(self, found: ExtractedArticle, given: ArticleHints, *, is_known: bool) -> Article:
        language = given.language[:2].lower() or found.language
        outlet = given.outlet or (found.outlet if found.outlet not in UNKNOWN_ADDRESS else "")
        return Article(
            id=0,
            title=given.title or found.title,
            paragraphs=found.paragraphs,
            language=language,
            url=found.url if is_known else "",
            outlet=outlet,
            domain=domain_of(found.url) if is_known else "",
            published=given.moment or found.published,
            country=self.country_of(outlet, language),
            completeness=found.completeness,
            completeness_sign=found.completeness_sign,
        )


def _check_language(language: str) -> None:
    """Refuse what is no language: no wording would be found in the text, without a word about it."""
    if language and (not re.match(r"[a-z]{2}(?![a-z])", language.lower()) or language[:2].lower() not in languages()):
        raise UsageError(
            f"there is no language {language!r}: give a code of ISO 639-1 such as 'en', or none to have it identified"
        )


def _text_or_page(source: Source) -> str | bytes:
    """Return a text as characters, a page (HTML or PDF) as bytes."""
    if isinstance(source, str):
        if _FILE_NAME.fullmatch(source):
            raise UsageError(f"{source!r} is a text, but reads like the name of a file: give Path({source!r})")
        return source.encode("utf-8", "replace") if _MARKUP.match(source) else source.replace("\r\n", "\n")
    content = _content(source) if isinstance(source, Path) else source
    named = isinstance(source, Path) and source.suffix.lower() in _HTML_NAMES
    if named or is_pdf(content, "") or _MARKUP.match(_beginning(content)):
        return content
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise UsageError(f"{_named(source)} is neither HTML nor PDF nor text in UTF-8 (byte {error.start})") from error


def _beginning(content: bytes) -> str:
    """Return how a file begins, its ASCII letters at least: extraction finds out how its characters are written."""
    plain = content[:_START].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return plain.replace(b"\0", b"").decode("ascii", "replace")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error


def _named(source: Source) -> str:
    return f"the file {str(source)!r}" if isinstance(source, Path) else "the text"


def _parted(text: str) -> tuple[str, str]:
    """Return title and text: the first line is a title if an empty line follows it."""
    title, parted, rest = text.partition(PARAGRAPH_BREAK)
    return (title, rest.strip()) if parted and "\n" not in title else ("", text)
