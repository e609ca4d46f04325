"""Parses a page's bytes into a tree that is safe to work on, by the rules of `offing.model.text.markup`."""

from __future__ import annotations

from offing.model.sources.article import NoArticle
from offing.model.text.markup import Markup, read_markup

Page = Markup


def read_page(body: bytes, content_type: str) -> Page | NoArticle:
    """The tree of a page, or why there is none."""
    found = read_markup(body, content_type)
    return NoArticle(found) if isinstance(found, str) else found
