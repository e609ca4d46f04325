"""Real pages with gold text, if available, and variants without the names that outlets give to their parts."""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from lxml import html

from offing.extract.markup.page_tree import read_page
from offing.model.sources.article import NoArticle
from offing.urls import domain_of

_ROOT = Path(os.environ.get("OFFING_SHARED", Path(__file__).parents[2] / "shared"))
FOLDER = _ROOT / "data/html"
_TESTS = Path(__file__).parents[2] / "tests"
SETS = ("scrapinghub", "newspaper4k")
PLANTED = "planted"  # origin of pages that were modified
EXCESS, LOSS, STANDFIRST = "planted between or below", "parts set apart", "standfirst set apart"
_WAYS_OF_A_PAGE = 6
_JOINED = 3  # short articles of our own that are joined into one
_NAMES = ("class", "id", "itemprop", "role", "data-component", "data-testid", "data-type")
_MEANING = ("article", "main", "section", "aside", "header", "footer", "nav", "figure", "figcaption")


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page with its URL and gold text; cross-validation splits pages by `site`."""

    origin: str
    name: str
    site: str
    url: str
    body: bytes
    text: str


def known_pages(origin: str) -> Iterator[KnownPage]:
    """Return the pages of one set that have a gold text."""
    return _scrapinghub() if origin == "scrapinghub" else _newspaper4k()


def newsroom_pages() -> Iterator[KnownPage]:
    """Yield our own short articles in the layouts of three sites.

    They are examples of very short texts among clutter.
    """
    for own in _own():
        yield from _set(own, [other for other in _own() if other["lang"] == own["lang"] and other != own][:6])


def joined_pages() -> Iterator[KnownPage]:
    """Yield longer articles, each joined from three of our own, in the layouts of two sites."""
    every = defaultdict(list)
    for own in _own():
        every[own["lang"]].append(own)
    for articles in every.values():
        for at in range(0, len(articles) - _JOINED + 1, _JOINED):
            parts, others = articles[at : at + _JOINED], [*articles[at + _JOINED :], *articles[:at]]
            joined = parts[0] | {"paragraphs": [text for part in parts for text in part["paragraphs"]]}
            yield from (page for page in _set(joined, others[:6]) if page.site != "table")


def kind_of_planting(way: str) -> str:
    """Return the kind of a modification: excess text, loss, or a standfirst, which most gold texts leave out."""
    from planted_wording import BELOW, BETWEEN

    if way in BETWEEN or way in BELOW:
        return EXCESS
    return STANDFIRST if "standfirst" in way else LOSS


def planted_pages(known: Sequence[KnownPage]) -> Iterator[KnownPage]:
    """Yield modified pages, with text inserted or parts set apart: a few of the possible modifications for each page.

    The name of a page is its modification; its site and text are those of the original.
    """
    sys.path.append(str(_TESTS))
    from planted_wording import WORDINGS, Other
    from plantings import CHANGES, plantings

    ways = cycle(CHANGES)
    for page in known:
        read = read_page(page.body, "")
        language = "" if isinstance(read, NoArticle) else (read.tree.get("lang") or "")[:2].lower()
        language = language if language in WORDINGS else "en"
        unrelated = [own for own in _own() if own["lang"] == language and own["paragraphs"][0] not in page.text][-6:]
        others = [Other(own["title"], own["paragraphs"][0]) for own in unrelated]
        for planted in plantings(page.body, page.text, language, others, list(islice(ways, _WAYS_OF_A_PAGE))):
            yield replace(page, origin=PLANTED, name=planted.name, body=planted.body)


@cache
def _own() -> list[dict[str, Any]]:
    lines = (_TESTS / "eval/own_articles.jsonl").read_text("utf-8").splitlines()
    metadata = {"outlet": "The Paper", "domain": "paper.example", "published": "2026-02-03T10:00:00Z"}
    return [{**json.loads(line), **metadata} for line in lines]


def _set(article: dict[str, Any], others: Sequence[dict[str, Any]]) -> Iterator[KnownPage]:
    """Yield an article in each template of the sample newsroom, with links to others."""
    sys.path.append(str(_TESTS))
    from equipment.newsroom import Newsroom

    room = Newsroom([article, *others], {"paper.example": "https://paper.example"})
    entry, *rest = room.pages.values()
    for template in ("semantic", "divs", "table"):
        body = getattr(room, f"_{template}")(entry, rest).encode()
        text = "\n".join(article["paragraphs"])
        yield KnownPage("newsroom", entry["id"], template, entry["url"], body, text)


def without_names(page: KnownPage, *, tags: bool) -> KnownPage:
    """Return the page without class names and ids, as if from an unknown outlet; with `tags`, without semantic tags."""
    read = read_page(page.body, "")
    if isinstance(read, NoArticle):
        return page
    for element in read.tree.iter():
        if isinstance(element.tag, str):
            for name in _NAMES:
                element.attrib.pop(name, None)
            if tags and element.tag in _MEANING:
                element.tag = "div"
    return replace(page, body=html.tostring(read.tree, encoding="utf-8", doctype="<!doctype html>"))


def _scrapinghub() -> Iterator[KnownPage]:
    folder = FOLDER / "scrapinghub"
    for name, truth in json.loads((folder / "ground-truth.json").read_text("utf-8")).items():
        url = truth.get("url") or "https://x.example/"
        body = gzip.decompress((folder / f"{name}.html.gz").read_bytes())
        yield KnownPage("scrapinghub", name, domain_of(url), url, body, truth["articleBody"])


def _newspaper4k() -> Iterator[KnownPage]:
    for path in sorted((FOLDER / "newspaper4k").glob("*.html")):
        text = path.with_suffix(".txt")
        if text.exists():
            site = path.stem.rstrip("0123456789_")
            yield KnownPage(
                "newspaper4k", path.stem, site, "https://x.example/a", path.read_bytes(), text.read_text("utf-8")
            )
