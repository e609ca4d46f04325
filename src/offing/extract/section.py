"""In which part of its outlet an article stands, as the page says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from offing.extract.fold import fold
from offing.extract.structured import Structured
from offing.model.text import clean_text

_LONGEST = 60
_META = ("article:section", "section", "parsely-section", "cxenseparse:category", "dc.subject.section", "category")
_CRUMBS = re.compile(r"(?:^|[\s_-])(?:breadcrumbs?|crumbs?|fil-?ariane|migas|rastro)(?:$|[\s_-])", re.IGNORECASE)
_NO_SECTIONS = frozenset(
    fold(name)
    for name in (
        *(
            "home",
            "homepage",
            "accueil",
            "inicio",
            "início",
            "главная",
            "الرئيسية",
            "首页",
            "start",
            "startseite",
            "all",
        ),
        *("post", "posts", "article", "articles", "uncategorized", "uncategorised", "default", "page", "blog post"),
    )
)
_MOST_CRUMBS = 8
_ADDRESS = re.compile(r"://|^[\w-]+\.[a-z]{2,}$")


def section_of(tree: html.HtmlElement, said: Structured, title: str, outlet: str) -> str:
    """The section as written, or "": meta elements first, then JSON-LD, then the last link of the path to the page."""
    not_sections = _NO_SECTIONS | {fold(title), fold(outlet), ""}
    for name in _stated(tree, said):
        if len(name) <= _LONGEST and not _ADDRESS.search(name) and fold(name) not in not_sections:
            return name
    return ""


def _stated(tree: html.HtmlElement, said: Structured) -> Iterator[str]:
    yield said.first_meta(_META[0])
    yield said.first_value("articleSection")
    yield from (said.first_meta(name) for name in _META[1:])
    yield from reversed(said.crumbs)
    yield from reversed(_shown_crumbs(tree))


def _shown_crumbs(tree: html.HtmlElement) -> list[str]:
    """The links of the first element that is marked as the path to the page."""
    for element in tree.iter("nav", "ol", "ul", "div", "p"):
        names = f"{element.get('class')} {element.get('id')} {element.get('aria-label')}"
        if _CRUMBS.search(names):
            texts = [clean_text(link.text_content()) for link in element.iter("a")]
            return [text for text in texts if text][:_MOST_CRUMBS]
    return []
