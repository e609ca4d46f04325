"""Normalises presentational markup: layout tables become blocks, line breaks become paragraphs.

The result is semantic markup; finding the article in it happens elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree, html

_SPANS = ("colspan", "rowspan", "span")
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark",
     "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)  # fmt: skip
_BREAK = "br"
_RENAMED = frozenset({"p", "font", "span"})  # may not hold paragraphs
_HOLDERS = frozenset({"article", "blockquote", "body", "center", "div", "main", "section", "td"}) | _RENAMED
_ARTICLE_CLASS = re.compile(r"(?:^|[\s_-])(?:article|story|post|entry|body|content)(?:$|[\s_-])", re.IGNORECASE)
_OTHER_CLASS = re.compile(
    r"comment|reply|teaser|related|sidebar|widget|card|promo|summary|excerpt|footer", re.IGNORECASE
)
_LONGEST_TEASER = 200
_LINKED_SHARE = 0.9
_LONG_CELL = 300  # characters; data cells are shorter
_LONG_PIECE = 80
_SEVERAL = 3
_SENTENCE_END = re.compile(r"[.!?…。！？؟։।:：;；\"”»’)）」』]\s*$")

Piece = list[html.HtmlElement | str]


def normalise_markup(tree: html.HtmlElement) -> None:
    """Normalise the tree in place, so that its markup matches what a reader sees; remove hidden parts before."""
    for element in tree.iter("td", "th", "col", "colgroup"):
        for name in _SPANS:
            element.attrib.pop(name, None)
    for table in list(tree.iter("table")):
        if _is_layout(table):
            _unfold(table)
    for figure in tree.iter("figure"):
        if _holds_text(figure):
            figure.tag = "div"
    for paragraph in [element for element in tree.iter("p") if _is_link_only(element)]:
        if paragraph.getparent() is not None:
            paragraph.drop_tree()
    _join_chunks(tree)
    broken = {line_break.getparent() for line_break in tree.iter(_BREAK)}
    for holder in [element for element in tree.iter(*_HOLDERS) if element in broken] if broken else ():
        _split_at_breaks(holder)


def _holds_text(figure: html.HtmlElement) -> bool:
    """Whether a figure is a frame around a text: it holds several paragraphs, which no caption does."""
    lengths = (_width(paragraph.text_content().strip()) for paragraph in figure.iter("p"))
    return sum(length >= _LONG_PIECE for length in lengths) >= _SEVERAL


def _is_link_only(paragraph: html.HtmlElement) -> bool:
    """Whether a short paragraph is a single link and nothing else, which announces another article."""
    length = len(paragraph.text_content().strip())
    linked = sum(len(link.text_content().strip()) for link in paragraph.iter("a"))
    return 0 < length <= _LONGEST_TEASER and linked >= _LINKED_SHARE * length


def _join_chunks(tree: html.HtmlElement) -> None:
    """Join parts of one article that advertising separates: same class, which names an article, and prose in each."""
    chunks: dict[str, list[html.HtmlElement]] = {}
    for element in tree.iter("div", "section"):
        name = element.get("class") or ""
        prose = (child.text_content() for child in element if child.tag == "p")
        if _is_of_article(name) and sum(map(len, prose)) > _LONG_CELL:
            chunks.setdefault(name, []).append(element)
    if len(chunks) == 1:
        first, *others = next(iter(chunks.values()))
        for other in others:
            if first not in other.iterancestors():
                first.extend(list(other))


@lru_cache(maxsize=4096)  # a page styles most of its elements in a few ways
def _is_of_article(name: str) -> bool:
    return bool(_ARTICLE_CLASS.search(name)) and not _OTHER_CLASS.search(name)


def _is_layout(table: html.HtmlElement) -> bool:
    """Whether a table is for layout, not data: it holds a long cell, a heading or another table."""
    if table.find(".//table") is not None or table.find(".//h1") is not None or table.find(".//h2") is not None:
        return True
    return any(len(cell.text_content()) > _LONG_CELL for cell in table.iter("td"))


def _unfold(table: html.HtmlElement) -> None:
    """Turn a table and its own rows and cells into blocks; nested tables are judged separately."""
    for element in _own_parts(table):
        element.tag = "div"
    table.tag = "div"


def _own_parts(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for child in list(table):
        if child.tag in ("tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup", "col"):
            yield from _own_parts(child)
            yield child


def _split_at_breaks(holder: html.HtmlElement) -> None:
    """Turn runs of text between breaks into paragraphs; a single break in mid-sentence becomes a space."""
    groups = _grouped(_taken_out(holder))
    pieces = [group for group in groups if isinstance(group, list)]
    # Prose becomes paragraphs, a menu does not.
    widths = [_width(_text(piece)) for piece in pieces]
    wrap = len(widths) > 1 and max(widths) >= _LONG_PIECE and sum(widths) >= _LONG_PIECE / 2 * len(widths)
    for group in groups:
        if not isinstance(group, list):
            holder.append(group)
        elif wrap:
            _fill(etree.SubElement(holder, "p"), group)
        else:
            _fill(holder, [" ", *group])
    if wrap and holder.tag in _RENAMED:
        holder.tag = "div"


def _taken_out(holder: html.HtmlElement) -> Iterator[html.HtmlElement | str]:
    """Remove the nodes of an element, in reading order."""
    children = list(holder)
    text, holder.text = holder.text, None
    yield text or ""
    for child in children:
        tail, child.tail = child.tail, None
        holder.remove(child)
        yield child
        yield tail or ""


def _grouped(nodes: Iterator[html.HtmlElement | str]) -> list[Piece | html.HtmlElement]:
    """Runs of inline nodes between paragraph breaks, and block elements, in order."""
    groups: list[Piece | html.HtmlElement] = []
    piece: Piece = []
    breaks = 0
    for node in nodes:
        if not isinstance(node, str) and node.tag == _BREAK:
            breaks += 1
        elif not isinstance(node, str) and node.tag not in INLINE:
            groups.extend([*([piece] if _text(piece).strip() else []), node])
            piece, breaks = [], 0
        elif not isinstance(node, str) or node.strip():
            # A single break ends a paragraph only after a long piece that ends with a full sentence.
            text = _text(piece) if breaks else ""
            if breaks > 1 or (_width(text) >= _LONG_PIECE and _SENTENCE_END.search(text)):
                groups.append(piece)
                piece = []
            piece.extend([" ", node] if breaks else [node])
            breaks = 0
        elif not breaks:
            piece.append(node)
    return [*groups, *([piece] if _text(piece).strip() else [])]


def _text(piece: Piece) -> str:
    return "".join(node if isinstance(node, str) else node.text_content() for node in piece)


def _width(text: str) -> int:
    """The length of a text in alphabetic letters; a Chinese character carries about as much as three."""
    wide = sum(1 for char in text if "\u2e80" <= char <= "\uffdc")
    return len(text) + 2 * wide


def _fill(parent: html.HtmlElement, piece: Piece) -> None:
    for node in piece:
        if not isinstance(node, str):
            parent.append(node)
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + node
        else:
            parent.text = (parent.text or "") + node
