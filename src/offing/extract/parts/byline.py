"""Finds an article's author in its page. An address, a sentence or the outlet itself is no author."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from offing.extract.markup.folded_letters import folded_letters
from offing.extract.markup.structured_metadata import StructuredMetadata
from offing.model.sources.page_words import PageWords
from offing.model.text.text import clean_text, plain

LONGEST_AUTHOR = 120
_MOST_WORDS = 8  # of one name
_LIST = 3  # names separated by commas
_MOST_ELEMENTS = 3
_META = (
    *("author", "article:author", "article:author_name", "dc.creator", "dcterms.creator", "byl", "parsely-author"),
    *("sailthru.author", "cxenseparse:author", "authors"),
)
_FULL_NAME = re.compile(r"[^\W\d_][\w.'’-]{0,40}(?: [^\W\d_][\w.'’-]{0,40}){1,3}")


class Bylines:
    """Reads the author of an article.

    Args:
        words: the page words.
    """

    def __init__(self, words: PageWords) -> None:
        choice = words.lines.choice
        self._nobody = frozenset(map(folded_letters, words.lines.words("nobody")))
        self._by = re.compile(rf"^(?:{choice('by_name')}|(?:{choice('by')})[:：]?)\s*(?=\W|\b)", re.IGNORECASE)
        self._after_name = re.compile(
            rf"(?:[|•·@\n/]|\s[-–—]\s|\s\d|,?\s(?:{choice('behind_names')})\b"
            rf"|\b(?:{choice('times_behind_names')})\s+\S|\b(?:{choice('days_behind_names')})\b).*",
            re.IGNORECASE | re.DOTALL,
        )
        self._between = re.compile(
            rf"\s{{0,3}}[;、；/]\s{{0,3}}|\s{{1,3}}(?:&|{choice('between_names')})\s{{1,3}}", re.IGNORECASE
        )
        self._class = re.compile(
            rf"(?:^|[\s_-])(?:{words.markup.choice('bylines')})(?:[\s_-]?(?:name|names|link|title|text))?(?:$|[\s_])",
            re.IGNORECASE,
        )

    def author_of(self, tree: html.HtmlElement, metadata: StructuredMetadata, outlet: str) -> str | None:
        """The author or authors given in the page's markup, else in the byline at its headline."""
        nobody = self._nobody | {folded_letters(outlet), folded_letters(outlet.partition(".")[0])}
        for stated in self._stated(tree, metadata):
            parts = (part for text in stated for part in self._parts(text))
            names = [
                name for name in dict.fromkeys(map(self._name, parts)) if name and folded_letters(name) not in nobody
            ]
            while names and len(", ".join(names)) > LONGEST_AUTHOR:
                names.pop()
            if names:
                return ", ".join(names)
        return None

    def _stated(self, tree: html.HtmlElement, metadata: StructuredMetadata) -> Iterator[tuple[str, ...]]:
        """The names that each place gives, most trusted first."""
        yield metadata.all_values("author")
        yield metadata.all_values("creator")
        for name in _META:
            yield (metadata.first_meta(name),)
        for path in ("//*[@itemprop='author']//*[@itemprop='name'] | //*[@rel='author']", "//*[@itemprop='author']"):
            found = [element for element in tree.xpath(path) if not _is_of_comment(element)]
            yield tuple(plain(" ".join(element.itertext())) for element in found[:_MOST_ELEMENTS])
        yield tuple(self._near_heading(tree))[:1]

    def _near_heading(self, tree: html.HtmlElement) -> Iterator[str]:
        """Short texts near the headline that are marked as byline."""
        heading = next(tree.iter("h1", "h2"), None)
        near = [] if heading is None else heading.xpath("following::*[position() <= 60]")
        for element in near:
            if self._class.search(element.get("class") or ""):
                text = clean_text(" ".join(element.itertext()))
                if 0 < len(text) <= LONGEST_AUTHOR:
                    yield text

    def _parts(self, text: str) -> list[str]:
        """The names in a list of names; a single comma may also separate a name from a place or an office."""
        if "://" in text:
            return []
        parts = [part.strip() for part in self._between.split(self._by.sub("", clean_text(text))) if part.strip()]
        listed = [name.strip() for part in parts for name in part.split(",") if name.strip()]
        return listed if len(listed) >= _LIST and all(map(_FULL_NAME.fullmatch, listed[:-1])) else parts

    def _name(self, text: str) -> str:
        """A name without its surrounding words, or "" if it is none."""
        name = self._after_name.sub("", self._by.sub("", clean_text(text))).strip(" ,;:.|")
        is_name = 1 < len(name) <= LONGEST_AUTHOR and len(name.split()) <= _MOST_WORDS
        return name if is_name and not name[0].isdigit() else ""


def _is_of_comment(element: html.HtmlElement) -> bool:
    names = (f"{each.get('class')} {each.get('id')}".lower() for each in (element, *element.iterancestors()))
    return any("comment" in name for name in names)
