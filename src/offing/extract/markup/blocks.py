"""Splits a page into blocks of text as its markup sets them: text and position only, no judgement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import html

from offing.extract.markup.presentational import INLINE

_SILENT = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "video", "audio", "canvas",
     "select", "option", "button", "input", "textarea", "head", "title", "map", "dialog"}
)  # fmt: skip
_CELL_BREAK = " | "
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u2e80-\uffdc]")
_HINTED = ("class", "id", "itemprop", "role", "data-component", "data-testid", "data-type")
_LISTS = frozenset({"list", "listitem"})  # roles equivalent to `ul` and `li`
_LONGEST_SCHEME = 12  # "javascript:"
_LONGEST_HINT = 300  # characters of an attribute; anything longer is data, not a name


@dataclass(slots=True, eq=False)
class BlockParent:
    """An element that holds blocks: its tag, the names in its markup, and its parent.

    `asks` is set if it holds a field for an e-mail address, or a form with one.
    """

    parent: BlockParent | None
    tag: str
    names: str
    asks: bool = False

    def line(self) -> Iterator[BlockParent]:
        """The place and its ancestors, innermost first."""
        place: BlockParent | None = self
        while place is not None:
            yield place
            place = place.parent


@dataclass(slots=True, eq=False)
class Block:
    """A run of text that a browser would set as one block."""

    text: str
    place: BlockParent
    linked: int  # characters inside links
    onward: int  # characters inside links to other pages of the site
    bold: int  # characters in bold or emphasis


@dataclass(slots=True)
class _Run:
    """The text collected since the end of the last block."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0
    onward: int = 0
    bold: int = 0

    def add(self, text: str, in_link: int, in_bold: int, leads_on: bool) -> None:
        self.parts.append(text)
        if in_link or in_bold:
            length = len(text.strip())
            self.linked += length if in_link else 0
            self.onward += length if leads_on else 0
            self.bold += length if in_bold else 0


class _Walk:
    """One walk over a tree in reading order."""

    def __init__(self, site: str) -> None:
        self.blocks: list[Block] = []
        self._site = site
        self._run = _Run()
        self._link = self._bold = 0
        self._leads_on = False

    def block(self, element: html.HtmlElement, parent: BlockParent | None) -> None:
        """Handle a block element: the text before it and the text in it are separate blocks."""
        attributes = dict(element.items())
        names = " ".join(name for name in map(attributes.get, _HINTED) if name and name not in _LISTS)
        place = BlockParent(parent, str(element.tag), names[:_LONGEST_HINT])
        if parent is not None:
            self._flush(parent)
        if element.tag == "tr":
            cells = [" ".join(cell.text_content().split()) for cell in element if cell.tag in ("td", "th")]
            links = [(link, len(link.text_content().strip())) for link in element.iter("a")]
            self._run.parts.append(_CELL_BREAK.join(cell for cell in cells if cell))
            self._run.linked = sum(length for _, length in links)
            self._run.onward = sum(size for link, size in links if _leads_on(link.get("href") or "", self._site))
        else:
            self._inside(element, place)
        self._flush(place)

    def _inside(self, element: html.HtmlElement, place: BlockParent) -> None:
        self._add(element.text)
        for child in element:
            tag = child.tag
            if tag == "br":
                self._add(" ")
            elif _is_inline(tag):
                self._inline(child, place)
            elif tag == "input" and child.get("type") == "email":
                place.asks = True
                if place.parent is not None:  # the form stands in a box, beside the text that invites to it
                    place.parent.asks = True
            elif isinstance(tag, str) and tag not in _SILENT:
                self.block(child, place)
            self._add(child.tail)

    def _inline(self, element: html.HtmlElement, place: BlockParent) -> None:
        is_link, is_bold = element.tag == "a", element.tag in ("b", "strong", "em", "i")
        self._link += is_link
        self._bold += is_bold
        self._leads_on = _leads_on(element.get("href") or "", self._site) if is_link else self._leads_on
        self._inside(element, place)
        self._leads_on = self._leads_on and not is_link
        self._link -= is_link
        self._bold -= is_bold

    def _add(self, text: str | None) -> None:
        if text and (self._run.parts or not text.isspace()):  # most text between blocks is white space
            self._run.add(text, self._link, self._bold, self._leads_on)

    def _flush(self, place: BlockParent) -> None:
        if not self._run.parts:
            return
        text = " ".join("".join(self._run.parts).split())
        if text:
            self.blocks.append(Block(text, place, self._run.linked, self._run.onward, self._run.bold))
        self._run = _Run()


@lru_cache(maxsize=1024)
def _is_inline(tag: object) -> bool:
    """Custom elements (with a hyphen) are inline, as in browsers."""
    return isinstance(tag, str) and (tag in INLINE or "-" in tag)


def _leads_on(href: str, site: str) -> bool:
    """Whether a link leads to another page of the site; a link without a host does."""
    if href.startswith(("http://", "https://", "//")):
        return bool(site) and href.split("/", 3)[2].lower().endswith(site)
    return bool(href) and not href.startswith("#") and ":" not in href[:_LONGEST_SCHEME]


def width(text: str) -> int:
    """The length of a text in alphabetic letters; a Chinese character carries about as much as three."""
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


def blocks_of(tree: html.HtmlElement, site: str = "") -> list[Block]:
    """All blocks of a page's body in reading order; `site` is the outlet's registered domain."""
    walk = _Walk(site)
    body = tree.find("body")
    walk.block(tree if body is None else body, None)
    return walk.blocks
