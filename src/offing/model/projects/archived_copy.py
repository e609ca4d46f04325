"""The address of an archived copy of a page, made from a template that a site sets."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_PLACES = frozenset({"url", "timestamp", "sha256"})
_PLACE = re.compile(r"\{([^{}]*)\}")


def archive_problem(template: str) -> str:
    """Return what is wrong with a template, "" if nothing is: an address with {url} or {sha256}."""
    places = set(_PLACE.findall(template))
    if not template.startswith(("https://", "http://")):
        return "it has to begin with https:// or http://"
    if unknown := sorted(places - _PLACES):
        return f"{{{unknown[0]}}} is none of {{url}}, {{timestamp}}, {{sha256}}"
    if re.search(r"[{}\s]", _PLACE.sub("", template)):
        return "it has a brace too many, or a space"
    if not places & {"url", "sha256"}:
        return "it needs {url} or {sha256}, which say of what it is a copy"
    return ""


def archived_copy(template: str, url: str, fetched_at: datetime, sha256: str) -> str:
    """Return the address of the archived copy of a page; "" without a template.

    The timestamp has 14 digits in UTC, as web archives write it: 20260305080000.
    """
    values = {"url": url, "timestamp": f"{fetched_at.astimezone(UTC):%Y%m%d%H%M%S}", "sha256": sha256}
    return _PLACE.sub(lambda place: values[place[1]], template)
