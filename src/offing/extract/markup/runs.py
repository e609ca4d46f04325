"""The visible text of a page in runs, which end where a block begins or ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
     "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "td", "th", "time",
     "tt", "u", "var", "wbr"}
)  # fmt: skip
_UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "head", "svg", "iframe", "object", "select", "textarea"}
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CELL_BREAK = " | "


@dataclass(frozen=True, slots=True)
class Run:
    """Text between two block boundaries; `element` is the innermost block around its beginning."""

    text: str
    element: html.HtmlElement


def runs_of(root: html.HtmlElement) -> Iterator[Run]:
    """The visible, non-empty runs below an element in reading order."""
    pieces: list[str] = []
    inside = [root]
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        is_block = element.tag not in _INLINE
        if is_block and pieces:
            yield from _run(pieces, inside[-1])
        if event == "start":
            inside.extend([element] if is_block else [])
            hidden = element.get("hidden") is not None or _HIDDEN_STYLE.search(element.get("style") or "")
            if hidden or element.tag in _UNSEEN:
                walk.skip_subtree()
            else:
                pieces.extend([element.text] if element.text else [])
            continue
        if is_block and len(inside) > 1:
            inside.pop()
        if element.tag in ("td", "th") and element.getnext() is not None:
            pieces.append(_CELL_BREAK)
        if element.tail and element is not root:
            pieces.append(element.tail)
    yield from _run(pieces, root)


def _run(pieces: list[str], element: html.HtmlElement) -> Iterator[Run]:
    text = " ".join("".join(pieces).split())
    pieces.clear()
    if text:
        yield Run(text, element)
