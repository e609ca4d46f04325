"""The paragraphs of the article on a page: two ways of trafilatura, the page's own statements, and a choice among all.

Its own downloader is never used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from functools import cache
from typing import TYPE_CHECKING

from lxml import etree, html

from offing.extract.blocks import blocks_of
from offing.extract.choice import choose
from offing.extract.fold import fold
from offing.extract.structured import statements
from offing.extract.votes import Vote, Votes

if TYPE_CHECKING:
    from configparser import ConfigParser

_BLOCKS = frozenset({"p", "head", "quote", "item", "list", "table", "row", "cell", "code", "div", "ab"})
MOST_BLOCKS = 5000  # pages with more are lists without end; each block is looked for in every vote
_CELL_BREAK = " | "
# Below this many characters trafilatura takes the result for a failure and falls back to the text of the whole
# page. Its default of 250 is meant for alphabets; a Chinese character says about as much as three letters.
_SHORTEST = 200
_SHORTEST_WIDE = 80
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WIDE_SHARE = 0.3


def body_blocks(tree: html.HtmlElement, url: str) -> tuple[str, ...]:
    """The blocks of the main text in reading order, as raw strings; none where nothing is found.

    Comments are left out; tables of data give one line for each row.

    Args:
        tree: the page, made plain by `straighten`.
        url: where it was fetched from.
    """
    wide = drawn(tree, url, strict=False)
    blocks = blocks_of(tree) if wide else []
    return (choose(blocks, votes_on(tree, url, wide)) if len(blocks) <= MOST_BLOCKS else ()) or wide


def votes_on(tree: html.HtmlElement, url: str, wide: tuple[str, ...]) -> Votes:
    """What speaks for the blocks of a page: the wide text already drawn, the strict one, and the page's statements."""
    said = statements(tree)
    return Votes(
        wide=Vote.of(wide),
        strict=Vote.of(drawn(tree, url, strict=True)),
        stated=Vote.of(said.first_value("articleBody").splitlines()),
        summary=fold(said.first_meta("og:description", "description", "twitter:description")),
    )


def drawn(tree: html.HtmlElement, url: str, *, strict: bool) -> tuple[str, ...]:
    """The text that trafilatura takes for the article: all that may be, or only what it is sure of."""
    from trafilatura import bare_extraction  # heavy: only the worker that extracts pays for it

    found = bare_extraction(
        copy(tree), url=url or None, include_comments=False, include_tables=True, config=_config(_shortest(tree)),
        favor_precision=strict, fast=strict,
    )  # fmt: skip
    if found is None or isinstance(found, dict) or found.body is None:
        return ()
    return tuple(text for text in _blocks(found.body) if text.strip())


def _shortest(tree: html.HtmlElement) -> int:
    text = "".join(tree.itertext("p", "div", "td"))
    return _SHORTEST_WIDE if len(_WIDE.findall(text)) > _WIDE_SHARE * len("".join(text.split())) else _SHORTEST


@cache
def _config(shortest: int) -> ConfigParser:
    from trafilatura.settings import use_config

    config: ConfigParser = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(shortest))
    return config


def _blocks(element: etree._Element) -> Iterator[str]:
    """The text of the blocks below an element; running text between blocks is a block of its own."""
    if element.tag == "row":
        yield _CELL_BREAK.join(text for cell in element if (text := _inline(cell)))
        return
    running = [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS:
            yield "".join(running)
            running = []
            yield from _blocks(child)
        else:
            running.append(" " if child.tag == "lb" else _all_text(child))
        running.append(child.tail or "")
    yield "".join(running)


def _inline(element: etree._Element) -> str:
    return " ".join(_all_text(element, " ").split())


def _all_text(element: etree._Element, between: str = "") -> str:
    return between.join(str(text) for text in element.itertext())
