"""The feed's own title and summary as evidence of a kind, where the page itself cannot be had. Pure."""

from __future__ import annotations

import re

from offing.model.article import Completeness, ExtractedArticle
from offing.model.entry import Announcement
from offing.urls import host_of

METHOD = "feed-summary"
SHORTEST_TEXT = 80  # characters beside the title; the same as for the text of a page
SHORTEST_WIDE = 30  # Chinese, Japanese, Korean
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def summary_article(said: Announcement, cause: str, language: str) -> ExtractedArticle | None:
    """The article that a feed's title and summary make; None where they say too little.

    Args:
        said: what the feed said of the entry.
        cause: why the page cannot be had, as a sentence.
        language: ISO 639-1, detected on title and summary.
    """
    paragraphs = tuple(filter(None, (" ".join(line.split()) for line in said.summary.splitlines())))
    beside = " ".join(paragraphs).replace(said.title, "") if said.title else " ".join(paragraphs)
    if len(beside.strip()) < (SHORTEST_WIDE if _WIDE.search(beside) else SHORTEST_TEXT):
        return None
    return ExtractedArticle(
        url=said.url,
        title=said.title,
        paragraphs=paragraphs,
        language=language,
        published=said.published,
        published_source="entry" if said.published else "none",
        author=said.author,
        outlet=said.outlet or host_of(said.url),
        method=METHOD,
        completeness=Completeness.SUMMARY_ONLY,
        completeness_sign=cause,
    )
