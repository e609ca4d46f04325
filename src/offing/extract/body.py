"""The paragraphs of the article on a page: two ways of trafilatura, the page's own statements, and a choice among all.

Its own downloader is never used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree, html

from offing.extract.blocks import blocks_of
from offing.extract.choice import choose
from offing.extract.fold import fold
from offing.extract.structured import statements
from offing.extract.survey import Line, Survey
from offing.extract.votes import Vote, Votes

if TYPE_CHECKING:
    from configparser import ConfigParser

_BLOCKS = frozenset({"p", "head", "quote", "item", "list", "table", "row", "cell", "code", "div", "ab"})
MOST_BLOCKS = 5000  # pages with more are lists without end; each block is looked for in every vote
_AROUND = 3  # elements around a text whose names may say that readers wrote it
_CELL_BREAK = " | "
# Below this many characters trafilatura takes the result for a failure and falls back to the text of the whole
# page. Its default of 250 is meant for alphabets; a Chinese character says about as much as three letters.
_SHORTEST = 200
_SHORTEST_WIDE = 80
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WIDE_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Body:
    """What was found on a page, as raw strings in reading order: the blocks chosen, all that may be text, the survey.

    Comments are left out; tables of data give one line for each row. `survey` is None where nothing was drawn, or
    where a page has too many blocks.
    """

    chosen: tuple[str, ...]
    wide: tuple[str, ...]
    survey: Survey | None = None

    def agreed(self) -> tuple[str, ...]:
        """The blocks that were chosen, and those left out though they were drawn and stand in the densest prose."""
        taken = frozenset(self.chosen)
        lines = self.survey.lines if self.survey else ()
        return tuple(
            line.block.text
            for line in lines
            if line.block.text in taken or (line.wide and self._is_dense(line) and line.is_unlinked)
        )

    def densest(self, title: str) -> tuple[str, ...]:
        """The blocks directly among the most prose, where they follow the headline and are no readers' comments."""
        lines = self.survey.lines if self.survey else []
        places = [at for at, line in enumerate(lines) if self._is_dense(line) and line.is_unlinked]
        if not places or not any(line.folded == fold(title) for line in lines[: places[0]]):
            return ()
        around = islice(lines[places[0]].place.line(), _AROUND)
        if any("comment" in place.hints for place in around):
            return ()
        return tuple(lines[at].block.text for at in places)

    def _is_dense(self, line: Line) -> bool:
        return self.survey is not None and self.survey.is_dense(line.place)


def body_of(tree: html.HtmlElement, url: str) -> Body:
    """The main text of a page.

    Args:
        tree: the page, made plain by `straighten`.
        url: where it was fetched from.
    """
    wide = drawn(tree, url, strict=False)
    blocks = blocks_of(tree)
    if len(blocks) > MOST_BLOCKS:
        return Body(wide, wide)
    survey = Survey(blocks, votes_on(tree, url, wide))
    return Body(choose(survey), wide, survey)


def votes_on(tree: html.HtmlElement, url: str, wide: tuple[str, ...]) -> Votes:
    """What speaks for the blocks of a page: the wide text already drawn, the strict one, and the page's statements."""
    said = statements(tree)
    return Votes(
        wide=Vote.of(wide),
        strict=Vote.of(drawn(tree, url, strict=True) if wide else ()),
        stated=Vote.of(said.paragraphs("articleBody")),
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
