"""Finds candidate feed addresses of a site: from its page, robots.txt, sitemaps and the usual paths. Pure.

Each address is only a clue; whether it is a feed shows when its document is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree, html

from offing.model.sources.feed import NotAFeed
from offing.model.text.markup import read_markup
from offing.model.text.text import clean_text
from offing.poll.documents.document import DocumentReader, read_document
from offing.urls import canonical_url, domain_of, feed_key, host_of

MOST_LINKS = 15  # links of a page that look like feeds; sites with feeds by topic have dozens
MOST_SITEMAPS = 3  # of an index, the likeliest first
FEED_PATHS = ("/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/feed.json")
NEWS_PATHS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml")

_TYPES = re.compile(
    r"^\s*(?:application|text)/(?:(?:rss|atom|rdf|feed)\+(?:xml|json)|(?:x-)?(?:rss|atom))", re.IGNORECASE
)
_PATH = re.compile(r"(?:^|[/._-])(?:rss|feeds?|atom|rdf)(?:[/._-]?\d)?(?:$|[/._-])|\.(?:rss|atom|rdf)$", re.IGNORECASE)
_QUERY = re.compile(r"(?:^|[&=])(?:feed|rss|format)=(?:rss|atom|feed|xml)|(?:^|&)(?:rss|feed)(?:$|&|=)", re.IGNORECASE)
_HOST = re.compile(r"(?:feeds?|rss)\d?\.", re.IGNORECASE)
_WORDS = re.compile(r"^\W*(?:rss|atom|xml)(?:\W*(?:feed|2\.0|1\.0))?\W*$", re.IGNORECASE)
_OF_COMMENTS = re.compile(r"comments?|commentaires|comentarios", re.IGNORECASE)
_SITEMAP = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_FEED_SCHEME = re.compile(r"^feed:(?://)?(?=https?://)|^feed://", re.IGNORECASE)
_NEWS = re.compile(r"news|noticias|actualit|haber|berita", re.IGNORECASE)


class ClueKind(StrEnum):
    """What names an address, most reliable first."""

    ITSELF = "the address itself"
    HEAD = "the page's head"
    LINK = "a link on the page"
    ROBOTS = "robots.txt"
    INDEX = "a sitemap index"
    PATH = "a usual place"


@dataclass(frozen=True, slots=True)
class Clue:
    """An address that may be a feed, and what names it."""

    url: str
    kind: ClueKind


def page_clues(body: bytes, content_type: str, url: str) -> tuple[Clue, ...]:
    """Return the feeds that a page names: those in its head, then links that look like feeds; comment feeds last."""
    markup = read_markup(body, content_type)
    if isinstance(markup, str):
        return ()
    head = []
    for link in markup.tree.iter("link"):
        rel = (link.get("rel") or "").lower().split()
        is_feed = ("alternate" in rel or "feed" in rel) and _TYPES.match(link.get("type") or "")
        if is_feed and (address := _address(link.get("href") or "", url)):
            head.append(Clue(address, ClueKind.HEAD))
    links = []
    for link in markup.tree.iterfind(".//a[@href]"):
        address = _address(link.get("href") or "", url)
        if address and _looks_like_a_feed(link, address):
            links.append(Clue(address, ClueKind.LINK))
    links.sort(key=lambda clue: domain_of(clue.url) != domain_of(url))
    found = list(_each_once([*head, *links[:MOST_LINKS]], url))
    found.sort(key=lambda clue: bool(_OF_COMMENTS.search(clue.url)))
    return tuple(found)


def robots_clues(robots: str, url: str) -> tuple[Clue, ...]:
    """Return the sitemaps that robots.txt names (sitemaps.org, "Submitting"), news sitemaps first."""
    named = [address for found in _SITEMAP.finditer(robots) if (address := _address(found[1], url))]
    return tuple(_each_once((Clue(address, ClueKind.ROBOTS) for address in _news_first(named)), ""))


def index_clues(body: bytes, content_type: str, url: str) -> tuple[Clue, ...]:
    """Return the likeliest sitemaps of an index: news first, then the most recently changed; () if it is no index."""
    document = read_document(body, content_type, url)
    if isinstance(document, NotAFeed) or document.kind is not DocumentReader.SITEMAP:
        return ()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True, encoding="utf-8")
    root = etree.fromstring(document.text.encode("utf-8", "replace"), parser)
    named = [
        (clean_text(child.findtext("{*}lastmod") or ""), address)
        for child in root.iterfind("{*}sitemap")
        if (address := _address(child.findtext("{*}loc") or "", url))
    ]
    named.sort(key=lambda each: each[0], reverse=True)
    best = _news_first(address for _, address in named)
    return tuple(_each_once((Clue(address, ClueKind.INDEX) for address in best[:MOST_SITEMAPS]), url))


def usual_clues(url: str, paths: Iterable[str]) -> tuple[Clue, ...]:
    """Return the usual feed paths of a site: below the page itself, if it is a section, then at the root."""
    parts = urlsplit(url)
    below = parts.path.rstrip("/")
    is_section = bool(below) and "." not in below.rpartition("/")[2]
    own = [f"{url.partition('?')[0].rstrip('/')}/feed"] if is_section and "/feed" in paths else []
    found = [*own, *(urljoin(url, path) for path in paths)]
    return tuple(_each_once((Clue(address, ClueKind.PATH) for address in found), url))


def _looks_like_a_feed(link: html.HtmlElement, address: str) -> bool:
    """Return whether a link's address, type or text suggests a feed."""
    parts = urlsplit(address)
    named = _PATH.search(parts.path) or _QUERY.search(parts.query) or _TYPES.match(link.get("type") or "")
    return bool(named or _HOST.match(host_of(address)) or _WORDS.match(clean_text(str(link.text_content())[:100])))


def _address(written: str, base: str) -> str | None:
    try:
        # feed://host is http://host, feed:https://host is https://host.
        link = _FEED_SCHEME.sub(lambda found: "http://" if found[0].lower() == "feed://" else "", clean_text(written))
        address = urldefrag(urljoin(base, link)).url
        canonical_url(address)
    except ValueError:
        return None
    return address if written.strip() else None


def _news_first(addresses: Iterable[str]) -> list[str]:
    return sorted(addresses, key=lambda address: not _NEWS.search(urlsplit(address).path))


def _each_once(clues: Iterable[Clue], but: str) -> Iterator[Clue]:
    seen = {feed_key(but)} if but else set()
    for clue in clues:
        key = feed_key(clue.url)
        if key not in seen:
            seen.add(key)
            yield clue
