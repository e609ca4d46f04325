"""Reads a feed document: RSS, Atom, JSON Feed, sitemap. Pure; runs in a worker process."""

from __future__ import annotations

from datetime import datetime

from offing.model.sources.feed import NotAFeed, ParsedFeed
from offing.poll.documents.document import DocumentReader, read_document
from offing.poll.documents.entries import Source
from offing.poll.documents.json_feed import read_json
from offing.poll.documents.sitemap import read_sitemap
from offing.poll.documents.syndication import read_syndication

_READERS = {DocumentReader.FEED: read_syndication, DocumentReader.JSON: read_json, DocumentReader.SITEMAP: read_sitemap}


def parse_feed(
    body: bytes, content_type: str, url: str, now: datetime, timezone: str | None = None
) -> ParsedFeed | NotAFeed:
    """Return the entries that a document announces, or why it announces none.

    Args:
        body: the answer's body, unpacked from transfer; a gzip file is unpacked here.
        content_type: the header; only its encoding is believed.
        url: the address that answered, against which links are resolved.
        now: aware UTC; no date later than two days from it is believed.
        timezone: IANA name of the zone for dates that state none.
    """
    document = read_document(body, content_type, url)
    if isinstance(document, NotAFeed):
        return document
    return _READERS[document.kind](document, Source(url, now, timezone))
