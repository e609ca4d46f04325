"""Headers: which of an answer's are kept, and which of ours are sent. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from offing.model.sources.page import AnswerKind, Request
from offing.net.guard import GuardedAddress, RequestRefused
from offing.net.wire import HEAD_LIMIT

Pairs = list[tuple[bytes, bytes]]

VALIDATORS = ("etag", "last-modified")
_LONGEST_VALUE = 8 * 1024
_LONGEST_VALIDATOR = 1024  # a longer one does not identify a document, but is a burden or an attack
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
_PLAIN = re.compile(r"[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?")
_NEVER_KEPT = ("set-cookie", "set-cookie2")


def readable(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return the headers of an answer by lower-case name, repeated ones joined with a comma (RFC 9110 5.3).

    Left out are cookies, values with control characters, which could forge lines of a log or a later
    request, and values longer than 8 KB.

    Raises:
        Refused: there are more than 100 KB of them.
    """
    found: dict[str, str] = {}
    size = 0
    for name, value in raw:
        size += len(name) + len(value)
        key, text = name.decode("ascii", "replace").lower(), _text(value).strip()
        if key in _NEVER_KEPT or len(text) > _LONGEST_VALUE or _CONTROL.search(text):
            continue
        found[key] = f"{found[key]}, {text}" if key in found else text
    if size > HEAD_LIMIT:
        raise RequestRefused(AnswerKind.TOO_LARGE, "the headers are longer than 100 KB")
    return found


def sendable(validator: str | None) -> str | None:
    """Return the unchanged validator, or None if it cannot be sent back safely byte for byte."""
    ok = validator and len(validator) <= _LONGEST_VALIDATOR and _PLAIN.fullmatch(validator)
    return validator if ok else None


def request_headers(
    target: GuardedAddress, request: Request, user_agent: str, own: Sequence[tuple[str, str]] = ()
) -> Pairs:
    """Return the headers of one request, with the site's own for this host. No cookies, no connection reuse."""
    pairs = [
        ("Host", target.host_header),
        ("User-Agent", user_agent),
        ("Accept", request.accept),
        ("Accept-Encoding", "gzip"),
        ("Connection", "close"),
        ("If-None-Match", sendable(request.etag)),
        ("If-Modified-Since", sendable(request.last_modified)),
        ("Content-Type", "application/json" if request.post is not None else None),
        ("Content-Length", str(len(request.post)) if request.post is not None else None),
    ]
    return [(name.encode(), value.encode("ascii")) for name, value in (*pairs, *own) if value]


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def location_of(raw: Iterable[tuple[bytes, bytes]]) -> str:
    """Return the target of a redirect, as written, "" if there is none."""
    return next((_text(value).strip() for name, value in raw if name.lower() == b"location"), "")
