"""Title and outlet of an article: which words on a page are its headline, and which only the outlet's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html

from offing.extract.fold import fold
from offing.extract.structured import Structured
from offing.model.text import cut_bytes, plain

_LONGEST = 1024  # bytes of a title
_SHORTEST = 4  # characters of a title; Chinese headlines are short
_LONGEST_NAME = 80
# In cleaned text, where white space is one blank.
_SEPARATOR = re.compile(r" [|–—\-·•»›:]+ | ?[|｜»]+ ?|(?<=[\u3400-\u9fff]) ?[-_—–]+ ?|_+")
_CUT = re.compile(rf"{_SEPARATOR.pattern}|: ")  # a colon parts sentences, too, so it names no outlet by itself
_HEADINGS = ("h1", "h2", "h3")
_NO_TITLES = frozenset(map(fold, ("home", "news", "untitled", "index", "article", "首页", "新闻", "accueil", "inicio")))


@dataclass(frozen=True, slots=True)
class Heading:
    """Title and outlet; "" where the page does not tell."""

    title: str
    outlet: str


def heading_of(tree: html.HtmlElement, said: Structured, hint: str, outlet: str, host: str) -> Heading:
    """The headline of a page without the outlet's name, and that name.

    Args:
        tree: the page.
        said: what it says of itself.
        hint: the title that its feed announced.
        outlet: the name that its feed gave the outlet.
        host: the host of its address, which many outlets write as their name.
    """
    site = _site_name(said)
    headings = [plain(element.text_content()) for element in tree.iter(*_HEADINGS)][:20]
    page_title = plain(tree.findtext(".//title") or "")
    names = {fold(name) for name in (site, outlet, host, host.removeprefix("www.").split(".")[0]) if name}
    known = {fold(text) for text in (*headings, hint) if len(text) >= _SHORTEST}
    for text in (*_stated(said), page_title, hint, *headings[:1]):
        title, rest = _parted(text, known, names)
        if len(title) >= _SHORTEST and fold(title) not in _NO_TITLES:
            name = site or _name_in(page_title, title) or rest or outlet
            return Heading(cut_bytes(title, _LONGEST), name)
    return Heading("", site or outlet)


def _stated(said: Structured) -> Iterator[str]:
    yield said.first_meta("og:title", "twitter:title", "dc.title", "headline")
    yield said.first_value("headline")


def _site_name(said: Structured) -> str:
    """The outlet's own name for itself, if it looks like one."""
    stated = said.first_meta("og:site_name", "application-name", "dc.publisher"), said.first_value("publisher")
    names = (_SEPARATOR.split(name.lstrip("@"))[0].strip() for name in stated)
    return next((name for name in names if 1 < len(name) <= _LONGEST_NAME and "://" not in name), "")


def _parted(text: str, known: set[str], names: set[str]) -> tuple[str, str]:
    """A title and what stands behind it as the outlet's name.

    A part at the end goes if it is the outlet's known name, or if what stands before it is known as a heading.
    """
    if fold(text) in known:
        return text, ""
    for cut in _CUT.finditer(text):
        head, tail = text[: cut.start()].strip(), text[cut.end() :].strip()
        for title, rest in ((head, tail), (tail, head)):
            is_longer = len(title) > len(rest)
            if (fold(title) in known and is_longer) or (fold(rest) in names and len(title) >= _SHORTEST):
                return title, _last_part(rest) if title == head else ""
    return text, ""


def _last_part(text: str) -> str:
    """What stands behind the last separator, if it is as short as a name."""
    last = _SEPARATOR.split(text)[-1].strip()
    return last if 1 < len(last) <= _LONGEST_NAME else ""


def _name_in(page_title: str, title: str) -> str:
    """The last part of the page's title, where the headline stands before it."""
    if not fold(page_title).startswith(fold(title)) or fold(page_title) == fold(title):
        return ""
    last = _last_part(page_title)
    return last if fold(last) not in fold(title) else ""
