"""What makes an entry the same entry again (docs/limits.md, Keys). Frozen under `RULES_VERSION`.

Within its feed an entry is known by its guid; where that is missing, or stands at several entries of one
document, by its link; where the link, too, stands at several entries, by title and day. Over all feeds a page
is known by `offing.urls.url_key`.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

RULES_VERSION = 1
_SCHEME = re.compile(r"^https?://", re.IGNORECASE)


def guid_of(raw: str) -> str:
    """A guid as it is compared: without spaces around it and without scheme, since feeds move from http to https."""
    return _SCHEME.sub("", raw.strip())


def key_by_guid(guid: str) -> str:
    """The key of an entry whose guid is its own within the document."""
    return _digest("guid", guid_of(guid))


def key_by_link(link_key: str) -> str:
    """The key of an entry without a guid of its own, from the `url_key` of its link."""
    return _digest("link", link_key)


def key_by_title(title: str, published: datetime | None) -> str:
    """The key of an entry that has neither guid nor link of its own."""
    day = f"{published:%Y-%m-%d}" if published else ""
    return _digest("title", f"{title.casefold()}\n{day}")


def _digest(kind: str, value: str) -> str:
    return hashlib.sha256(f"{RULES_VERSION}:{kind}:{value}".encode("utf-8", "replace")).hexdigest()
