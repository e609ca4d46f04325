"""OPML in and out: lists of feeds as feed readers exchange them (http://opml.org/spec2.opml). Pure.

What OPML has no word for stands in attributes of our own namespace, so that a list that offing wrote comes
back as it was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from offing.model.charset import decode
from offing.model.feed import DEFAULT_GROUP, FeedSpec
from offing.model.text import clean_text, cut_bytes, fit_for_xml, plain
from offing.model.vocabulary import SourceKind
from offing.urls import canonical_url, url_key

NAMESPACE = "urn:offing:opml"
MOST_FEEDS = 20_000
_LONGEST_TITLE = 1024
_LONGEST_URL = 2048
_LONGEST_GROUP = 60
_BARE_AMPERSAND = re.compile(r"&(?!(?:#[0-9]+|#[xX][0-9a-fA-F]+|amp|lt|gt|quot|apos);)")
# A quote ends a value only where another attribute or the end of the tag follows; some descriptions hold HTML.
_ATTRIBUTE = re.compile(r'(\s[\w:.-]+)\s*=\s*"(.{0,1500}?)"(?=\s+[\w:.-]+\s*=\s*"|\s*[/?]?>\s*(?:<|$))', re.DOTALL)
_LANGUAGE = re.compile(r"[a-z]{2}(?=$|[-_])")
_COUNTRY = re.compile(r"[A-Z]{3}")
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+/-]{1,60}")

Outline = etree._Element  # noqa: SLF001 - lxml's own name for an element


def read_opml(content: bytes) -> tuple[tuple[FeedSpec, ...], tuple[str, ...]]:
    """The feeds of an OPML document, each once, and sentences about lines that could not be used.

    Real files are often not well-formed: what can be read is read. The outlines that a feed stands in, and
    the categories that it names, become its groups.
    """
    root = _root(content)
    if root is None:
        return (), ("it is no OPML: it cannot be read as XML",)
    feeds: dict[str, FeedSpec] = {}
    problems: list[str] = []
    for outline in _feed_outlines(root):
        found = _feed(outline)
        if isinstance(found, str):
            problems.append(f"line {outline.sourceline}: {found}")
        elif len(feeds) < MOST_FEEDS:
            key = url_key(found.url)
            feeds[key] = _merged(feeds[key], found) if key in feeds else found
    if len(feeds) == MOST_FEEDS:
        problems.append(f"it holds {MOST_FEEDS:,} feeds or more; no others were taken")
    if not feeds and not problems:
        problems.append("it holds no outline with an xmlUrl")
    return tuple(feeds.values()), tuple(problems)


def write_opml(feeds: Sequence[FeedSpec], title: str) -> bytes:
    """An OPML 2.0 document of feeds, in their order; groups are written as categories."""
    root = etree.Element("opml", version="2.0", nsmap={"offing": NAMESPACE})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = clean_text(title)
    body = etree.SubElement(root, "body")
    for feed in feeds:
        _write(etree.SubElement(body, "outline"), feed)
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return content


def _root(content: bytes) -> Outline | None:
    """The first element of a document.

    The commonest faults are put right before the reader drops what it trips over: bare ampersands in
    addresses, and quotes and angle brackets in titles.
    """
    text = _BARE_AMPERSAND.sub("&amp;", fit_for_xml(decode(content).text)).strip()
    text = _ATTRIBUTE.sub(_escaped, text)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False, encoding="utf-8")
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def _escaped(attribute: re.Match[str]) -> str:
    value = attribute[2].replace('"', "&quot;").replace("<", "&lt;")
    return f'{attribute[1]}="{value}"'


def _feed_outlines(root: Outline) -> Iterator[Outline]:
    for outline in root.iter("{*}outline"):
        if _attribute(outline, "xmlurl") or _attribute(outline, "type").lower() in ("rss", "atom"):
            yield outline


def _feed(outline: Outline) -> FeedSpec | str:
    url = clean_text(_attribute(outline, "xmlurl"))
    title = cut_bytes(plain(_attribute(outline, "text") or _attribute(outline, "title")), _LONGEST_TITLE)
    try:
        canonical_url(url)
    except ValueError as error:
        return f"{title or 'an outline'}: {error}"
    if len(url) > _LONGEST_URL:
        return f"{title or 'an outline'}: its address is longer than {_LONGEST_URL:,} characters"
    return _with_own(outline, FeedSpec(url, title, _groups(outline), language=_language(outline)))


def _with_own(outline: Outline, feed: FeedSpec) -> FeedSpec:
    """The feed with what stands in our own attributes, as far as it is valid."""
    country, zone = _own(outline, "country"), _own(outline, "timezone")
    publisher, interval = _own(outline, "publisher"), _own(outline, "interval")
    return replace(
        feed,
        country=country if _COUNTRY.fullmatch(country) else None,
        publisher=SourceKind(publisher) if publisher in list(SourceKind) else SourceKind.MEDIA,
        timezone=zone if _ZONE.fullmatch(zone) else None,
        unverified=_own(outline, "unverified") == "true",
        interval_minutes=int(interval) if re.fullmatch(r"[1-9][0-9]{0,5}", interval) else None,
    )


def _groups(outline: Outline) -> tuple[str, ...]:
    """The groups of a feed, outermost first: the outlines around it, then its categories."""
    above = [
        _attribute(parent, "text") or _attribute(parent, "title") for parent in outline.iterancestors("{*}outline")
    ]
    named = [*reversed(above), *re.split(r"[,/]", _attribute(outline, "category"))]
    return tuple(dict.fromkeys(filter(None, map(_slug, named)))) or (DEFAULT_GROUP,)


def _merged(known: FeedSpec, again: FeedSpec) -> FeedSpec:
    """A feed that stands in two folders is one feed of both groups."""
    groups = tuple(dict.fromkeys((*known.groups, *again.groups)))
    return replace(known, groups=groups, title=known.title or again.title, language=known.language or again.language)


def _language(outline: Outline) -> str | None:
    found = _LANGUAGE.match(_attribute(outline, "language").strip().lower())
    return found[0] if found else None


def _attribute(outline: Outline, name: str) -> str:
    """An attribute whatever its case: xmlUrl is also written xmlurl and XMLURL."""
    return next((str(value) for key, value in outline.attrib.items() if str(key).lower() == name), "")


def _own(outline: Outline, name: str) -> str:
    return clean_text(str(outline.get(f"{{{NAMESPACE}}}{name}", "")))


def _slug(name: str) -> str:
    letters = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[^\w]+", "-", letters).strip("-_")[:_LONGEST_GROUP].strip("-_")


def _write(outline: Outline, feed: FeedSpec) -> None:
    outline.set("type", "rss")
    outline.set("text", clean_text(feed.title))
    outline.set("xmlUrl", clean_text(feed.url))
    own = {
        "country": feed.country,
        "publisher": str(feed.publisher) if feed.publisher is not SourceKind.MEDIA else None,
        "timezone": feed.timezone,
        "interval": str(feed.interval_minutes) if feed.interval_minutes else None,
        "unverified": "true" if feed.unverified else None,
    }
    values = {"category": ",".join(feed.groups), "language": feed.language}
    values |= {f"{{{NAMESPACE}}}{name}": value for name, value in own.items()}
    for name, value in values.items():
        if value:
            outline.set(name, clean_text(value))
