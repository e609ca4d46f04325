"""Sitemaps (https://www.sitemaps.org/protocol.html), plain and with Google's news extension."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from offing.model.feed import FeedForm, ParsedFeed
from offing.model.text import cut_bytes, plain
from offing.poll.document import Document
from offing.poll.entries import LONGEST_TITLE, RawEntry, Source, announce

INDEX = "it is an index of other sitemaps and announces no pages itself: add the one that holds the news"
_MOST_PARTS = 100  # elements looked at below one page; news sitemaps have about ten


def read_sitemap(document: Document, source: Source) -> ParsedFeed:
    """The pages of a sitemap as entries. An index gives no entries, but a problem that says so."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True, encoding="utf-8")
    root = etree.fromstring(document.text.encode("utf-8", "replace"), parser)
    trouble = list(document.trouble)
    if parser.error_log:
        trouble.append(f"it is not well-formed ({parser.error_log[0].message[:80]}); what could be read was taken")
    if _name(root) == "sitemapindex":
        return ParsedFeed(FeedForm.SITEMAP, "", (), problems=(*trouble, _advice(root)), whole=False)
    pages = [_said(url) for url in root if _name(url) == "url"]
    entries, problems = announce([_raw(said) for said in pages], source, trouble)
    publication = next((said["name"] for said in pages if "name" in said), "")
    title = cut_bytes(plain(publication), LONGEST_TITLE)
    whole = document.whole and not parser.error_log
    return ParsedFeed(FeedForm.SITEMAP, title, entries, None, source.language, problems, whole)


def _advice(index: etree._Element) -> str:
    """The sentence on an index: how many sitemaps it names, and the likeliest one for news."""
    named = [address for child in index if (address := _said(child).get("loc", "").strip())]
    newsy = (address for address in named if "news" in address.split("/", 3)[-1].lower())
    best = next(newsy, named[0] if named else "")
    return f"{INDEX} ({len(named):,} named{', such as ' + best[:200] if best else ''})"


def _raw(said: dict[str, str]) -> RawEntry:
    return RawEntry(
        links=(said.get("loc", ""),),
        title=said.get("title", ""),
        published=said.get("publication_date", "") or said.get("lastmod", ""),
        language=said.get("language", ""),
    )


def _said(element: etree._Element) -> dict[str, str]:
    """The texts of the elements below one by name; of several of one name the first."""
    said: dict[str, str] = {}
    for name, text in _texts(element):
        said.setdefault(name, text)
    return said


def _texts(element: etree._Element) -> Iterator[tuple[str, str]]:
    for number, child in enumerate(element.iterdescendants(etree.Element)):
        if number >= _MOST_PARTS:
            return
        text = "".join(str(part) for part in child.itertext())
        if text.strip() and not len(child):
            yield _name(child), text


def _name(element: etree._Element) -> str:
    """The name without namespace or prefix; a recovered document has names such as `:`, which lxml refuses."""
    return re.split("[}:]", element.tag)[-1].lower() if isinstance(element.tag, str) else ""
