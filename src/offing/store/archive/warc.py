"""Captures as WARC 1.1 records, the same bytes for the same capture. Pure.

Format: ISO 28500:2017, https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/. A page whose
headers are stored becomes a `response`; anything else a `resource`, which claims no headers. Contents are stored
decoded, so headers about the coding that an answer had are renamed as pywb and the Wayback Machine do.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from urllib.parse import quote
from uuid import UUID, uuid5

from offing.redaction import redact

VERSION = "WARC/1.1"
_IDS = UUID("633f4e03-0b07-4343-9e51-5b043ca31f31")  # namespace of our record ids; must never change
_CODINGS = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_NOT_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f]")
_END = b"\r\n\r\n"
_ABOUT = (
    ("software", "offing"),
    ("format", "WARC File Format 1.1"),
    ("conformsTo", "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"),
    ("description", "pages of news as fetched, decoded; headers without cookies, those of codings as x-archive-orig-*"),
)

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Capture:
    """A content that was fetched: at which address, when, and what is stored about it.

    Attributes:
        number: the page's or the revision's id.
        final_url: the address that answered.
        at: when.
        sha256: digest of the content.
        url: the address that was asked; "" if unknown.
        via: the address of the feed that announced it; "" if none did.
        status: of the answer; 0 if not stored.
        content_type: as answered; "" if not stored.
        headers: as stored; none for revisions.
    """

    number: int
    final_url: str
    at: datetime
    sha256: str
    url: str = ""
    via: str = ""
    status: int = 0
    content_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day (UTC) whose file it belongs to."""
        return self.at.astimezone(UTC).date()

    @property
    def record_id(self) -> str:
        """The id of its record, which follows from address, time and content."""
        return str(uuid5(_IDS, f"{_address(self.final_url)}\n{_moment(self.at)}\n{self.sha256}"))


def members(capture: Capture, content: bytes, about: str) -> Iterator[bytes]:
    """Yield the gzip members of a capture: its record, and one of metadata if there are any.

    Args:
        capture: what is known of it.
        content: the content.
        about: the id of the file's `warcinfo` record.
    """
    shared = (("WARC-Target-URI", _address(capture.final_url)), ("WARC-Date", _moment(capture.at)))
    own = (*shared, ("WARC-Warcinfo-ID", f"<urn:uuid:{about}>"))
    payload = ("WARC-Payload-Digest", f"sha256:{capture.sha256}")
    if capture.headers and capture.status:
        kind, block, content_type = "response", _http(capture, content), "application/http;msgtype=response"
    else:
        kind, block, content_type = "resource", content, _line(capture.content_type)
    yield _member(kind, capture.record_id, (*own, payload), content_type, block)
    known = [("via", capture.via), ("redirected-from", capture.url if capture.url != capture.final_url else "")]
    if stated := tuple((name, _address(address)) for name, address in known if address):
        of = (*own, ("WARC-Concurrent-To", f"<urn:uuid:{capture.record_id}>"))
        number = str(uuid5(_IDS, f"metadata\n{capture.record_id}"))
        yield _member("metadata", number, of, "application/warc-fields", _fields(stated))


def about_id(name: str) -> str:
    """Return the id of the `warcinfo` record of a file."""
    return str(uuid5(_IDS, f"warcinfo\n{name}"))


def about_member(name: str, day: date) -> bytes:
    """Return the gzip member of the record that says what a file is."""
    midnight = datetime.combine(day, time(), UTC)
    own = (("WARC-Date", _moment(midnight)), ("WARC-Filename", name))
    return _member("warcinfo", about_id(name), own, "application/warc-fields", _fields(_ABOUT))


def _member(kind: str, number: str, own: Fields, content_type: str, block: bytes) -> bytes:
    head: Fields = (
        ("WARC-Type", kind),
        ("WARC-Record-ID", f"<urn:uuid:{number}>"),
        *own,
        ("WARC-Block-Digest", f"sha256:{hashlib.sha256(block).hexdigest()}"),
        *((("Content-Type", content_type),) if content_type else ()),
        ("Content-Length", str(len(block))),
    )
    whole = b"".join((f"{VERSION}\r\n".encode(), _fields(head), b"\r\n", block, _END))
    return gzip.compress(whole, 6, mtime=0)


def _http(capture: Capture, content: bytes) -> bytes:
    """Return the answer as it is stored. Neither its version of HTTP nor its reason phrase is."""
    head = tuple((_named(name, value, len(content)), redact(value)) for name, value in capture.headers.items())
    return f"HTTP/1.1 {capture.status} \r\n".encode() + _fields(head) + b"\r\n" + content


def _named(name: str, value: str, size: int) -> str:
    """Return the name of a header: another one if it does not describe the content as it is stored."""
    holds = name not in _CODINGS or (name == "content-length" and value == str(size))
    return name if holds else f"x-archive-orig-{name}"


def _fields(pairs: Fields) -> bytes:
    return b"".join(f"{name}: {_line(value)}\r\n".encode("utf-8", "replace") for name, value in pairs)


def _line(value: str) -> str:
    return " ".join(value.split())


def _address(url: str) -> str:
    """Return an address without credentials, and without what would end a line or a field."""
    return _NOT_IN_ADDRESSES.sub(lambda found: quote(found[0]), redact(url))


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
