"""Work on pages in a worker: each page becomes an article, or a reason why it is none."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from offing.config.wordings.page_words import load_extraction
from offing.extract import extract_article
from offing.model.sources.article import ExtractedArticle, NoArticle
from offing.model.sources.page import StoredPage
from offing.model.sources.page_words import ExtractionRules
from offing.services.running.workers.prepared import layers


def extract_job(
    page: StoredPage, now: datetime, repeated: frozenset[str] = frozenset()
) -> ExtractedArticle | NoArticle:
    """Extract the article of a page, by the rules of its outlet and without the lines that the outlet repeats."""
    return extract_article(page, now, _rules(), repeated)


@lru_cache(maxsize=1)
def _rules() -> ExtractionRules:
    return load_extraction(layers())
