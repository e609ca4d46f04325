"""Reads sitemaps (https://www.sitemaps.org/protocol.html), plain and with Google's news extension."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from lxml import etree

from offing.model.sources.entry import AnnouncedEntry
from offing.model.sources.feed import FeedForm, NotAFeed, ParsedFeed
from offing.model.text.text import cut_bytes, plain
from offing.poll.documents.document import Document
from offing.poll.documents.entries import LONGEST_TITLE, MOST_ENTRIES, RawEntry, Source, announce, usable_link

INDEX = "it is an index of other sitemaps and announces no pages itself: add the one that holds the news"
MOST_READ = 3  # sitemaps of an index; large sites have hundreds, nearly all of them archives
_END = re.compile(r"</(?:\w+:)?(?:urlset|sitemapindex)\s*>", re.IGNORECASE)
_PAGE_START = re.compile(r"<(?:\w+:)?(?:url|sitemap)(?=[\s>/])", re.IGNORECASE)
_PAGE_END = re.compile(r"</(?:\w+:)?(?:url|sitemap)\s*>", re.IGNORECASE)
_MOST_PARTS = 100  # elements examined per page; news sitemaps have about ten


def read_sitemap(document: Document, source: Source) -> ParsedFeed:
    """Return the pages of a sitemap as entries. An index gives no entries, but the addresses of its likeliest parts."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True, encoding="utf-8")
    text = _whole_pages(document)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    trouble = list(document.trouble)
    if text != document.text:
        trouble.append("the document is cut off; whole pages before the cut were taken")
    elif parser.error_log:
        trouble.append(f"it is not well-formed ({parser.error_log[0].message[:80]}); what could be read was taken")
    if _name(root) == "sitemapindex":
        named = [texts for child in root if (texts := _texts_by_name(child)).get("loc", "").strip()]
        addresses = [texts["loc"].strip() for texts in named]
        best = next(filter(_is_newsy, addresses), addresses[0] if addresses else "")
        example = f", such as {best[:200]}" if best else ""
        problems = (*trouble, f"{INDEX} ({len(named):,} named{example})")
        parts = _likeliest(named, source.url)
        return ParsedFeed(FeedForm.SITEMAP, "", (), problems=problems, whole=False, parts=parts)
    pages = [_texts_by_name(url) for url in root if _name(url) == "url"]
    raws = [
        RawEntry(
            links=(texts.get("loc", ""),),
            title=texts.get("title", ""),
            published=texts.get("publication_date", "") or texts.get("lastmod", ""),
            updated=texts.get("lastmod", ""),
            language=texts.get("language", ""),
        )
        for texts in pages
    ]
    entries, problems = announce(raws, source, trouble)
    publication = next((texts["name"] for texts in pages if "name" in texts), "")
    title = cut_bytes(plain(publication), LONGEST_TITLE)
    whole = document.whole and not parser.error_log
    return ParsedFeed(FeedForm.SITEMAP, title, entries, None, source.language, problems, whole)


def _whole_pages(document: Document) -> str:
    """Return the text without a truncated last page: half an address may be the address of another page."""
    if _END.search(document.masked):
        return document.text
    first = _PAGE_START.search(document.masked)
    *_, last = [
        first.start() if first else len(document.text),
        *(page.end() for page in _PAGE_END.finditer(document.masked)),
    ]
    return document.text[:last]


def join_parts(index: ParsedFeed, read: Sequence[tuple[str, ParsedFeed | NotAFeed | str]]) -> ParsedFeed:
    """Return the entries of an index's parts. It never counts as whole: its parts change while it stays the same.

    Args:
        index: the index.
        read: address of each requested part, and its entries or a sentence on why it could not be fetched.
    """
    entries: dict[str, AnnouncedEntry] = {}
    problems: list[str] = []
    for url, part in read:
        if isinstance(part, ParsedFeed):
            for entry in part.entries:
                entries.setdefault(entry.key, entry)
            problems.extend(f"{url}: {problem}" for problem in part.problems)
        else:
            problems.append(f"{url}: {part.reason if isinstance(part, NotAFeed) else part}")
    first = tuple(entries.values())[:MOST_ENTRIES]
    title = next((part.title for _, part in read if isinstance(part, ParsedFeed) and part.title), "")
    return replace(index, title=title, entries=first, problems=tuple(problems), parts=())


def _likeliest(named: Sequence[dict[str, str]], url: str) -> tuple[str, ...]:
    """Return the sitemaps likeliest to hold news: those named so first, then the most recently changed."""
    newest = sorted(named, key=lambda texts: texts.get("lastmod", ""), reverse=True)
    news_first = sorted(newest, key=lambda texts: not _is_newsy(texts["loc"]))
    found = [link for texts in news_first if (link := usable_link(texts["loc"], url))]
    return tuple(dict.fromkeys(found[:MOST_READ]))


def _is_newsy(address: str) -> bool:
    return "news" in address.split("/", 3)[-1].lower()


def _texts_by_name(element: etree._Element) -> dict[str, str]:
    """Return the texts of an element's descendants by name; for a repeated name the first."""
    texts: dict[str, str] = {}
    for child in islice(element.iterdescendants(etree.Element), _MOST_PARTS):
        text = "".join(str(part) for part in child.itertext())
        if text.strip() and not len(child):
            texts.setdefault(_name(child), text)
    return texts


def _name(element: etree._Element) -> str:
    """Return the name without namespace or prefix; a recovered document has names such as `:`, which lxml refuses."""
    return re.split("[}:]", element.tag)[-1].lower() if isinstance(element.tag, str) else ""
