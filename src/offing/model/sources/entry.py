"""An entry: one item as a feed announced it; not the article.

`AnnouncedEntry` (in a document) → `DueEntry` (stored, its page is to be fetched) → `Announcement` (what remains
of it if the page is not available).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

PASTED_HOST = "pasted.invalid"  # of texts that a person pasted and that have no address on the web (RFC 2606)


def is_pasted(url: str) -> bool:
    """Whether an address only stands in for a pasted text that has none, so that nobody can open it."""
    return url.partition("://")[2].partition("/")[0] == PASTED_HOST


@dataclass(frozen=True, slots=True)
class AnnouncedEntry:
    """One item of a feed's document.

    `key` identifies it within its feed (hex SHA-256; see `offing.poll.documents.entry_keys`), `url_key` identifies the
    page across all feeds (see `offing.urls.url_key`). `published` is aware UTC, or None if the feed's raw
    text (`published_raw`) gives no plausible date; `updated` likewise for the last change that the feed
    announces. All strings are plain text, cleaned.
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
class KnownPage:
    """A page that was fetched before, with the validators for a conditional request."""

    id: int
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class DueEntry:
    """A stored entry whose page is to be fetched. `tries` counts the failed attempts so far.

    `known` is set if its page already has an article and is fetched again because the feed announced a change.
    """

    id: int
    feed_id: int | None
    url: str
    tries: int = 0
    known: KnownPage | None = None


@dataclass(frozen=True, slots=True)
class Announcement:
    """What the feed announced about a stored entry: a substitute source if the page itself is not available."""

    url: str
    title: str
    summary: str
    published: datetime | None = None
    author: str | None = None
    language: str | None = None
    outlet: str = ""
