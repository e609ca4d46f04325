"""OPML in and out: lists of feeds as feed readers exchange them. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from lxml import etree

from offing.model.feed import DEFAULT_GROUP, FeedSpec
from offing.model.text import fit_for_xml, plain
from offing.urls import canonical_url

Outline = etree._Element  # noqa: SLF001 -- lxml's own name for an element
_LANGUAGE = re.compile(r"^[a-z]{2}(?=$|[-_])")


def read_opml(content: bytes) -> tuple[tuple[FeedSpec, ...], tuple[str, ...]]:
    """The feeds of an OPML document, and sentences about lines that could not be used.

    Real files are often not well-formed: what can be read is read. Nested outlines become groups.
    """
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content.strip(), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        return (), ("it is no OPML: it cannot be read as XML",)
    feeds: dict[str, FeedSpec] = {}
    problems = []
    for outline, groups in _outlines(root):
        found = _feed(outline, groups)
        if isinstance(found, str):
            problems.append(f"line {outline.sourceline}: {found}")
        else:
            feeds.setdefault(found.url, found)
    if not feeds and not problems:
        problems.append("it holds no outline with an xmlUrl")
    return tuple(feeds.values()), tuple(problems)


def _outlines(root: Outline) -> Iterator[tuple[Outline, tuple[str, ...]]]:
    """All outlines with an address, with the names of those that they stand in."""
    for outline in root.iter("{*}outline"):
        if _attribute(outline, "xmlurl") or _attribute(outline, "type").lower() in ("rss", "atom"):
            above = [_attribute(parent, "text") for parent in outline.iterancestors("{*}outline")]
            yield outline, tuple(filter(None, map(_slug, above)))


def _feed(outline: Outline, groups: tuple[str, ...]) -> FeedSpec | str:
    url = _attribute(outline, "xmlurl").strip()
    title = plain(_attribute(outline, "text") or _attribute(outline, "title"))
    try:
        canonical_url(url)
    except ValueError as error:
        return f"{title or 'an outline'}: {error}"
    language = _LANGUAGE.match(_attribute(outline, "language").strip().lower())
    return FeedSpec(url, title, groups or (DEFAULT_GROUP,), language=language[0] if language else None)


def _attribute(outline: Outline, name: str) -> str:
    """An attribute whatever its case: xmlUrl is also written xmlurl and XMLURL."""
    return next((str(value) for key, value in outline.attrib.items() if str(key).lower() == name), "")


def _slug(name: str) -> str:
    letters = unicodedata.normalize("NFKC", name).lower()
    return re.sub(r"[^\w]+", "-", letters).strip("-_")[:60]


def write_opml(feeds: Sequence[FeedSpec], title: str) -> bytes:
    """An OPML 2.0 document of feeds, one outline for each group; a feed stands in its first group."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = fit_for_xml(title)
    body = etree.SubElement(root, "body")
    folders: dict[str, Outline] = {DEFAULT_GROUP: body}
    for feed in feeds:
        group = feed.groups[0] if feed.groups else DEFAULT_GROUP
        if group not in folders:
            folders[group] = etree.SubElement(body, "outline", text=fit_for_xml(group))
        outline = etree.SubElement(folders[group], "outline", type="rss", text=fit_for_xml(feed.title))
        outline.set("xmlUrl", fit_for_xml(feed.url))
        if feed.language:
            outline.set("language", feed.language)
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return content
