"""Real pages whose text is known, where they are at hand; the same pages without what outlets name their parts."""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import html

from offing.extract.document import read_page
from offing.model.article import NoArticle
from offing.urls import domain_of

_ROOT = Path(os.environ.get("OFFING_SHARED", Path(__file__).parents[2] / "shared"))
FOLDER = _ROOT / "data/html"
_TESTS = Path(__file__).parents[2] / "tests"
SETS = ("scrapinghub", "newspaper4k")
_NAMES = ("class", "id", "itemprop", "role", "data-component", "data-testid", "data-type")
_MEANING = ("article", "main", "section", "aside", "header", "footer", "nav", "figure", "figcaption")


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page, its address, its true text; `site` for parting the pages so that none is learned and measured."""

    origin: str
    name: str
    site: str
    url: str
    body: bytes
    text: str


def known_pages(origin: str) -> Iterator[KnownPage]:
    """The pages of one set that have a known text."""
    return _scrapinghub() if origin == "scrapinghub" else _newspaper4k()


def newsroom_pages() -> Iterator[KnownPage]:
    """Our own short articles as three sites would set them; they teach what two sentences look like among clutter."""
    sys.path.append(str(_TESTS))
    from equipment.newsroom import Newsroom

    lines = (_TESTS / "eval/own_articles.jsonl").read_text("utf-8").splitlines()
    entries = [
        {**own, "outlet": "The Paper", "domain": "paper.example", "published": "2026-02-03T10:00:00Z"}
        for own in map(json.loads, lines)
    ]
    room = Newsroom(entries, {"paper.example": "https://paper.example"})
    for entry in room.pages.values():
        others = [other for other in room.by_lang[entry["lang"]] if other is not entry][:6]
        for template in ("semantic", "divs", "table"):
            body = getattr(room, f"_{template}")(entry, others).encode()
            yield KnownPage("newsroom", entry["id"], template, entry["url"], body, "\n".join(entry["paragraphs"]))


def without_names(page: KnownPage, *, tags: bool) -> KnownPage:
    """The page as an unknown outlet may set it: nothing named, with `tags` no element that means more."""
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
