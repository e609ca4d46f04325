"""The stage: from a stored page to an article, or to the reason why there is none. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml import html

from offing.extract.body import body_blocks
from offing.extract.document import Page, read_page
from offing.extract.fold import fold
from offing.extract.heading import heading_of
from offing.extract.language import language_of
from offing.extract.layout import straighten
from offing.extract.lines import article_lines
from offing.extract.published import published_at
from offing.extract.refusal import why_no_text, why_notice
from offing.extract.structured import Structured, statements
from offing.model.article import ExtractedArticle, NoArticle
from offing.model.page import StoredPage
from offing.model.text import clean_text, plain, shorten_tokens
from offing.urls import canonical_url, domain_of, host_of

LONGEST_TEXT = 200_000  # characters, security-plan 5.5
SHORTEST_TEXT = 80
SHORTEST_WIDE = 30  # Chinese, Japanese, Korean
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
LONGEST_AUTHOR = 120
LONGEST_ADDRESS = 2048
_BY = re.compile(r"^(?:by|par|por|von|автор:?|بقلم:?|作者[:：]?)\s+", re.IGNORECASE)
_AFTER_NAME = re.compile(
    r"(?:[|•@\n]|\s\d|(?:january|february|march|april|may|june|july|august|september|october"
    r"|november|december)\s+\d).*",
    re.IGNORECASE,
)
_METHOD = "trafilatura"
_UNSURE = "+guessed-encoding"


@dataclass(frozen=True, slots=True)
class _Text:
    """Paragraphs within the limit, and whether some were cut."""

    paragraphs: tuple[str, ...]
    cut: bool


def extract_article(page: StoredPage, now: datetime) -> ExtractedArticle | NoArticle:
    """The article on a page.

    Args:
        page: the stored page with what its entry and feed said of it.
        now: aware UTC; no date later than two days from it is believed.

    Returns:
        The article, all its strings cleaned, or the reason why there is none.
    """
    read = read_page(page.body, page.content_type)
    if isinstance(read, NoArticle):
        return read
    said = statements(read.tree)
    host = host_of(page.final_url)
    heading = heading_of(read.tree, said, plain(page.title), page.outlet, host)
    outlet = heading.outlet or host
    markup_language = read.tree.get("lang") or said.first_meta("og:locale", "content-language", "language")
    when, source = published_at(read.tree, said, page.final_url, page.published, now)
    address = _address(read.tree, page.final_url)
    author = _author(read.tree, said, outlet)
    text = _text(_blocks(read, page.final_url), heading.title, outlet, now)
    refused = _refusal(read, heading.title, text.paragraphs)
    if refused:
        return NoArticle(refused)
    return ExtractedArticle(
        url=address,
        title=heading.title,
        paragraphs=text.paragraphs,
        language=language_of("\n".join((heading.title, *text.paragraphs)), markup_language, page.language),
        published=when,
        published_source=str(source),
        author=author,
        outlet=outlet,
        method=_METHOD if read.sure else _METHOD + _UNSURE,
        cut=text.cut,
    )


def _blocks(read: Page, url: str) -> tuple[str, ...]:
    straighten(read.tree)
    return body_blocks(read.tree, url)


def _text(blocks: Iterable[str], title: str, outlet: str, now: datetime) -> _Text:
    """The article's paragraphs: cleaned, without furniture, up to the limit."""
    whole = [clean_text(block) for block in blocks]
    lines = article_lines([shorten_tokens(block) for block in whole], title, outlet, now)
    kept, left = [], LONGEST_TEXT
    for line in lines:
        if left > 0:
            kept.append(clean_text(line[:left]))
            left -= len(line)
    return _Text(tuple(kept), left < 0 or any(len(block) != len(shorten_tokens(block)) for block in whole))


def _refusal(page: Page, title: str, paragraphs: tuple[str, ...]) -> str:
    """Why what was found is no article, or ""."""
    text = " ".join(paragraphs)
    if len(text) < (SHORTEST_WIDE if _WIDE.search(text) else SHORTEST_TEXT):
        return why_no_text(page.text)
    return why_notice(title, text)


def _address(tree: html.HtmlElement, final_url: str) -> str:
    """The address that the page names as its own, if it lies on the same site, else the one it was fetched from."""
    stated = [element.get("href") for element in tree.iter("link") if (element.get("rel") or "").lower() == "canonical"]
    stated += [element.get("content") for element in tree.iter("meta") if element.get("property") == "og:url"]
    for address in filter(None, stated):
        found = _same_site(address, final_url)
        if found:
            return found
    return canonical_url(final_url)


def _same_site(address: str, final_url: str) -> str:
    """A canonical address in full if it may stand for the page, else "".

    Another registered domain could claim the article of its owner; a home page stands for no article.
    """
    try:
        full = canonical_url(urljoin(final_url, address.strip()))
        there, here = urlsplit(full), urlsplit(final_url)
        same = domain_of(full) == domain_of(final_url) and there.port == here.port
    except ValueError:
        return ""
    is_home = there.path in ("", "/") and not there.query and here.path not in ("", "/")
    return full if same and not is_home and len(full) <= LONGEST_ADDRESS else ""


def _author(tree: html.HtmlElement, said: Structured, outlet: str) -> str | None:
    """The author as the page's markup names one; an address, a sentence or the outlet itself is none."""
    stated = (
        said.first_value("author", "creator"),
        said.first_meta("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author"),
        *(plain(element.text_content()) for element in tree.xpath("//*[@rel='author' or @itemprop='author']")[:3]),
    )
    for name in (_AFTER_NAME.sub("", _BY.sub("", text)).strip() for text in stated):
        if 1 < len(name) <= LONGEST_AUTHOR and "://" not in name and fold(name) not in ("admin", fold(outlet)):
            return name
    return None
