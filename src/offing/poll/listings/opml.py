"""Reads and writes OPML, in which feed readers exchange feed lists (http://opml.org/spec2.opml). Pure.

Fields that OPML lacks go into attributes of our own namespace, so that a list written by offing reads back unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress

from lxml import etree

from offing.model.sources.feed import FeedKind, FeedSpec
from offing.model.text.charset import decode
from offing.model.text.text import clean_text, fit_for_xml
from offing.model.values.vocabulary import SourceKind
from offing.poll.listings.feed_list import FeedList, slugs
from offing.redaction import redact

NAMESPACE = "urn:offing:opml"
OWN = ("country", "publisher", "timezone", "interval", "unverified", "kind", "links", "dates")
_BARE_AMPERSAND = re.compile(r"&(?!(?:#[0-9]+|#[xX][0-9a-fA-F]+|amp|lt|gt|quot|apos);)")
# A quote ends a value only if another attribute or the end of the tag follows; some descriptions hold HTML.
_ATTRIBUTE = re.compile(r'(\s[\w:.-]+)\s*=\s*"(.{0,1500}?)"(?=\s+[\w:.-]+\s*=\s*"|\s*[/?]?>\s*(?:<|$))', re.DOTALL)

Outline = etree._Element  # noqa: SLF001 - lxml's own name for an element


def read_opml(content: bytes) -> FeedList:
    """Return the feeds of an OPML document, and sentences on unusable lines.

    Real files are often not well-formed: whatever is readable is read. A feed's groups are its enclosing outlines and
    its categories.
    """
    found = FeedList("OPML")
    # The parser drops what it trips over, so the commonest faults are repaired first: bare ampersands in addresses, and
    # quotes and angle brackets in titles.
    text = _BARE_AMPERSAND.sub("&amp;", fit_for_xml(decode(content).text)).strip()
    text = _ATTRIBUTE.sub(_escaped, text)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False, encoding="utf-8")
    root: Outline | None = None
    with suppress(etree.XMLSyntaxError):
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None:
        found.problems.append("it is no OPML: it cannot be read as XML")
        return found
    for outline in root.iter("{*}outline"):
        if _attribute(outline, "xmlurl") or _attribute(outline, "type").lower() in ("rss", "atom"):
            found.take(f"line {outline.sourceline}", _record(outline))
    if not found.feeds and not found.problems:
        found.problems.append("it holds no outline with an xmlUrl")
    return found.closed()


def write_opml(feeds: Sequence[FeedSpec], title: str) -> bytes:
    """Return an OPML 2.0 document of feeds, in order; groups become categories."""
    root = etree.Element("opml", version="2.0", nsmap={"offing": NAMESPACE})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = clean_text(title)
    body = etree.SubElement(root, "body")
    for feed in feeds:
        _write(etree.SubElement(body, "outline"), feed)
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return content


def _escaped(attribute: re.Match[str]) -> str:
    """Return an attribute with the quotes and brackets of its value escaped."""
    value = attribute[2].replace('"', "&quot;").replace("<", "&lt;")
    return f'{attribute[1]}="{value}"'


def _record(outline: Outline) -> dict[str, str]:
    """Return an outline's fields; our own field names only from our own namespace."""
    own = {name: clean_text(str(outline.get(f"{{{NAMESPACE}}}{name}", ""))) for name in OWN}
    # A feed's groups, outermost first, are its enclosing outlines, then its categories.
    above = [
        _attribute(parent, "text") or _attribute(parent, "title") for parent in outline.iterancestors("{*}outline")
    ]
    groups = slugs([*reversed(above), *re.split(r"[,/]", _attribute(outline, "category"))])
    return own | {
        "url": _attribute(outline, "xmlurl"),
        "title": _attribute(outline, "text") or _attribute(outline, "title"),
        "groups": ",".join(groups),
        "language": _attribute(outline, "language"),
    }


def _attribute(outline: Outline, name: str) -> str:
    """Return an attribute in any case: xmlUrl also occurs as xmlurl and XMLURL."""
    return next((str(value) for key, value in outline.attrib.items() if str(key).lower() == name), "")


def _write(outline: Outline, feed: FeedSpec) -> None:
    """Set the attributes of a feed's outline."""
    outline.set("type", "rss")
    outline.set("text", clean_text(feed.title))
    outline.set("xmlUrl", redact(clean_text(feed.url)))
    own = {
        "country": feed.country,
        "publisher": str(feed.publisher) if feed.publisher is not SourceKind.MEDIA else None,
        "timezone": feed.timezone,
        "interval": str(feed.interval_minutes) if feed.interval_minutes else None,
        "unverified": "true" if feed.unverified else None,
        "kind": str(feed.kind) if feed.kind is not FeedKind.FEED else None,
        "links": feed.links,
        "dates": feed.dates,
    }
    values = {"category": ",".join(feed.groups), "language": feed.language}
    values |= {f"{{{NAMESPACE}}}{name}": value for name, value in own.items()}
    for name, value in values.items():
        if value:
            outline.set(name, clean_text(value))
