"""Extracts an article, with its page numbers, from a PDF: press releases and official journals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import PurePosixPath

from offing.extract.markup.folded_letters import folded_letters
from offing.extract.markup.pdf_lines import PrintedPages, read_lines
from offing.extract.markup.pdf_paragraphs import Paragraph, paragraphs_of
from offing.extract.page_readers import PageReaders
from offing.extract.parts.language import language_of
from offing.extract.parts.published import DateSource, sharpened
from offing.model.sources.article import ExtractedArticle, NoArticle
from offing.model.sources.page import StoredPage
from offing.model.text.dates import plausible, read_date
from offing.model.text.language_words import LanguageWords
from offing.model.text.text import clean_text, cut_bytes, plain, shorten_tokens
from offing.urls import canonical_url, host_of

METHOD = "pdf"
LONGEST_TEXT = 200_000  # characters, docs/limits.md, Sizes
_SHORTEST_TEXT = 80
_SIGNATURE = b"%PDF-"
_LOOKED_AT = 1024  # bytes in which the signature may stand (ISO 32000, annex H)
_LONGEST_TITLE = 250
_SHORTEST_TITLE = 8
_LARGER = 1.15  # times the text size: a heading
_NEAR_TOP = 12  # paragraphs of the first page among which title and date stand
_LONGEST_DATELINE = 120
_FILE_NAME = re.compile(
    r"^(?:microsoft (?:word|powerpoint) - )|\.(?:docx?|pdf|indd|odt|pptx?|rtf)$|^untitled", re.IGNORECASE
)
_PDF_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?(?:(Z)|([+-]\d{2})'?(\d{2})?)?")


def is_pdf(body: bytes, content_type: str) -> bool:
    """Whether bytes are a PDF document, or are labelled as one."""
    return _SIGNATURE in body[:_LOOKED_AT] or content_type.lower().startswith("application/pdf")


def read_pdf(
    page: StoredPage, now: datetime, language_words: LanguageWords, readers: PageReaders
) -> ExtractedArticle | NoArticle:
    """The article in a PDF document, or why there is none.

    Args:
        page: the stored document with what its entry and feed state.
        now: aware UTC; no date later than two days from it is believed.
        language_words: the signs for language identification.
        readers: the readers of page parts.
    """
    read = read_lines(page.body)
    if isinstance(read, str):
        return NoArticle(read)
    found = paragraphs_of(read.pages, readers.numbers)
    title = _title(found, read.data, page)
    heading = next(
        (place for place, each in enumerate(found) if folded_letters(each.text) == folded_letters(title)), None
    )
    kept, cut = _within_limit([each for place, each in enumerate(found) if place != heading])
    if sum(len(each.text) for each in kept) < _SHORTEST_TEXT:
        return NoArticle("the PDF document has no text; its pages may be pictures (a scan)")
    top = [each.text for each in found[:_NEAR_TOP] if each.page == 1 and len(each.text) <= _LONGEST_DATELINE]
    # Each text both whole and without the place or word before a date.
    datelines = (part.strip(" .") for text in top for part in (text, readers.dates.without_lead_in_print(text)))
    when, source = _published(datelines, read, page, now)
    paragraphs = tuple(each.text for each in kept)
    return ExtractedArticle(
        url=canonical_url(page.final_url),
        title=title,
        paragraphs=paragraphs,
        language=language_of("\n".join((title, *paragraphs)), language_words, page.language),
        published=when,
        published_source=str(source),
        author=None,
        outlet=page.outlet or host_of(page.final_url),
        method=METHOD,
        cut=cut or read.cut,
        pages=tuple(each.page for each in kept),
    )


def _within_limit(found: Sequence[Paragraph]) -> tuple[list[Paragraph], bool]:
    """The cleaned paragraphs up to the length limit, and whether there are more."""
    cleaned: list[Paragraph] = []
    left = LONGEST_TEXT
    for each in found:
        text = clean_text(shorten_tokens(each.text)[:left])
        if text:
            cleaned.append(Paragraph(text, each.page, each.size))
        left -= len(each.text)
        if left <= 0:
            return cleaned, True
    return cleaned, False


def _title(found: Sequence[Paragraph], data: Mapping[str, str], page: StoredPage) -> str:
    """The headline: the document's own title if on the first page, the largest text there, or the feed's title."""
    first = [each for each in found if each.page == 1]
    own, announced = plain(data.get("Title", "")), plain(page.title)
    shown = folded_letters(" ".join(each.text for each in first))
    for title in (own, announced):
        if len(title) >= _SHORTEST_TITLE and not _FILE_NAME.search(title) and folded_letters(title) in shown:
            return cut_bytes(title, 1024)
    name = PurePosixPath(page.final_url).stem
    line = next((each.text for each in first if len(each.text) <= _LONGEST_TITLE and not each.text.endswith(".")), "")
    # The largest type near the top, if it is larger than that of the text.
    sizes = sorted(each.size for each in found for _ in range(max(1, len(each.text) // 20)))
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    top = [each for each in first[:_NEAR_TOP] if _SHORTEST_TITLE <= len(each.text) <= _LONGEST_TITLE]
    largest = max((each.size for each in top), default=0.0)
    heading = next((each.text for each in top if each.size == largest >= _LARGER * usual), "")
    return cut_bytes(heading or announced or line or own or name, 1024)


def _published(
    datelines: Iterable[str], read: PrintedPages, page: StoredPage, now: datetime
) -> tuple[datetime | None, DateSource]:
    """The date near the top of the text, else the feed's, else the document's creation date."""
    announced = plausible(page.published, now)
    for raw in datelines:
        moment = read_date(raw, now)
        if moment:
            return sharpened(moment, DateSource.TEXT, announced)
    if announced:
        return announced, DateSource.ENTRY
    match = _PDF_DATE.match(read.data.get("CreationDate", ""))
    if match is None:
        return None, DateSource.NONE
    year, month, day, hour, minute, _, _, zone_hours, zone_minutes = match.groups()
    clock = f" {hour}:{minute} {zone_hours or '+00'}{zone_minutes or '00'}" if hour and minute else ""
    created = read_date(f"{year}-{month}-{day}{clock}", now)
    return created, DateSource.DOCUMENT if created else DateSource.NONE
