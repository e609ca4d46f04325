"""Runs trafilatura on a page, widely and strictly. Its own downloader is never used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import copy
from functools import cache
from typing import TYPE_CHECKING, Any

from lxml import etree, html

from offing.extract.markup.blocks import Block, width

if TYPE_CHECKING:
    from configparser import ConfigParser

_BLOCKS = frozenset({"p", "head", "quote", "item", "list", "table", "row", "cell", "code", "div", "ab"})
_CELL_BREAK = " | "
# Below this many characters trafilatura considers the result a failure and falls back to the text of the whole
# page. Its default of 250 is for alphabets; a Chinese character carries about as much as three letters.
_SHORTEST = 200
_SHORTEST_WIDE = 80
_THIN = 8  # times that many characters are enough text to try nothing else
_MOST = 2 / 3  # of a page's prose; all texts that another method changed were less than half of it
_LONG = 60  # the width from which a block is prose: some outlets write short paragraphs
_LINKED = 0.3
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_WIDE_SHARE = 0.3
_CLASSES: Any = etree.XPath("descendant::*/@class", smart_strings=False)
_IDS: Any = etree.XPath("descendant::*/@id", smart_strings=False)
_ATTRIBUTE = re.compile(r"@([\w:-]+)")
_QUOTED = re.compile(r"'([^']+)'")

Texts = tuple[str, ...]


def wide_and_strict(tree: html.HtmlElement, url: str, blocks: Sequence[Block]) -> tuple[Texts, Texts]:
    """The wide and the strict text of a page, block by block, as raw strings.

    The page is cleaned once for both. Only if this yields little of its prose or no paragraph, the full cascade
    of trafilatura's methods runs: it costs twice as much again, and changed nothing on the other
    pages (of 204 and 700 in other settings).

    Args:
        tree: the page, normalised by `normalise_markup`.
        url: where it was fetched from.
        blocks: all its blocks.
    """
    from trafilatura.main_extractor import extract_content  # heavy import: only the worker that extracts pays for it

    shortest = _shortest(tree) if any(_WIDE.search(block.text) for block in blocks) else _SHORTEST
    cleaned = _cleaned(tree, url, _options(shortest, strict=False))
    again = copy(cleaned)
    body, text = extract_content(cleaned, _options(shortest, strict=False))
    widths = (width(block.text) for block in blocks if block.linked < _LINKED * len(block.text))
    prose = sum(found for found in widths if found >= _LONG)
    is_enough = len(text) >= _THIN * shortest or width(text) >= max(_SHORTEST, _MOST * prose)
    wide = _texts(body) if is_enough and body.find(".//p") is not None else widest(tree, url)
    if not wide:
        return (), ()
    body, _ = extract_content(again, _options(shortest, strict=True))
    return wide, _texts(body)


def widest(tree: html.HtmlElement, url: str) -> Texts:
    """All that may be the text of a page, by every trafilatura method."""
    from trafilatura import bare_extraction

    config = _config(_shortest(tree))
    found = bare_extraction(tree, url=url or None, include_comments=False, include_tables=True, config=config)
    return () if found is None or isinstance(found, dict) or found.body is None else _texts(found.body)


def _cleaned(tree: html.HtmlElement, url: str, options: Any) -> html.HtmlElement:
    """A copy of the page without readers' comments and boilerplate, with trafilatura's tags."""
    from trafilatura.htmlprocessing import convert_tags, prune_unwanted_nodes, tree_cleaning
    from trafilatura.xpaths import RAW_TREE_PRUNE_XPATH, REMOVE_COMMENTS_AND_LISTS_XPATH

    names = "\n".join({*_CLASSES(tree), *_IDS(tree)})
    rules = (*RAW_TREE_PRUNE_XPATH, *REMOVE_COMMENTS_AND_LISTS_XPATH)
    pruned = prune_unwanted_nodes(copy(tree), [rule for rule in rules if may_find(rule.path, names)])
    return convert_tags(tree_cleaning(pruned, options), options, url or None)


def may_find(path: str, names: str) -> bool:
    """Whether an XPath can match on a page with these classes and ids; asking is cheaper than searching."""
    wanted = _wanted(path)
    return wanted is None or bool(wanted.search(names))


@cache
def _wanted(path: str) -> re.Pattern[str] | None:
    """What the class or id must match for an XPath to match; None if it tests other attributes, too."""
    if not {*_ATTRIBUTE.findall(path)} <= {"class", "id"}:
        return None
    return re.compile("|".join(_QUOTED.findall(path)), re.MULTILINE)


@cache
def _options(shortest: int, *, strict: bool) -> Any:
    from trafilatura.settings import Extractor

    return Extractor(config=_config(shortest), fast=True, precision=strict, comments=False, tables=True)


def _texts(body: etree._Element) -> Texts:
    return tuple(text for text in _blocks(body) if text.strip())


def _shortest(tree: html.HtmlElement) -> int:
    text = "".join(tree.itertext("p", "div", "td"))
    if text.isascii():
        return _SHORTEST
    return (
        _SHORTEST_WIDE if sum(map(len, _WIDE.findall(text))) > _WIDE_SHARE * len("".join(text.split())) else _SHORTEST
    )


@cache
def _config(shortest: int) -> ConfigParser:
    from trafilatura.settings import use_config

    config: ConfigParser = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(shortest))
    return config


def _blocks(element: etree._Element) -> Iterator[str]:
    """The text of the blocks below an element; running text between blocks is a block of its own."""
    if element.tag == "row":
        cells = (" ".join(_all_text(cell, " ").split()) for cell in element)
        yield _CELL_BREAK.join(filter(None, cells))
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


def _all_text(element: etree._Element, between: str = "") -> str:
    return between.join(str(text) for text in element.itertext())
