"""Finds an article's headline and outlet: which words on a page are the headline, and which only the outlet's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html

from offing.extract.markup.folded_letters import folded_letters
from offing.extract.markup.structured_metadata import StructuredMetadata
from offing.model.text.text import cut_bytes, plain

_LONGEST = 1024  # bytes of a title
_SHORTEST = 4  # characters of a title; Chinese headlines are short
_LONGEST_NAME = 80
_MOST_HEADLINES = 3
_LEAST_SHARED = 2  # words
_SHARE = 0.4  # of the words of the shorter one
_LONGEST_SECTION = 4  # words of an outlet's name with a section
_WORD = re.compile(r"[^\W_]{3,}")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
# In cleaned text, where white space is one blank.
_SEPARATOR = re.compile(r" [|–—\-·•»›:]+ | ?[|｜»]+ ?|(?<=[\u3400-\u9fff]) ?[-_—–]+ ?|_+")
_CUT = re.compile(rf"{_SEPARATOR.pattern}|: ")  # a colon also separates clauses, so alone it marks no outlet name
_HEADINGS = ("h1", "h2", "h3")


@dataclass(frozen=True, slots=True)
class Heading:
    """Headline and outlet name; "" where the page gives none."""

    title: str
    outlet: str


@dataclass(frozen=True, slots=True)
class Announced:
    """What is known about a page's heading apart from its markup.

    Args:
        title: as announced by its feed.
        outlet: the outlet's name in its feed.
        host: of its address, which many outlets use as their name.
    """

    title: str
    outlet: str
    host: str


def heading_of(
    tree: html.HtmlElement, metadata: StructuredMetadata, announced: Announced, no_titles: frozenset[str]
) -> Heading:
    """The headline of a page without the outlet's name, and that name.

    Args:
        tree: the page.
        metadata: its structured metadata.
        announced: what feed and address give.
        no_titles: folded names that stand in place of a title and are none.
    """
    hint, outlet, host = announced.title, announced.outlet, announced.host
    # The outlet's own name for itself, if it looks like one.
    own = metadata.first_meta("og:site_name", "application-name", "dc.publisher"), metadata.first_value("publisher")
    own_names = (_SEPARATOR.split(name.lstrip("@"))[0].strip() for name in own)
    site = next((name for name in own_names if 1 < len(name) <= _LONGEST_NAME and "://" not in name), "")
    headings = [plain(element.text_content()) for element in tree.iter(*_HEADINGS)][:20]
    page_title = plain(tree.findtext(".//title") or "")
    names = {folded_letters(name) for name in (site, outlet, host, host.removeprefix("www.").split(".")[0]) if name}
    known = {folded_letters(text) for text in (*headings, hint) if len(text) >= _SHORTEST}
    stated = [*_stated(metadata), page_title, hint]
    shown = [plain(element.text_content()) for element in tree.iter("h1")][:_MOST_HEADLINES]
    candidates = [text for text in (*_stated(metadata), hint) if text] or [page_title]
    titles = [_parted(text, known, names)[0] for text in candidates]
    for text in (*(text for text in shown if _is_shown_for(text, titles)), *stated, *headings[:1]):
        title, rest = _parted(text, known, names)
        if len(title) >= _SHORTEST and folded_letters(title) not in no_titles:
            name = site or _name_in(page_title, title) or rest or outlet
            return Heading(cut_bytes(title, _LONGEST), name)
    return Heading("", site or outlet)


def _is_shown_for(headline: str, titles: list[str]) -> bool:
    """Whether a heading is the headline shown to readers while the titles in the page's head are worded differently.

    Outlets write other titles for search engines and for sharing. The heading must share enough words with one of them,
    so that no outlet or section name is taken, and may not be one of the titles with more around it.
    """
    words, folded = _words(headline), folded_letters(headline)
    others = {folded_letters(title) for title in titles if title}
    if folded in others or any(title in folded for title in others):
        return folded in others
    shared = [(words & _words(title), len(_words(title))) for title in titles]
    return any(len(both) >= max(_LEAST_SHARED, _SHARE * min(len(words), size)) for both, size in shared)


def _words(text: str) -> set[str]:
    """The words of a text; in scripts without spaces the character bigrams."""
    words = {word.casefold() for word in _WORD.findall(text)}
    wide = "".join(_WIDE.findall(text))
    return {word for word in words if not _WIDE.search(word)} | {wide[at : at + 2] for at in range(len(wide) - 1)}


def _stated(metadata: StructuredMetadata) -> Iterator[str]:
    yield metadata.first_meta("og:title", "twitter:title", "dc.title", "headline")
    yield metadata.first_value("headline")


def _parted(text: str, known: set[str], names: set[str]) -> tuple[str, str]:
    """A title and the outlet name behind it.

    The last part is split off if it is the outlet's known name, or if the part before it is known as a heading.
    """
    is_heading = folded_letters(text) in known
    for cut in _CUT.finditer(text):
        head, tail = text[: cut.start()].strip(), text[cut.end() :].strip()
        for title, rest in ((head, tail), (tail, head)):
            is_longer = len(title) > len(rest) and not is_heading
            if (folded_letters(title) in known and is_longer) or (_is_name(rest, names) and len(title) >= _SHORTEST):
                return title, _last_part(rest) if title == head else ""
    return text, ""


def _is_name(text: str, names: set[str]) -> bool:
    """Whether a text is a known name of the outlet, alone or with a section ("Daily Politics")."""
    words = text.split()
    return folded_letters(text) in names or (
        1 < len(words) <= _LONGEST_SECTION
        and any(folded_letters(" ".join(words[:cut])) in names for cut in range(1, len(words)))
    )


def _last_part(text: str) -> str:
    """The part behind the last separator, if it is as short as a name."""
    last = _SEPARATOR.split(text)[-1].strip()
    return last if 1 < len(last) <= _LONGEST_NAME else ""


def _name_in(page_title: str, title: str) -> str:
    """The last part of the page's title, if the headline stands before it."""
    if not folded_letters(page_title).startswith(folded_letters(title)) or folded_letters(page_title) == folded_letters(
        title
    ):
        return ""
    last = _last_part(page_title)
    return last if folded_letters(last) not in folded_letters(title) else ""
