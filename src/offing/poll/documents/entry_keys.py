"""Defines when two entries are the same (docs/limits.md, Keys). Frozen under `RULES_VERSION`.

Within its feed an entry is identified by its guid; if that is missing or shared by several entries of one document, by
its link; if the link is shared as well, by title and day. Across feeds a page is identified by `offing.urls.url_key`.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

RULES_VERSION = 1
_SCHEME = re.compile(r"^https?://", re.IGNORECASE)


def guid_of(raw: str) -> str:
    """Return a guid normalised for comparison: stripped, and without scheme, since feeds move from http to https."""
    return _SCHEME.sub("", raw.strip())


def key_by_guid(guid: str) -> str:
    """Return the key of an entry whose guid is unique within the document."""
    return _digest("guid", guid_of(guid))


def key_by_link(link_key: str) -> str:
    """Return the key of an entry without a unique guid, from the `url_key` of its link."""
    return _digest("link", link_key)


def key_by_title(title: str, published: datetime | None) -> str:
    """Return the key of an entry that has neither a unique guid nor a unique link."""
    day = f"{published:%Y-%m-%d}" if published else ""
    return _digest("title", f"{title.casefold()}\n{day}")


def _digest(kind: str, value: str) -> str:
    return hashlib.sha256(f"{RULES_VERSION}:{kind}:{value}".encode("utf-8", "replace")).hexdigest()
