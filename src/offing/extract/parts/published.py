"""Finds an article's publication date and its source: the page's markup first, then its address, then its feed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from lxml import etree, html

from offing.extract.markup.structured_metadata import StructuredMetadata
from offing.model.sources.page_words import PageWords
from offing.model.text.dates import EARLIEST, FUTURE, plausible, read_date
from offing.model.text.text import clean_text

_SAME_NEWS = timedelta(hours=36)  # a bare day and a moment this close agree, allowing for time zones
_META = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished", "pubdate"),
    *("publishdate", "publish_date", "publish-date", "publication_date", "publicationdate", "date_published"),
    *("published_time", "article:published", "article.published", "parsely-pub-date", "sailthru.date"),
    *("dc.date.issued", "dc.date.created", "dcterms.created", "dcterms.date", "dc.date", "weibo:article:create_at"),
    *("article:create_at", "article_date_original", "original-publish-date", "bt:pubdate", "apub:time"),
    *("cxenseparse:recs:publishtime", "rnews:datepublished", "date"),
)
_IN_ADDRESS = re.compile(
    r"/(?P<year>(?:19|20)\d{2})(?:[/-]?(?P<month>[01]\d)[/-]?(?P<day>[0-3]\d)(?=[/_.-]|$|\d{3,})"
    r"|/(?P<month1>1?\d)/(?P<day1>[1-3]?\d)(?=/))"
)
_LONGEST = 80
_MOST_ELEMENTS = 40
_AROUND_TIME = re.compile(r" ?[|•·] ?")


class DateSource(StrEnum):
    """Where the date of an article was found."""

    RULE = "outlet-rule"
    DATA = "json-ld"
    META = "meta"
    TIME = "time"
    TEXT = "text"
    ADDRESS = "url"
    ENTRY = "entry"
    GUESS = "guess"
    DOCUMENT = "document"
    NONE = "none"


_SHOWN = (
    DateSource.TIME,
    DateSource.TEXT,
)  # shown to readers, who see which of several dates on a page is the article's


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known about a page's date besides its markup: address, feed's date, time now, zone of its bare times."""

    url: str
    announced: datetime | None
    now: datetime
    zone: str | None = None


class DateWords:
    """Recognises markup that holds a date, and words before a date.

    Args:
        words: the page words.
    """

    def __init__(self, words: PageWords) -> None:
        choice = words.lines.choice
        before = choice("before_days")
        self._marked = re.compile(rf"(?:^|[\s_-])(?:{words.markup.choice('dates')})(?:$|[\s_-])", re.IGNORECASE)
        self._lead = re.compile(rf"^\W*(?:{choice('dated')})\w*(?:\s+(?:{before}))?[\s:：]*", re.IGNORECASE)
        self._lead_in_print = re.compile(
            rf"^.{{0,60}}?(?:\b(?:{choice('dated_in_print')})\b|{choice('dated_in_print_unparted')}|,|،|，|[–—:|])"
            rf"\s*[:：]?\s*(?:(?:{before}) )?",
            re.IGNORECASE,
        )

    def is_marked(self, names: str) -> bool:
        """Whether an element's names mark it as a date."""
        return bool(self._marked.search(names))

    def without_lead(self, text: str) -> str:
        """A text without the words before the date with which it begins."""
        return self._lead.sub("", text)

    def without_lead_in_print(self, text: str) -> str:
        """A printed line without what precedes a date: a place, or a word for it."""
        return self._lead_in_print.sub("", text)


def published_at(
    tree: html.HtmlElement, metadata: StructuredMetadata, setting: Setting, words: DateWords
) -> tuple[datetime | None, DateSource]:
    """The moment of publication in UTC and its source; None if no plausible one is found.

    A bare day, or a time in plain text with unknown zone, is replaced by the feed's moment if they agree.
    """
    announced = plausible(setting.announced, setting.now)
    match = _IN_ADDRESS.search(setting.url)
    raw = "-".join(filter(None, match.groups())) if match else ""
    addressed = read_date(raw, setting.now, setting.zone) if match else None
    for raw, source in _stated(tree, metadata, words):
        found = read_date(raw, setting.now, setting.zone)
        if found and addressed and source in _SHOWN and abs(found - addressed) > _SAME_NEWS:
            break  # the date of another article, of a comment, or of a change
        if found:
            return sharpened(found, source, announced)
    if addressed:
        return sharpened(addressed, DateSource.ADDRESS, announced)
    if announced:
        return announced, DateSource.ENTRY
    guess = _guessed(tree, setting.url, setting.now)
    return guess, DateSource.GUESS if guess else DateSource.NONE


def _stated(tree: html.HtmlElement, metadata: StructuredMetadata, words: DateWords) -> Iterator[tuple[str, DateSource]]:
    """The dates in the page's markup, most trusted first."""
    yield metadata.first_value("datePublished"), DateSource.DATA
    for name in _META:
        yield metadata.first_meta(name), DateSource.META
    for element in tree.xpath("//*[@itemprop='datePublished' or @pubdate]")[:_MOST_ELEMENTS]:
        for text in (element.get("datetime"), element.get("content"), element.text_content()):
            yield clean_text(text or ""), DateSource.TIME
    for element in tree.xpath("(//article | //main | //header)//time[@datetime] | //time[@datetime]")[:1]:
        yield clean_text(element.get("datetime")), DateSource.TIME
    for text in _visible(tree, words):
        yield text, DateSource.TEXT


def _visible(tree: html.HtmlElement, words: DateWords) -> Iterator[str]:
    """Short texts near the headline: those marked as date or in small type, then any before the first paragraph."""
    heading = next(tree.iter("h1", "h2"), None)
    near = [] if heading is None else heading.xpath("following::*[position() <= $most]", most=_MOST_ELEMENTS)
    marked, others, is_above = [], [], True
    for element in near:
        text = clean_text(element.text_content())
        is_above = is_above and not (element.tag == "p" and len(text) > _LONGEST)
        if not 0 < len(text) <= _LONGEST:
            continue
        if element.tag in ("small", "time") or words.is_marked(f"{element.get('class')} {element.get('id')}"):
            marked.append(text)
        elif is_above:
            others.append(text)
    for text in (*marked, *others):
        yield from (words.without_lead(part) for part in (text, *_AROUND_TIME.split(text)))


def sharpened(found: datetime, source: DateSource, announced: datetime | None) -> tuple[datetime, DateSource]:
    """A date and its source; the feed's moment if the date is a bare day, or plain text, and they agree."""
    is_vague = source is DateSource.TEXT or found.time() == datetime.min.time()
    if announced and is_vague and abs(announced - found) <= _SAME_NEWS:
        return announced, DateSource.ENTRY
    return found, source


def _guessed(tree: html.HtmlElement, url: str, now: datetime) -> datetime | None:
    """The last resort, for pages that no feed announced: the date that the page's text seems to give."""
    from htmldate import find_date  # heavy import, rarely needed

    try:
        found = find_date(
            tree, extensive_search=False, original_date=True, url=url or None, min_date=EARLIEST.replace(tzinfo=None),
            max_date=(now + FUTURE).replace(tzinfo=None),
        )  # fmt: skip
    except (ValueError, TypeError, etree.LxmlError, OverflowError):  # raised by its parsers on odd pages
        return None
    return plausible(datetime.fromisoformat(found).replace(tzinfo=UTC), now) if found else None
