"""Documents for tests of polling."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from offing.model.sources.feed import NotAFeed, ParsedFeed
from offing.poll import parse_feed

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://news.example/feed.xml"


def item(number: int = 1, **more: str) -> str:
    """One RSS item; `more` replaces or adds elements, "" takes one away. Values are XML."""
    parts = {
        "title": f"Title {number}",
        "link": f"https://news.example/{number}",
        "guid": f"id-{number}",
        "pubDate": "Tue, 05 Mar 2024 09:30:00 +0800",
        "description": "Summary",
    } | more
    return "<item>" + "".join(f"<{name}>{text}</{name}>" for name, text in parts.items() if text) + "</item>"


def rss(*items: str, channel: str = "<title>News</title>", head: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    """An RSS 2.0 document."""
    return f'{head}<rss version="2.0"><channel>{channel}{"".join(items)}</channel></rss>'


def atom(*entries: str, attributes: str = "") -> str:
    """An Atom document."""
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>News</title>{"".join(entries)}</feed>'


def json_feed(*items: object, **more: object) -> str:
    """A JSON Feed."""
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": items} | more)


def sitemap(*urls: str) -> str:
    """A news sitemap; each URL is the XML of one."""
    return (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{"".join(urls)}</urlset>'
    )


def page(loc: str, title: str = "T", date: str = "2024-03-05T09:30:00+08:00") -> str:
    """One page of a news sitemap."""
    return (
        f"<url><loc>{escape(loc)}</loc><news:news><news:publication><news:name>News</news:name><news:language>fr"
        f"</news:language></news:publication><news:publication_date>{date}</news:publication_date>"
        f"<news:title>{escape(title)}</news:title></news:news></url>"
    )


def parse(document: str | bytes, content_type: str = "application/xml", zone: str | None = None) -> ParsedFeed:
    """The feed in a document; fails where it is none."""
    found = parse_any(document, content_type, zone)
    assert isinstance(found, ParsedFeed), found
    return found


def refuse(document: str | bytes, content_type: str = "application/xml") -> NotAFeed:
    """Why a document is no feed; fails where it is one."""
    found = parse_any(document, content_type)
    assert isinstance(found, NotAFeed), found
    return found


def parse_any(document: str | bytes, content_type: str = "", zone: str | None = None) -> ParsedFeed | NotAFeed:
    """What `parse_feed` makes of a document."""
    return parse_feed(document.encode() if isinstance(document, str) else document, content_type, URL, NOW, zone)
