"""In which part of its outlet an article stands, as the page says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from offing.extract.fold import fold
from offing.extract.structured import Structured
from offing.model.page_words import PageWords
from offing.model.text import clean_text

_LONGEST = 60
_META = ("article:section", "section", "parsely-section", "cxenseparse:category", "dc.subject.section", "category")
_MOST_CRUMBS = 8
_ADDRESS = re.compile(r"://|^[\w-]+\.[a-z]{2,}$")


class Sections:
    """Reads the part of its outlet that an article stands in.

    Args:
        words: by which pages are read.
    """

    def __init__(self, words: PageWords) -> None:
        lines = words.lines
        self._none = frozenset(fold(name) for part in ("home", "no_sections") for name in lines.words(part)) | {""}
        crumbs = words.markup.choice("crumbs")
        self._crumbs = re.compile(rf"(?:^|[\s_-])(?:{crumbs})(?:$|[\s_-])", re.IGNORECASE)

    def section_of(self, tree: html.HtmlElement, said: Structured, title: str, outlet: str) -> str:
        """The section as written, or "": meta elements first, then JSON-LD, then the last link of the page's path."""
        not_sections = self._none | {fold(title), fold(outlet)}
        for name in self._stated(tree, said):
            if len(name) <= _LONGEST and not _ADDRESS.search(name) and fold(name) not in not_sections:
                return name
        return ""

    def _stated(self, tree: html.HtmlElement, said: Structured) -> Iterator[str]:
        yield said.first_meta(_META[0])
        yield said.first_value("articleSection")
        yield from (said.first_meta(name) for name in _META[1:])
        yield from reversed(said.crumbs)
        yield from reversed(self._shown_crumbs(tree))

    def _shown_crumbs(self, tree: html.HtmlElement) -> list[str]:
        """The links of the first element that is marked as the path to the page."""
        for element in tree.iter("nav", "ol", "ul", "div", "p"):
            names = f"{element.get('class')} {element.get('id')} {element.get('aria-label')}"
            if self._crumbs.search(names):
                texts = [clean_text(link.text_content()) for link in element.iter("a")]
                return [text for text in texts if text][:_MOST_CRUMBS]
        return []
