"""Finds the parts of a page that its reader does not see, and those hidden parts that a script reveals at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from lxml import etree, html

_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|$)|opacity\s*:\s*0\s*(?:;|$)",
    re.IGNORECASE,
)
# Class names that many systems use for screen-reader-only or hover-only content.
_CLASS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader(?:-text)?|assistive-text|[\w-]*tooltip[\w-]*|[\w-]*popover[\w-]*"
    r"|rollover[\w-]*)(?=\s|$)",
    re.IGNORECASE,
)
# Content that a page hides for good reason, however long it is.
_APART = re.compile(
    r"cookie|consent|gdpr|privacy|modal|dialog|popup|pop-up|overlay|newsletter|comment|menu|navigation|lightbox"
    r"|disclaimer|terms",
    re.IGNORECASE,
)
_NAMES = ("class", "id", "role", "aria-label")
_LONG_TEXTS: Any = etree.XPath(
    ".//text()[string-length() >= 25][not(parent::script or parent::style or parent::noscript or parent::template"
    " or parent::textarea or parent::a)]"
)
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u2e80-\uffdc]")
_SENTENCE = 60  # the width from which a paragraph is a sentence
_PROSE = 80  # the width from which a piece of text is a sentence or more
_LEAST = 300  # the width of prose that makes a hidden part an article
_SEVERAL = 2  # paragraphs that a text needs before a continuing part, and in it
_MOST_OF_A_PAGE = 0.5  # of its prose


Parts = Sequence[html.HtmlElement]


def reveal(tree: html.HtmlElement) -> Parts:
    """Reveal hidden parts that a script shows after loading; return the parts still hidden.

    Revealed are parts with most of a page's prose, and parts that continue the paragraphs before them: outlets fade
    their text in, hide everything until styles have loaded, or hide the rest until a button is pressed. Dialogs and
    menus stay hidden, and so does a copy of the text that some pages keep for machines.
    """
    body = tree.find("body")
    if body is not None and _is_hidden(body):
        _show(body)
    hidden = hidden_parts(tree)
    long = [(element, found) for element in hidden if (found := _prose(element)) >= _SEVERAL * _PROSE]
    most = max(_LEAST - 1, _MOST_OF_A_PAGE * _prose(tree)) if long else 0
    shown = []
    for element, found in long:
        names = " ".join(element.get(name) or "" for name in _NAMES)
        if (found > most or _continues(element)) and not _APART.search(names):
            shown.append(element)
    for element in shown:
        _show(element)
    return hidden_parts(tree) if shown else hidden


def hidden_parts(tree: html.HtmlElement) -> Parts:
    """The outermost elements in the body that style, class or attribute hide."""
    body = tree.find("body")
    found: dict[html.HtmlElement, None] = {}
    for element in () if body is None else body.iterdescendants():
        if _is_hidden(element) and not any(around in found for around in element.iterancestors()):
            found[element] = None
    return tuple(found)


def drop(parts: Parts) -> None:
    """Remove parts from their page."""
    for element in parts:
        if element.getparent() is not None:
            element.drop_tree()


def _continues(element: html.HtmlElement) -> bool:
    """Whether a part continues the paragraphs before it without repeating any of them."""
    before = [text for each in element.itersiblings("p", preceding=True) if (text := _sentence(each))]
    inside = [text for each in element.iter("p") if (text := _sentence(each))]
    is_page = any(True for _ in element.iter("h1", "form"))
    return len(before) >= _SEVERAL and len(inside) >= _SEVERAL and not is_page and frozenset(before).isdisjoint(inside)


def _sentence(paragraph: html.HtmlElement) -> str:
    text = str(paragraph.text_content()).strip()
    return text if len(text) + 2 * len(_WIDE.findall(text)) >= _SENTENCE else ""


def _show(element: html.HtmlElement) -> None:
    element.attrib.pop("hidden", None)
    for name, pattern in (("style", _STYLE), ("class", _CLASS)):
        if name in element.attrib:
            element.set(name, pattern.sub(" ", element.get(name)))


def _is_hidden(element: html.HtmlElement) -> bool:
    style, names = element.get("style"), element.get("class")
    return element.get("hidden") is not None or bool((style or names) and _hide(style, names))


@lru_cache(maxsize=4096)  # a page styles most of its elements in a few ways
def _hide(style: str | None, names: str | None) -> bool:
    return bool((style and _STYLE.search(style)) or (names and _CLASS.search(names)))


def _prose(element: html.HtmlElement) -> int:
    """The total width of an element's long texts outside links."""
    widths = (len(text) + 2 * len(_WIDE.findall(text)) for text in map(str.strip, _LONG_TEXTS(element)))
    return sum(found for found in widths if found >= _PROSE)
