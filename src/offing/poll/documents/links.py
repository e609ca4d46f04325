"""Reads the links of a watched page as entries, for sites without a feed. Pure; runs in a worker process.

Links on a page are less reliable than a feed, so finding none is never "no news": sites are rebuilt, and
yesterday's selector then matches nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from lxml import etree, html

from offing.model.sources.feed import FeedForm, NotAFeed, ParsedFeed
from offing.model.sources.links import LinkRule
from offing.model.text.markup import read_markup, select
from offing.model.text.text import clean_text, cut_bytes, plain
from offing.poll.documents.entries import LONGEST_TITLE, MOST_ENTRIES, RawEntry, Source, announce, usable_link
from offing.poll.documents.link_boxes import boxes
from offing.poll.documents.link_dates import dates_of
from offing.poll.documents.refusal import obstacle_of
from offing.urls import domain_of, url_key

FEWEST = 3  # links that make a list where no selector is set
FEWEST_WORDS = 4
FEWEST_LETTERS = 9  # the same in scripts without spaces between words
SHORT_PAGE = 3000  # characters of text; block pages have little more
ADVICE = "Open the page in a browser and give a new selector: offing feeds add URL --page --links 'SELECTOR'."

_NO_TEXT = ("script", "style", "noscript", "template", "svg")
_HEADINGS = "descendant::*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"
_MAIN = "//main | //*[@role='main'] | //article"
_MENUS = frozenset({"nav", "aside"})
_EDGES = frozenset({"header", "footer"})  # of the page; an article's own header often holds its headline
_PARTS = frozenset({"main", "article"})
_UNSPACED = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x2E80, 0x9FFF), (0xAC00, 0xD7AF))


@dataclass(frozen=True, slots=True)
class _Link:
    """One address of the page with the elements that lead there, in order."""

    url: str
    elements: tuple[html.HtmlElement, ...]
    box: html.HtmlElement


def parse_links(body: bytes, content_type: str, url: str, now: datetime, rule: LinkRule) -> ParsedFeed | NotAFeed:
    """Return the links of a page as entries, or why there are none.

    Args:
        body: the answer's body, unpacked from transfer.
        content_type: the header; only its encoding is believed.
        url: the address that answered, against which links are resolved.
        now: aware UTC; no date later than two days from it is believed.
        rule: which links, where their dates stand, and the zone in which these are meant.
    """
    markup = read_markup(body, content_type)
    if isinstance(markup, str):
        return NotAFeed(markup, advice=ADVICE)
    tree = markup.tree
    etree.strip_elements(tree, *_NO_TEXT, with_tail=False)
    links = _links(tree, url, rule)
    if not links:
        return NotAFeed(_nothing(tree, rule), advice=ADVICE)
    dates = dates_of([(link.url, link.elements[0], link.box) for link in links], tree, rule, now)
    titles = _titles(links, dates, rule)
    raws = []
    for link, title, date in zip(links, titles, dates, strict=True):
        paragraphs = (_plain(part) for part in link.box.iterfind(".//p"))
        raws.append(RawEntry((link.url,), title=title, summary=" ".join(filter(None, paragraphs)), published=date))
    entries, problems = announce(raws, Source(url, now, rule.zone))
    name = cut_bytes(clean_text(tree.findtext(".//title") or ""), LONGEST_TITLE)
    return ParsedFeed(FeedForm.PAGE, name, entries, problems=problems, whole=markup.sure)


def _links(tree: html.HtmlElement, url: str, rule: LinkRule) -> list[_Link]:
    """Return the pages that the rule's links lead to, each once.

    Non-pages (mail, scripts, the page itself) are dropped.
    """
    base, named = url, tree.find(".//base[@href]")
    with suppress(ValueError):
        base = url if named is None else urljoin(url, clean_text(named.get("href") or ""))
    found: dict[str, tuple[str, list[html.HtmlElement]]] = {}
    if rule.path:
        chosen = select(rule.path, tree)[: 2 * MOST_ENTRIES]
        # Of a box without an address of its own the first link counts.
        links = [each if each.get("href") else each.find(".//a[@href]") for each in chosen]
    else:
        links = _usual(tree, url)
    for element in (link for link in links if link is not None):
        address = usable_link(element.get("href") or "", base)
        if address and url_key(address) != url_key(url):
            found.setdefault(url_key(address), (address, []))[1].append(element)
    around = boxes([elements for _, elements in found.values()])
    pairs = zip(found.values(), around, strict=True)
    return [_Link(address, tuple(elements), box) for (address, elements), box in pairs]


def _usual(tree: html.HtmlElement, url: str) -> list[html.HtmlElement]:
    """Return links that look like headlines: same site, long enough, not in menus; none if there are too few."""
    within = [part for part in select(_MAIN, tree) if part.find(".//a[@href]") is not None] or [tree]
    links = dict.fromkeys(link for part in within for link in part.iterfind(".//a[@href]"))
    found = [link for link in list(links)[: 2 * MOST_ENTRIES] if _is_headline(link, url)]
    return found if len({link.get("href") for link in found}) >= FEWEST else []


def _is_headline(link: html.HtmlElement, url: str) -> bool:
    """Return whether a link looks like a headline: long enough, on the same site, in no menu."""
    text = clean_text(str(link.text_content())[: 4 * LONGEST_TITLE])
    unspaced = sum(any(first <= ord(char) <= last for first, last in _UNSPACED) for char in text)
    if len(text.split()) < FEWEST_WORDS and unspaced < FEWEST_LETTERS:
        return False
    try:
        same_site = domain_of(urljoin(url, clean_text(link.get("href") or ""))) == domain_of(url)
    except ValueError:
        return False
    around = {parent.tag for parent in link.iterancestors()}
    return same_site and not (around & _MENUS or (around & _EDGES and not around & _PARTS))


def _titles(links: Sequence[_Link], dates: Sequence[str], rule: LinkRule) -> list[str]:
    """Return the title of each link: its longest text, preferably a heading, without its date.

    A text shared by several links ("Read more") is a button, not a title.
    """
    texts = []
    for link, date in zip(links, dates, strict=True):
        longest = max((_heading(element) or _plain(element) for element in link.elements), key=len)
        bare = rule.dates.pattern.sub("", longest) if rule.dates.pattern else longest
        texts.append(bare.removeprefix(date).removesuffix(date).strip() or longest)
    times = Counter(texts)
    return [
        text if text and times[text] == 1 else _heading(link.box) or text or _label(link)
        for link, text in zip(links, texts, strict=True)
    ]


def _heading(box: html.HtmlElement) -> str:
    """Return the text of an element's first heading, or ""."""
    found = select(_HEADINGS, box)
    return _plain(found[0]) if found else ""


def _label(link: _Link) -> str:
    """Return a label for a link without text: its `title` or `aria-label`, or the `alt` of its image."""
    for element in link.elements:
        images = (image.get("alt") for image in element.iterfind(".//img"))
        label = next(filter(None, (element.get("title"), element.get("aria-label"), *images)), "")
        if label:
            return clean_text(label)
    return ""


def _plain(element: html.HtmlElement) -> str:
    """Return the text of an element, with adjacent blocks kept apart."""
    return plain(etree.tostring(element, encoding="unicode", with_tail=False))


def _nothing(tree: html.HtmlElement, rule: LinkRule) -> str:
    """Return a sentence on why a page has no links that could be entries."""
    text = clean_text(str(tree.text_content()))
    sign = obstacle_of(etree.tostring(tree, encoding="unicode")) if len(text) < SHORT_PAGE else ""
    if sign:
        return f"{sign}, not the page that is watched"
    if rule.links:
        return f"the selector {rule.links!r} finds no link in the page any more; the page may have been rebuilt"
    return f"the page has no list of links that look like headlines ({FEWEST} or more of {FEWEST_WORDS} words or more)"
