"""Decides whether a response body can be an article page, by its content type and then by its first bytes."""

from __future__ import annotations

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
# Servers put these types on pages too, by misconfiguration; the first bytes decide.
DOUBTFUL_TYPES = frozenset({"", "text/plain", "text/xml", "application/xml", "application/octet-stream"})
PDF_TYPES = frozenset({"application/pdf", "application/x-pdf"})  # press releases and official journals

_LOOKED_AT = 4096
_TAGS = (b"<html", b"<!doctype html", b"<head", b"<body", b"<article", b"<div", b"<p>")
_FEEDS = (b"<rss", b"<feed", b"<rdf:rdf", b"<urlset", b"<sitemapindex")
_PDF = b"%PDF-"
_SIGNATURES = (
    (_PDF, "a PDF document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"PK\x03\x04", "an archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x1f\x8b", "a packed file"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!", "an archive"),
    (b"ID3", "a sound recording"),
)
_FAMILIES = {
    "image": "an image",
    "video": "a video",
    "audio": "a sound recording",
    "font": "a font",
    "application/json": "JSON data",
    "application/feed+json": "a feed",
    "application/rss+xml": "a feed",
    "application/atom+xml": "a feed",
    "application/zip": "an archive",
    "application/gzip": "an archive",
}
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")  # UTF-16 and UTF-32, whose text is full of NUL bytes
_TEXT_CONTROL = b"\t\n\x0b\x0c\r\x1b"  # ESC switches character sets in ISO-2022-JP and related encodings
_BINARY_SHARE = 0.02  # pages contain no other control bytes; about 10 in 100 random bytes are such


def why_no_page(content_type: str, body: bytes) -> str | None:
    """Return why a response cannot be an article page, as a sentence; None if it can.

    Args:
        content_type: the `Content-Type` header, "" where absent.
        body: the unpacked body.
    """
    if not body.strip(b" \t\r\n\x00"):
        return "the server sent an empty page"
    label = content_type.split(";", maxsplit=1)[0].strip().lower()
    if label in PDF_TYPES | DOUBTFUL_TYPES and body[:_LOOKED_AT].lstrip().startswith(_PDF):
        return None
    if label not in HTML_TYPES and label not in DOUBTFUL_TYPES:
        return _of_another_kind(label)
    start = body[:_LOOKED_AT]
    if signed := _signed(start):
        return f"the address leads to {signed}, not to a web page"
    declared = content_type.lower()
    is_wide = start.startswith(_WIDE_MARKS) or "utf-16" in declared or "utf-32" in declared
    odd = sum(byte < ord(" ") and byte not in _TEXT_CONTROL for byte in start)
    if not is_wide and odd > len(start) * _BINARY_SHARE:
        return "the server sent binary data instead of a web page"
    return _why_not_markup(start.lower()) if label in DOUBTFUL_TYPES else None


def _of_another_kind(label: str) -> str:
    """Return the sentence on a content type that no page has."""
    if label in PDF_TYPES:
        return "what the server sent is no PDF document, whatever its label says"
    what = _FAMILIES.get(label) or _FAMILIES.get(label.split("/", maxsplit=1)[0]) or "something else"
    return f"the address leads to {what} ({label[:60]}), not to a web page"


def _signed(start: bytes) -> str | None:
    """Return the file type that the first bytes identify by their signature; None if no signature matches."""
    if start[4:8] == b"ftyp":  # MP4 and related formats begin with a length
        return "a video"
    return next((what for signature, what in _SIGNATURES if start.startswith(signature)), None)


def _why_not_markup(start: bytes) -> str | None:
    """Return why the first bytes, in lower case, are no web page; None if they are one."""
    if any(tag in start for tag in _TAGS):
        return None
    if any(tag in start for tag in _FEEDS):
        return "the address leads to a feed or sitemap, not to a web page"
    return "the server sent plain text or data, not a web page"
