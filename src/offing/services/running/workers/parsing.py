"""Work on feeds in a worker: documents of publishers become entries."""

from __future__ import annotations

from datetime import datetime

from offing.model.sources.feed import FeedSpec, NotAFeed, ParsedFeed
from offing.model.sources.links import link_rule
from offing.poll import parse_feed, parse_links


def parse_job(body: bytes, content_type: str, url: str, now: datetime, zone: str | None) -> ParsedFeed | NotAFeed:
    """Return the parsed feed of a document."""
    return parse_feed(body, content_type, url, now, zone)


def parse_page_job(body: bytes, content_type: str, url: str, now: datetime, spec: FeedSpec) -> ParsedFeed | NotAFeed:
    """Return the links of a watched page as a feed."""
    return parse_links(body, content_type, url, now, link_rule(spec.links, spec.dates, spec.timezone))
