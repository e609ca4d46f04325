"""From the bytes of a page to a tree that is safe to work on; the rules stand in `offing.model.markup`."""

from __future__ import annotations

from offing.model.article import NoArticle
from offing.model.markup import Markup, read_markup

Page = Markup


def read_page(body: bytes, content_type: str) -> Page | NoArticle:
    """The tree of a page, or why there is none."""
    found = read_markup(body, content_type)
    return NoArticle(found) if isinstance(found, str) else found
