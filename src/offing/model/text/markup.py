"""From the bytes of a page to a tree that is safe to process: limits first, then text, then markup. Pure.

Part of the model because polling and extraction share these rules but may not import each other.
The limits are docs/limits.md, Sizes; they are checked on the text, since the parsers downstream are quadratic in
what these documents contain (L8).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import ascii_letters

from lxml import etree, html

from offing.model.text.charset import decode
from offing.model.text.text import fit_for_xml

LARGEST_PAGE = 5 * 1024 * 1024
MOST_ELEMENTS = 60_000
MOST_ATTRIBUTES = 200
LONGEST_ADDRESS = 64 * 1024  # a `data:` image longer than that is dropped before parsing
_SHORTEST_SUSPECT = 2 * MOST_ATTRIBUTES  # a tag with too many attributes is at least that long

_OPENING = re.compile(r"<[a-zA-Z]")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_DATA_ADDRESS = re.compile(rf"data:[^\"'<>\s]{{{LONGEST_ADDRESS},}}")
_RAW_TEXT_NAMES = ("script", "style", "textarea", "noembed", "noframes")
_RAW_TEXT = re.compile(rf"<({'|'.join(_RAW_TEXT_NAMES)})(?=[\s/>])", re.IGNORECASE | re.ASCII)
_RAW_TEXT_END = {name: re.compile(f"</{name}", re.IGNORECASE | re.ASCII) for name in _RAW_TEXT_NAMES}
# `<a<p>`, as where a page was cut inside a tag: lxml reads an element of that name, and then refuses to make another.
_MISNAMED = "//*[translate(name(), '<&\"', '') != name()]"
# One class for all elements: lxml's own class lookup calls a function for each element.
_ONE_CLASS = etree.ElementDefaultClassLookup(element=html.HtmlElement)


@dataclass(frozen=True, slots=True)
class Markup:
    """A parsed page. `sure` is False if its encoding was guessed or its bytes are damaged."""

    tree: html.HtmlElement
    text: str
    sure: bool

    def fresh(self) -> html.HtmlElement:
        """Return an unmodified tree, parsed again for a caller that has changed the first."""
        tree = _tree(self.text)
        return self.tree if tree is None else tree


def read_markup(body: bytes, content_type: str) -> Markup | str:
    """Return the tree of a page, or a sentence that says why there is none."""
    if len(body) > LARGEST_PAGE:
        return f"the page has {len(body):,} bytes; pages up to {LARGEST_PAGE:,} are read"
    decoded = decode(body, content_type)
    text = fit_for_xml(decoded.text)
    if not text or text.isspace():
        return "the page is empty"
    too_much = excess(text)
    if too_much:
        return too_much
    tree = _tree(text)
    return "the page holds no markup that can be read" if tree is None else Markup(tree, text, decoded.sure)


def select(path: str, element: html.HtmlElement) -> list[html.HtmlElement]:
    """Return the elements that an XPath selects relative to an element, in document order."""
    found = etree.XPath(path)(element)
    return [each for each in found if isinstance(each, html.HtmlElement)] if isinstance(found, list) else []


def excess(text: str) -> str:
    """Return a sentence on what exceeds the limits of the parsers downstream, or "". Linear in the text."""
    if text.count("<") > MOST_ELEMENTS and (elements := len(_OPENING.findall(text))) > MOST_ELEMENTS:
        return f"the page has about {elements:,} elements; pages up to {MOST_ELEMENTS:,} are read"
    if _holds_crowded(text) and _holds_crowded(_without_raw_text(text)):
        return f"an element of the page has more than {MOST_ATTRIBUTES} attributes"
    return ""


def _holds_crowded(text: str) -> bool:
    """Return whether a tag has too many attributes. Splits the text; a pattern would take several times as long."""
    pieces = text.split("<")[1:]
    return any(_is_crowded(piece) for piece in pieces if len(piece) > _SHORTEST_SUSPECT)


def _is_crowded(piece: str) -> bool:
    """Return whether the text after a `<` is a tag with too many attributes."""
    if piece[0] not in ascii_letters or ">" in piece[1 : _SHORTEST_SUSPECT + 1]:
        return False
    tag = piece.partition(">")[0]
    return len(tag.split()) > MOST_ATTRIBUTES and len(_QUOTED.sub("", tag).split()) > MOST_ATTRIBUTES


def _without_raw_text(text: str) -> str:
    """Return the text without scripts and similar elements, in which `<` opens no tag.

    An unclosed one extends to the end.
    """
    kept, at = [], 0
    while start := _RAW_TEXT.search(text, at):
        kept.append(text[at : start.start()])
        end = _RAW_TEXT_END[start[1].lower()].search(text, start.end())
        at = end.start() if end else len(text)
    return "".join([*kept, text[at:]])


def _tree(text: str) -> html.HtmlElement | None:
    text = _DATA_ADDRESS.sub("data:", text)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False, no_network=True)
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    if not isinstance(tree, html.HtmlElement):
        return None
    for element in select(_MISNAMED, tree):
        element.tag = "span"
    return tree
