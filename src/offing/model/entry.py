"""An entry: one item as a feed announced it; not the article.

`AnnouncedEntry` (in a document) → `DueEntry` (stored, its page is to be fetched).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AnnouncedEntry:
    """One item of a feed's document.

    `key` identifies it within its feed (hex SHA-256; see `offing.poll.identity`), `url_key` identifies the
    page over all feeds (see `offing.urls.url_key`). `published` is aware UTC or None where the feed's own
    words (`published_raw`) give no plausible date, `updated` likewise for the last change that the feed
    tells of. All strings are plain text, cleaned.
    """

    key: str
    url: str
    url_key: str
    title: str = ""
    summary: str = ""
    guid: str | None = None
    published: datetime | None = None
    published_raw: str | None = None
    author: str | None = None
    language: str | None = None
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class DueEntry:
    """A stored entry whose page is to be fetched. `tries` counts the attempts that failed so far."""

    id: int
    feed_id: int | None
    url: str
    tries: int = 0
