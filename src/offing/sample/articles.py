"""The bundled articles, and the world of outlets that publish them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

_NOT_IN_ADDRESS = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG = 70


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """One article as its outlet wrote it."""

    id: str
    language: str
    outlet: str
    domain: str
    published: datetime
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Posted:
    """An article with the address at which its outlet posts it."""

    article: SampleArticle
    path: str
    url: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher, or an aggregator that announces what others posted; newest first."""

    domain: str
    name: str
    language: str
    home: str
    posts: tuple[Posted, ...]


def load_articles() -> tuple[SampleArticle, ...]:
    """Return the articles that ship."""
    text = files("offing.sample").joinpath("articles.jsonl").read_text(encoding="utf-8")
    return tuple(_article(json.loads(line)) for line in text.split("\n") if line)


def _article(row: dict[str, str | list[str]]) -> SampleArticle:
    return SampleArticle(
        id=str(row["id"]),
        language=str(row["lang"]),
        outlet=str(row["outlet"]),
        domain=str(row["domain"]),
        published=datetime.fromisoformat(str(row["published"])),
        title=str(row["title"]),
        paragraphs=tuple(row["paragraphs"]),
    )


def post(articles: Iterable[SampleArticle], base: str) -> tuple[Posted, ...]:
    """Give every article its address below `base`; two never share one."""
    posts: dict[str, Posted] = {}
    for article in articles:
        path = f"/{article.domain}/{article.published:%Y/%m/%d}/{slug(article.title) or article.id}"
        while path in posts:
            path += "-2"
        posts[path] = Posted(article, path, base + path)
    return tuple(posts.values())


def outlets(posts: Iterable[Posted], base: str) -> tuple[Outlet, ...]:
    """Return the outlets behind some posts by domain, then for each language an aggregator `wire-<language>.test`."""
    newest_first = sorted(posts, key=lambda each: each.article.published, reverse=True)
    own: dict[str, list[Posted]] = {}
    wires: dict[str, list[Posted]] = {}
    for each in newest_first:
        own.setdefault(each.article.domain, []).append(each)
        wires.setdefault(each.article.language, []).append(each)
    publishers = (
        Outlet(domain, of[0].article.outlet, of[0].article.language, f"{base}/{domain}/", tuple(of))
        for domain, of in sorted(own.items())
    )
    aggregators = (
        Outlet(f"wire-{lang}.test", f"Wire {lang.upper()}", lang, f"{base}/wire-{lang}.test/", tuple(of))
        for lang, of in sorted(wires.items())
    )
    return (*publishers, *aggregators)


def slug(title: str) -> str:
    """Return the ASCII letters of a title as a part of an address; "" for a title in another script."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return _NOT_IN_ADDRESS.sub("-", plain.lower()).strip("-")[:_LONGEST_SLUG]
