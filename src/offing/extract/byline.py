"""Who wrote an article, as the page names them. An address, a sentence or the outlet itself is no author."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from offing.extract.fold import fold
from offing.extract.structured import Structured
from offing.model.text import clean_text, plain

LONGEST_AUTHOR = 120
_MOST_WORDS = 8  # of one name
_LIST = 3  # names between commas
_MOST_ELEMENTS = 3
_META = (
    *("author", "article:author", "article:author_name", "dc.creator", "dcterms.creator", "byl", "parsely-author"),
    *("sailthru.author", "cxenseparse:author", "authors"),
)
_BY = re.compile(
    r"^(?:(?:written|story|reported|posted) by|by|par|por|von|da|автор:?|текст:?|بقلم:?|كتب:?|作者[:：]?|记者[:：]?"
    r"|文[:：／/])\s*(?=\W|\b)",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(
    r"(?:[|•·@\n/]|\s[-–—]\s|\s\d|,?\s(?:staff|senior|correspondent|reporter|editor|special to|contributor)\b"
    r"|\b(?:published|updated|posted|follow|january|february|march|april|may|june|july|august|september|october|november"
    r"|december)\s+\S|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b).*",
    re.IGNORECASE | re.DOTALL,
)
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:byline|author|authors|autor|auteur|writer|reporter)(?:[\s_-]?(?:name|names|link|title|text))?(?:$|[\s_])",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r"\s{0,3}[;、；/]\s{0,3}|\s{1,3}(?:and|et|y|und|&|и|و)\s{1,3}", re.IGNORECASE)
_FULL_NAME = re.compile(r"[^\W\d_][\w.'’-]{0,40}(?: [^\W\d_][\w.'’-]{0,40}){1,3}")
_NOBODY = frozenset(
    fold(name)
    for name in (
        *("admin", "administrator", "editor", "staff", "author", "webmaster", "by", "none", "null", "unknown", "guest"),
        *("rédaction", "redacción", "redação", "редакция", "التحرير", "编辑"),
    )
)


def author_of(tree: html.HtmlElement, said: Structured, outlet: str) -> str | None:
    """The author or authors as the page's markup names them, else as the byline at its headline does."""
    nobody = _NOBODY | {fold(outlet), fold(outlet.partition(".")[0])}
    for stated in _stated(tree, said):
        parts = (part for text in stated for part in _parts(text))
        names = [name for name in dict.fromkeys(map(_name, parts)) if name and fold(name) not in nobody]
        while names and len(", ".join(names)) > LONGEST_AUTHOR:
            names.pop()
        if names:
            return ", ".join(names)
    return None


def _stated(tree: html.HtmlElement, said: Structured) -> Iterator[tuple[str, ...]]:
    """What each place names, most trusted first."""
    yield said.all_values("author")
    yield said.all_values("creator")
    for name in _META:
        yield (said.first_meta(name),)
    for path in ("//*[@itemprop='author']//*[@itemprop='name'] | //*[@rel='author']", "//*[@itemprop='author']"):
        found = [element for element in tree.xpath(path) if not _is_of_comment(element)]
        yield tuple(plain(" ".join(element.itertext())) for element in found[:_MOST_ELEMENTS])
    yield tuple(_near_heading(tree))[:1]


def _is_of_comment(element: html.HtmlElement) -> bool:
    names = (f"{each.get('class')} {each.get('id')}".lower() for each in (element, *element.iterancestors()))
    return any("comment" in name for name in names)


def _near_heading(tree: html.HtmlElement) -> Iterator[str]:
    """Short texts near the headline that are marked as byline."""
    heading = next(tree.iter("h1", "h2"), None)
    near = [] if heading is None else heading.xpath("following::*[position() <= 60]")
    for element in near:
        if _CLASS.search(element.get("class") or ""):
            text = clean_text(" ".join(element.itertext()))
            if 0 < len(text) <= LONGEST_AUTHOR:
                yield text


def _parts(text: str) -> list[str]:
    """The names in a text that lists several; one comma alone may part a name from a place or an office."""
    if "://" in text:
        return []
    parts = [part.strip() for part in _BETWEEN_NAMES.split(_BY.sub("", clean_text(text))) if part.strip()]
    listed = [name.strip() for part in parts for name in part.split(",") if name.strip()]
    return listed if len(listed) >= _LIST and all(map(_FULL_NAME.fullmatch, listed[:-1])) else parts


def _name(text: str) -> str:
    """A name without what stands around it, or "" if it is none."""
    name = _AFTER_NAME.sub("", _BY.sub("", clean_text(text))).strip(" ,;:.|")
    is_name = 1 < len(name) <= LONGEST_AUTHOR and len(name.split()) <= _MOST_WORDS
    return name if is_name and not name[0].isdigit() else ""
