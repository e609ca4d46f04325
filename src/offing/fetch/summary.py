"""Makes a substitute article from the feed's own title and summary, where the page cannot be fetched. Pure."""

from __future__ import annotations

import re

from offing.model.sources.article import Completeness, ExtractedArticle
from offing.model.sources.entry import Announcement
from offing.urls import host_of

METHOD = "feed-summary"
SHORTEST_TEXT = 80  # characters beside the title; the same minimum as for the text of a page
SHORTEST_WIDE = 30  # Chinese, Japanese, Korean
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def summary_article(announced: Announcement, cause: str, language: str) -> ExtractedArticle | None:
    """Return the article made of a feed's title and summary; None if they are too short.

    Args:
        announced: what the feed announced for the entry.
        cause: why the page cannot be fetched, as a sentence.
        language: ISO 639-1, detected on title and summary.
    """
    paragraphs = tuple(filter(None, (" ".join(line.split()) for line in announced.summary.splitlines())))
    beside = " ".join(paragraphs).replace(announced.title, "") if announced.title else " ".join(paragraphs)
    if len(beside.strip()) < (SHORTEST_WIDE if _WIDE.search(beside) else SHORTEST_TEXT):
        return None
    return ExtractedArticle(
        url=announced.url,
        title=announced.title,
        paragraphs=paragraphs,
        language=language,
        published=announced.published,
        published_source="entry" if announced.published else "none",
        author=announced.author,
        outlet=announced.outlet or host_of(announced.url),
        method=METHOD,
        completeness=Completeness.SUMMARY_ONLY,
        completeness_sign=cause,
    )
