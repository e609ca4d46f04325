"""Reads RSS 0.9x, 1.0, 2.0 and Atom with feedparser, which tolerates nearly everything but needs containment.

On some documents it raises out of `parse()` (docs/limits.md, L7), so each call is guarded; a document that it cannot
read is read item by item, so that only the bad item is lost.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import feedparser

from offing.model.sources.feed import FeedForm, NotAFeed, ParsedFeed
from offing.model.text.text import cut_bytes, plain
from offing.poll.documents.document import Document
from offing.poll.documents.entries import (
    LONGEST_TITLE,
    MOST_ENTRIES,
    MOST_LOOKED_AT,
    RawEntry,
    Source,
    announce,
    language_code,
)

_ITEM_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_ITEM_START = re.compile(r"<(?:\w+:)?(?:item|entry)(?=[\s>])", re.IGNORECASE)
_ROOT = re.compile(r"<((?:\w+:)?(?:rss|rdf|feed|channel))(?=[\s>/])", re.IGNORECASE)
_CHANNEL = re.compile(r"<channel(?=[\s>])", re.IGNORECASE)
_PERIODS = {"hourly": 60, "daily": 1440, "dayly": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
_LONGEST_TTL = 525_600  # minutes; a year
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,6})?", re.ASCII)
_MIDNIGHT = 24
_LONGEST_SKIP = 2000  # characters
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DATES = ("published", "updated", "created")
_Parsed = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Shape:
    """A document cut to one root element: `text` with its end tag, added if missing.

    `unread` counts the items removed from the middle of an oversized document.
    """

    text: str
    masked: str
    end: str
    trouble: tuple[str, ...] = ()
    whole: bool = True
    unread: int = 0


@dataclass(frozen=True, slots=True)
class _Found:
    """The feedparser result for a document, read whole or item by item."""

    parsed: _Parsed
    entries: tuple[_Parsed, ...]
    trouble: tuple[str, ...] = ()


def read_syndication(document: Document, source: Source) -> ParsedFeed | NotAFeed:
    """Return the entries of an RSS or Atom document, or why nothing in it can be read."""
    shape = _thinned(_shaped(document))
    found = _found(shape)
    if found is None:
        return NotAFeed("the document looks like a feed, but no reader can make sense of it")
    channel: _Parsed = found.parsed["feed"]
    language = language_code(_text(channel, "language"))
    source = Source(source.url, source.now, source.zone, language)
    trouble = (*document.trouble, *shape.trouble, *found.trouble)
    entries, problems = announce([_raw(entry) for entry in found.entries], source, trouble, shape.unread)
    is_atom = str(found.parsed.get("version", "")).startswith("atom")
    title = cut_bytes(plain(_text(channel, "title")), LONGEST_TITLE)
    # Hours (GMT) and days in which the channel asks not to be polled; 24 means midnight (RSS 0.91).
    hours = {
        int(hour) % _MIDNIGHT
        for hour in _skip_values(shape.masked, "hour")
        if hour.isdigit() and int(hour) <= _MIDNIGHT
    }
    days = {_DAYS.index(day) for name in _skip_values(shape.masked, "day") if (day := name[:3].lower()) in _DAYS}
    return ParsedFeed(
        FeedForm.ATOM if is_atom else FeedForm.RSS,
        title,
        entries,
        _ttl(channel),
        language,
        problems,
        whole=document.whole and shape.whole,
        skip_hours=frozenset(hours),
        skip_days=frozenset(days),
    )


def _shaped(document: Document) -> _Shape:
    """Return one root element: nothing after its end tag; if that is missing, only complete items before it."""
    root = _ROOT.search(document.masked)
    name = root[1] if root else "rss"
    channel = "</channel>" if _CHANNEL.search(document.masked) and name.lower() == "rss" else ""
    closing = f"{channel}</{name}>"
    end = re.search(rf"</{re.escape(name)}\s*>", document.masked, re.IGNORECASE)
    if end:
        stop, behind = end.end(), document.masked[end.end() :].strip()
        trouble = ("there is text behind the end of the feed; it was left out",) if behind else ()
        return _Shape(document.text[:stop], document.masked[:stop], closing, trouble)
    *_, last = [0, *(item.end() for item in _ITEM_END.finditer(document.masked))]
    start = _ITEM_START.search(document.masked)
    stop = last or (start.start() if start else len(document.masked))
    cut = "the document is cut off; whole entries before the cut were taken"
    return _Shape(document.text[:stop] + closing, document.masked[:stop] + closing, closing, (cut,), whole=False)


def _thinned(shape: _Shape) -> _Shape:
    """Return the document without the middle of too many items; feedparser needs some seconds for ten thousand."""
    spans = list(_items(shape.masked))
    if len(spans) <= 2 * MOST_LOOKED_AT:
        return shape
    start, stop = spans[MOST_LOOKED_AT][0], spans[-MOST_LOOKED_AT][0]
    text, masked = (whole[:start] + whole[stop:] for whole in (shape.text, shape.masked))
    return replace(shape, text=text, masked=masked, unread=len(spans) - 2 * MOST_LOOKED_AT)


def _found(shape: _Shape) -> _Found | None:
    """Return what feedparser reads in a document, item by item if it fails on the whole; None if it reads nothing."""
    if (parsed := _parse(shape.text)) is not None:
        trouble: tuple[str, ...] = ()
        if parsed.get("bozo") and shape.whole:
            # The message is without the parser's line numbers, which are not the document's.
            fault = plain(str(parsed.get("bozo_exception", ""))).split(": ", 1)[-1][:80]
            trouble = (f"it is not well-formed XML ({fault}); it was read leniently",)
        return _Found(parsed, tuple(parsed["entries"]), trouble)
    spans = list(_items(shape.masked))[:MOST_ENTRIES]
    head = shape.text[: spans[0][0]] if spans else ""
    parts = [_parse(head + shape.text[start:end] + shape.end) for start, end in spans]
    lost = tuple(f"entry {number} cannot be read" for number, part in enumerate(parts, 1) if part is None)
    read = [part for part in parts if part is not None]
    if not read:
        return None
    return _Found(read[0], tuple(entry for part in read for entry in part["entries"]), lost)


def _items(masked: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each item, in linear time."""
    ends = _ITEM_END.finditer(masked)
    stop = 0
    for start in _ITEM_START.finditer(masked):
        if start.start() < stop:
            continue
        stop = next((end.end() for end in ends if end.start() > start.start()), 0)
        if not stop:
            return
        yield start.start(), stop


def _parse(text: str) -> _Parsed | None:
    """Return the feedparser result for a document; None if it raises.

    It is not given the document's address, because it would resolve guids that are no addresses against it.
    """
    headers = {"content-type": "application/xml; charset=utf-8"}
    body = io.BytesIO(text.encode("utf-8", "replace"))
    try:
        parsed: _Parsed = feedparser.parse(
            body, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception:  # noqa: BLE001 - feedparser lets errors of any kind escape (L7); what is lost is reported
        return None
    return parsed


def _raw(entry: _Parsed) -> RawEntry:
    """Return an item as feedparser read it."""
    contents = (str(content.get("value") or "") for content in _value(entry, "content") or [])
    return RawEntry(
        links=tuple(_links(entry)),
        guid=_text(entry, "id"),
        title=_text(entry, "title"),
        summary=_text(entry, "summary") or next(contents, ""),
        published=next((text for key in _DATES if (text := _text(entry, key))), ""),
        updated=_text(entry, "updated"),
        author=_text(entry, "author"),
        language=str((_value(entry, "title_detail") or {}).get("language") or ""),
    )


def _links(entry: _Parsed) -> Iterator[str]:
    """Yield an entry's links, the likeliest page first."""
    yield _text(entry, "feedburner_origlink")
    links = [link for link in _value(entry, "links") or [] if link.get("href")]
    for rel in ("alternate", None):
        for link in links:
            if link.get("rel") == rel and "html" in (link.get("type") or "html"):
                yield str(link["href"])
    link, guid = _text(entry, "link"), _text(entry, "id")
    if link != guid:  # feedparser substitutes the guid for a missing link
        yield link
    yield from (str(link["href"]) for link in links if link.get("rel") not in ("enclosure", "self", "replies"))
    if "://" in guid:
        yield guid


def _value(entry: _Parsed, key: str) -> Any:
    """Return the value under a key. feedparser's own `get` substitutes one date for an absent other and warns."""
    return dict.get(entry, key) if isinstance(entry, dict) else None


def _text(entry: _Parsed, key: str) -> str:
    value = _value(entry, key)
    return value if isinstance(value, str) else ""


def _ttl(channel: _Parsed) -> int | None:
    """Return the minutes for which a feed promises not to change: `ttl`, else the period of the syndication module."""
    ttl = _positive(_text(channel, "ttl"))
    if ttl:
        return max(1, round(ttl))
    period = _PERIODS.get(_text(channel, "sy_updateperiod").strip().lower())
    frequency = _positive(_text(channel, "sy_updatefrequency")) or 1
    return max(1, round(min(period / frequency, _LONGEST_TTL))) if period else None


def _positive(text: str) -> float | None:
    """Return a positive number as feeds write it; 0.1 times a day occurs, and means every ten days."""
    found = _NUMBER.fullmatch(text.strip())
    number = float(text) if found else 0.0
    return number if 0 < number <= _LONGEST_TTL else None


def _skip_values(masked: str, unit: str) -> list[str]:
    """Return the values in the first `skipHours` or `skipDays`."""
    start = re.search(rf"<skip{unit}s>", masked, re.IGNORECASE)
    block = masked[start.end() : start.end() + _LONGEST_SKIP] if start else ""
    inside = re.split(rf"</skip{unit}s>", block, maxsplit=1, flags=re.IGNORECASE)[0]
    return re.findall(rf"<{unit}>\s*(\w{{1,12}})\s*</{unit}>", inside, re.IGNORECASE)
