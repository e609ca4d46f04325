"""Sitemaps (https://www.sitemaps.org/protocol.html), plain and with Google's news extension."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from offing.model.entry import AnnouncedEntry
from offing.model.feed import FeedForm, NotAFeed, ParsedFeed
from offing.model.text import cut_bytes, plain
from offing.poll.document import Document
from offing.poll.entries import LONGEST_TITLE, MOST_ENTRIES, RawEntry, Source, announce, usable_link

INDEX = "it is an index of other sitemaps and announces no pages itself: add the one that holds the news"
MOST_READ = 3  # sitemaps of an index; large sites have hundreds, nearly all of them archives
_END = re.compile(r"</(?:\w+:)?(?:urlset|sitemapindex)\s*>", re.IGNORECASE)
_PAGE_START = re.compile(r"<(?:\w+:)?(?:url|sitemap)(?=[\s>/])", re.IGNORECASE)
_PAGE_END = re.compile(r"</(?:\w+:)?(?:url|sitemap)\s*>", re.IGNORECASE)
_MOST_PARTS = 100  # elements looked at below one page; news sitemaps have about ten


def read_sitemap(document: Document, source: Source) -> ParsedFeed:
    """The pages of a sitemap as entries. An index gives no entries, but names its likeliest parts."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True, encoding="utf-8")
    text = _whole_pages(document)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    trouble = list(document.trouble)
    if text != document.text:
        trouble.append("the document is cut off; whole pages before the cut were taken")
    elif parser.error_log:
        trouble.append(f"it is not well-formed ({parser.error_log[0].message[:80]}); what could be read was taken")
    if _name(root) == "sitemapindex":
        named = [said for child in root if (said := _said(child)).get("loc", "").strip()]
        problems = (*trouble, _advice([said["loc"].strip() for said in named]))
        parts = tuple(_likeliest(named, source.url))
        return ParsedFeed(FeedForm.SITEMAP, "", (), problems=problems, whole=False, parts=parts)
    pages = [_said(url) for url in root if _name(url) == "url"]
    entries, problems = announce([_raw(said) for said in pages], source, trouble)
    publication = next((said["name"] for said in pages if "name" in said), "")
    title = cut_bytes(plain(publication), LONGEST_TITLE)
    whole = document.whole and not parser.error_log
    return ParsedFeed(FeedForm.SITEMAP, title, entries, None, source.language, problems, whole)


def _whole_pages(document: Document) -> str:
    """The text without a last page that is cut: half of an address may be the address of another page."""
    if _END.search(document.masked):
        return document.text
    first = _PAGE_START.search(document.masked)
    *_, last = [
        first.start() if first else len(document.text),
        *(page.end() for page in _PAGE_END.finditer(document.masked)),
    ]
    return document.text[:last]


def join_parts(index: ParsedFeed, read: Sequence[tuple[str, ParsedFeed | NotAFeed | str]]) -> ParsedFeed:
    """What an index announces through its parts. It is never whole: its parts change while it stays the same.

    Args:
        index: the index.
        read: address of each part that was asked for, and what it announces, or a sentence why it could not be had.
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
    kept = tuple(entries.values())[:MOST_ENTRIES]
    title = next((part.title for _, part in read if isinstance(part, ParsedFeed) and part.title), "")
    return replace(index, title=title, entries=kept, problems=tuple(problems), parts=())


def _likeliest(named: Sequence[dict[str, str]], url: str) -> Iterator[str]:
    """The sitemaps that hold the news: first those that say so, then those that changed last."""
    newest = sorted(named, key=lambda said: said.get("lastmod", ""), reverse=True)
    found = [link for said in sorted(newest, key=_is_old) if (link := usable_link(said["loc"], url))]
    yield from dict.fromkeys(found[:MOST_READ])


def _is_old(said: dict[str, str]) -> bool:
    return "news" not in said["loc"].split("/", 3)[-1].lower()


def _advice(named: Sequence[str]) -> str:
    """The sentence on an index: how many sitemaps it names, and the likeliest one for news."""
    newsy = (address for address in named if "news" in address.split("/", 3)[-1].lower())
    best = next(newsy, named[0] if named else "")
    return f"{INDEX} ({len(named):,} named{', such as ' + best[:200] if best else ''})"


def _raw(said: dict[str, str]) -> RawEntry:
    return RawEntry(
        links=(said.get("loc", ""),),
        title=said.get("title", ""),
        published=said.get("publication_date", "") or said.get("lastmod", ""),
        updated=said.get("lastmod", ""),
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
