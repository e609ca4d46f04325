"""Prepares a document before any reader gets it: unpacked, decoded, recognised, checked against limits."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from offing.model.sources.feed import NotAFeed
from offing.model.text.charset import Decoded, decode, encoding_named
from offing.model.text.text import fit_for_xml, plain
from offing.poll.documents.refusal import no_feed, why_html

LARGEST = 10 * 1024 * 1024  # bytes, packed or unpacked; docs/limits.md, Sizes
MOST_ATTRIBUTES = 200
_GZIP = b"\x1f\x8b"
_HEAD = 100_000  # characters in which the root element must start

_ROOT = re.compile(r"<(?:\w+:)?(rss|rdf|feed|channel|urlset|sitemapindex)(?=[\s>/])", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)(?=[\s>/])", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,400}\?>", re.IGNORECASE)
_PROLOG_MARKUP = re.compile(r"<!DOCTYPE[^\[<>]*\[[^\]]*\]\s*>|<[!?][^<>]*>", re.IGNORECASE)
_MIME_JSON = re.compile(r"\bjson\b", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY\s+(%?)\s*\S+\s+([^>]{0,4000})", re.IGNORECASE)
_EXTERNAL = re.compile(r"SYSTEM|PUBLIC", re.IGNORECASE)
_CHARACTER = re.compile(r"&(?:#\w+|amp|lt|gt|quot|apos);")
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{2 * MOST_ATTRIBUTES},}}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]{1,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(r"^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']\s*([^\s\"'>]{1,40})", re.IGNORECASE)


class DocumentReader(StrEnum):
    """Which reader a document needs."""

    FEED = "feed"
    SITEMAP = "sitemap"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Document:
    """A document ready to be read.

    `text` is valid for XML and has no XML declaration; `trouble` lists what was repaired. `masked` is the text with
    CDATA sections and comments blanked, at the same length: a tag found there is a real tag.
    """

    kind: DocumentReader
    text: str
    masked: str = ""
    trouble: tuple[str, ...] = ()
    whole: bool = True


def read_document(body: bytes, content_type: str, url: str) -> Document | NotAFeed:
    """Return the document in a response body, or why it is none that announces entries.

    The content type may be wrong. Beyond the size limit, packed or unpacked, only the beginning is read.
    """
    unpacked = body[:LARGEST]
    if unpacked.startswith(_GZIP):  # as sitemaps are
        try:
            unpacked = zlib.decompressobj(wbits=31).decompress(
                unpacked, LARGEST + 1
            )  # one more shows that it is longer
        except zlib.error as error:
            return NotAFeed(f"the document is a broken gzip file: {error}")
    decoded = decode(unpacked[:LARGEST], content_type)
    trouble = list(_misdeclared(decoded, content_type))
    whole = len(body) < LARGEST and len(unpacked) <= LARGEST
    if not whole:
        trouble.append(f"it is longer than {LARGEST // 1024**2} MB; only its beginning was read")
    text = decoded.text.lstrip("\ufeff \t\r\n")
    if not text:
        return NotAFeed("the answer is empty")
    if text[0] in "{[" or (text[0] != "<" and _MIME_JSON.search(content_type)):
        return Document(DocumentReader.JSON, text, trouble=tuple(trouble), whole=whole)
    return _markup(text, trouble, url, whole=whole)


def _misdeclared(decoded: Decoded, content_type: str) -> Iterator[str]:
    """Yield sentences on declared encodings that are not those of the text; ASCII is a subset of nearly all of them."""
    if not decoded.sure:
        yield f"the encoding is not as declared; it was read as {decoded.charset}"
        return
    declaration = _XML_ENCODING.search(decoded.text[:400])
    for place, found in (("header", _HEADER_CHARSET.search(content_type)), ("XML declaration", declaration)):
        if found is None:
            continue
        name = encoding_named(found[1])
        if name is None:
            yield f"its {place} names an encoding that there is not ({plain(found[1])!r}); read as {decoded.charset}"
        elif not decoded.text.isascii() and _family(name) != _family(decoded.charset):
            yield f"its {place} says that it is {plain(found[1])}, but it is {decoded.charset}"


def _family(name: str) -> str:
    """Return the name of an encoding without byte order or byte-order mark, for comparison."""
    return name.removesuffix("-le").removesuffix("-be").removesuffix("-sig")


def mask(text: str) -> str:
    """Return the text with CDATA sections and comments blanked, at the same length. Linear."""
    parts, at = [], 0
    for start in re.finditer(r"<!\[CDATA\[|<!--", text):
        if start.start() < at:
            continue
        closing = "]]>" if start[0].startswith("<![") else "-->"
        end = text.find(closing, start.end())
        stop = len(text) if end < 0 else end + len(closing)
        parts.append(text[at : start.start()] + " " * (stop - start.start()))
        at = stop
        if stop == len(text):
            break
    return "".join([*parts, text[at:]])


def _markup(text: str, trouble: list[str], url: str, *, whole: bool) -> Document | NotAFeed:
    """Return the feed or sitemap in a text that is no JSON, or why there is none; adds to the trouble."""
    fitted = fit_for_xml(text)
    if fitted != text:
        trouble.append("it holds characters that XML does not allow; they were replaced")
    text = _DECLARATION.sub("", fitted)
    masked = mask(text)
    root = _ROOT.search(masked[:_HEAD])
    page = _HTML.search(masked[:_HEAD])
    if root is None:
        return why_html(text, url) if page else no_feed(text)
    if page and page.start() < root.start():
        return why_html(text, url)
    prolog = masked[: root.start()]
    if hostile := _hostile(prolog, masked):
        return NotAFeed(hostile)
    if _PROLOG_MARKUP.sub("", prolog).strip():
        trouble.append("there is text before the feed; it was left out")
    # From the prolog only character entities are read.
    start = max(prolog.find("<!DOCTYPE") if "<!ENTITY" in prolog else root.start(), 0)
    kind = DocumentReader.SITEMAP if root[1].lower() in ("urlset", "sitemapindex") else DocumentReader.FEED
    return Document(kind, text[start:], masked[start:], tuple(trouble), whole)


def _hostile(prolog: str, masked: str) -> str:
    """Return the sentence on what makes a document dangerous to read, or "".

    Entities can read files or expand without bound; those of a single character are harmless. On an element with very
    many attributes the readers take quadratic time (docs/limits.md, L8).
    """
    if any(entity[1] == "%" or _EXTERNAL.match(entity[2]) for entity in _ENTITY.finditer(prolog)):
        return "the document declares external entities, as attacks do"
    if any("&" in _CHARACTER.sub("", entity[2]) for entity in _ENTITY.finditer(prolog)):
        return "the document declares entities made of entities, as attacks do"
    tags = (_QUOTED.sub("", tag).split() for tag in _LONG_TAG.findall(masked))
    is_crowded = any(len(words) > MOST_ATTRIBUTES for words in tags)
    return f"an element has more than {MOST_ATTRIBUTES} attributes" if is_crowded else ""
