"""Reads an article's section in its outlet, as the page states it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from offing.extract.markup.folded_letters import folded_letters
from offing.extract.markup.structured_metadata import StructuredMetadata
from offing.model.sources.page_words import PageWords
from offing.model.text.text import clean_text

_LONGEST = 60
_META = ("article:section", "section", "parsely-section", "cxenseparse:category", "dc.subject.section", "category")
_MOST_CRUMBS = 8
_ADDRESS = re.compile(r"://|^[\w-]+\.[a-z]{2,}$")


class Sections:
    """Reads an article's section.

    Args:
        words: the page words.
    """

    def __init__(self, words: PageWords) -> None:
        lines = words.lines
        self._none = frozenset(
            folded_letters(name) for part in ("home", "no_sections") for name in lines.words(part)
        ) | {""}
        crumbs = words.markup.choice("crumbs")
        self._crumbs = re.compile(rf"(?:^|[\s_-])(?:{crumbs})(?:$|[\s_-])", re.IGNORECASE)

    def section_of(self, tree: html.HtmlElement, metadata: StructuredMetadata, title: str, outlet: str) -> str:
        """The section as written, or "": from meta elements, then JSON-LD, then the last breadcrumb."""
        not_sections = self._none | {folded_letters(title), folded_letters(outlet)}
        for name in self._stated(tree, metadata):
            if len(name) <= _LONGEST and not _ADDRESS.search(name) and folded_letters(name) not in not_sections:
                return name
        return ""

    def _stated(self, tree: html.HtmlElement, metadata: StructuredMetadata) -> Iterator[str]:
        yield metadata.first_meta(_META[0])
        yield metadata.first_value("articleSection")
        yield from (metadata.first_meta(name) for name in _META[1:])
        yield from reversed(metadata.crumbs)
        yield from reversed(self._shown_crumbs(tree))

    def _shown_crumbs(self, tree: html.HtmlElement) -> list[str]:
        """The links of the first element that is marked as breadcrumbs."""
        for element in tree.iter("nav", "ol", "ul", "div", "p"):
            names = f"{element.get('class')} {element.get('id')} {element.get('aria-label')}"
            if self._crumbs.search(names):
                texts = [clean_text(link.text_content()) for link in element.iter("a")]
                return [text for text in texts if text][:_MOST_CRUMBS]
        return []
