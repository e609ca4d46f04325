"""Reads a publisher's reservations from response headers, markup and the origin's tdmrep.json. Pure.

Sources: Google's and Bing's documentation of the robots meta tag and `X-Robots-Tag` (`noarchive`, and its synonym
`nocache`), and the W3C community's TDM Reservation Protocol (`tdm-reservation`). Where statements on mining one page
conflict, the most specific wins: page over header, header over file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from offing.model.sources.page import Answer, AnswerKind, Request
from offing.model.sources.reservation import Reservation

TDM = "tdm-reservation"
FILE = "/.well-known/tdmrep.json"
FILE_LIMIT = 128 * 1024
_MOST_RULES = 1000
_LOOKED_AT = 256 * 1024  # bytes of a page; the tags stand in its head
_NO_COPY = frozenset({"noarchive", "nocache"})
# User agents whose directives concern us: all, or the search engine whose reading we resemble.
_EVERYBODY = frozenset({"", "*", "robots", "googlebot"})
_WITH_VALUE = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
_AGENT = re.compile(r"[A-Za-z][A-Za-z_-]{0,60}|\*")
_META = re.compile(r"<meta\s([^<>]{1,1000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""([a-z-]{1,20})\s{0,9}=\s{0,9}("[^"]{0,500}"|'[^']{0,500}'|[^\s"'>]{1,500})""", re.IGNORECASE
)


def reservation_of(
    headers: Mapping[str, str], body: bytes, agent: str, rules: str = "", url: str = ""
) -> frozenset[Reservation]:
    """Return the reservations that apply to one page.

    Args:
        headers: the answer's headers, names in lower case, repeated ones joined with commas.
        body: the page, or its beginning.
        agent: our product token, as in robots.txt ("offing").
        rules: the origin's tdmrep.json, "" where it has none.
        url: the address that answered; the file's rules match on its path.
    """
    metas = list(_metas(body))
    names = _EVERYBODY | {agent.lower()}
    found = set()
    stated = {word for name, text in metas if name in names for word in re.split(r"[\s,;]", text.lower())}
    if _NO_COPY & {*_directives(headers.get("x-robots-tag", ""), names), *stated}:
        found.add(Reservation.NOARCHIVE)
    in_page = [content.strip() for name, content in metas if name == TDM]
    in_header = [part.strip() for part in headers.get(TDM, "").split(",") if part.strip()]
    nearest = in_page or in_header
    if not nearest:  # the file's first rule that matches the path
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        nearest = [next((value for pattern, value in _rules(rules) if _fits(pattern, path)), "")]
    if "1" in nearest:
        found.add(Reservation.TDM)
    return frozenset(found)


def file_request(origin: str) -> Request:
    """Return the request for an origin's tdmrep.json."""
    return Request(f"{origin}{FILE}", accept="application/json", body_limit=FILE_LIMIT, cut_at_limit=True)


def read_file(answer: Answer) -> str:
    """Return the text of the answer to `file_request`, "" if it is no list of rules."""
    if answer.kind is not AnswerKind.OK:
        return ""
    text = answer.body.decode("utf-8-sig", "replace")
    return text if _rules(text) else ""


def _rules(text: str) -> list[tuple[str, str]]:
    """Return pattern and value of each rule in a tdmrep.json; none if it cannot be read."""
    try:
        found: Any = json.loads(text) if text else []
    except (ValueError, RecursionError):
        return []
    rows = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
    rules = [(row.get("location"), row.get(TDM)) for row in rows[:_MOST_RULES]]
    return [(where, str(value)) for where, value in rules if isinstance(where, str) and isinstance(value, (int, str))]


def _fits(pattern: str, path: str) -> bool:
    """Return whether a path starts with a pattern; `*` matches anything, `$` the end of the path (RFC 9309 2.2.3)."""
    to_end = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if to_end and not others:
        return path == first
    last = others.pop() if to_end else ""
    at = len(first) if path.startswith(first) else -1
    for piece in others:
        found = path.find(piece, at) if at >= 0 else -1
        at = found + len(piece) if found >= 0 else -1
    return at >= 0 and path.endswith(last) and len(path) - len(last) >= at


def _directives(header: str, names: frozenset[str]) -> Iterator[str]:
    """Yield the directives addressed to one of the names; a name applies to all that follows, until the next name."""
    concerned = True
    for part in header.lower().split(","):
        before, colon, after = part.strip().partition(":")
        if colon and before not in _WITH_VALUE and _AGENT.fullmatch(before.strip()):
            concerned = before.strip() in names
            part = after  # noqa: PLW2901 -- what stands behind the name
        if concerned:
            yield part.strip()


def _metas(body: bytes) -> Iterator[tuple[str, str]]:
    """Yield name and content of the meta tags; NULs are dropped so that UTF-16 can be read as well."""
    text = _without_comments(body[:_LOOKED_AT].replace(b"\0", b"").decode("latin-1"))
    for tag in _META.finditer(text):
        given = {name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(tag[1])}
        if given.get("name"):
            yield given["name"].strip().lower(), given.get("content", "")


def _without_comments(text: str) -> str:
    """Return markup without its comments. Linear."""
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts.append(text[at:start])
        at = end + len("-->")
    return "".join((*parts, text[at:]))
