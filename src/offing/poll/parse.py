"""Reading a feed's document: RSS, Atom, JSON Feed, sitemap. Pure; runs in a worker process."""

from __future__ import annotations

from datetime import datetime

from offing.model.feed import NotAFeed, ParsedFeed
from offing.poll.document import Kind, read_document
from offing.poll.entries import Source
from offing.poll.json_feed import read_json
from offing.poll.sitemap import read_sitemap
from offing.poll.syndication import read_syndication

_READERS = {Kind.FEED: read_syndication, Kind.JSON: read_json, Kind.SITEMAP: read_sitemap}


def parse_feed(
    body: bytes, content_type: str, url: str, now: datetime, timezone: str | None = None
) -> ParsedFeed | NotAFeed:
    """What a document announces, or why it announces nothing.

    Args:
        body: the answer's body, unpacked from transfer; a gzip file is unpacked here.
        content_type: the header; it is believed on the encoding only.
        url: the address that answered, against which links are resolved.
        now: aware UTC; no date later than two days from it is believed.
        timezone: IANA name of the zone in which the feed means dates without one.
    """
    document = read_document(body, content_type, url)
    if isinstance(document, NotAFeed):
        return document
    return _READERS[document.kind](document, Source(url, now, timezone))
