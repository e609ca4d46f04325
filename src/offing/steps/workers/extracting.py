"""A worker's work on pages: each becomes an article, or the reason why it is none."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from offing.config.pages import load_extraction
from offing.extract import extract_article
from offing.model.article import ExtractedArticle, NoArticle
from offing.model.page import StoredPage
from offing.model.page_words import ExtractionRules
from offing.steps.workers.prepared import layers


def extract_job(
    page: StoredPage, now: datetime, repeated: frozenset[str] = frozenset()
) -> ExtractedArticle | NoArticle:
    """Draw the article from a page, by the rules of its outlet and without the lines that the outlet repeats."""
    return extract_article(page, now, _rules(), repeated)


@lru_cache(maxsize=1)
def _rules() -> ExtractionRules:
    return load_extraction(layers())
