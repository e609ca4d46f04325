"""PDF."""

from __future__ import annotations
from datetime import datetime
from offing.model.article import ExtractedArticle, NoArticle
from offing.model.page import StoredPage


def is_pdf(body: bytes) -> bool:
    return False


def read_pdf(page: StoredPage, now: datetime) -> ExtractedArticle | NoArticle:
    return NoArticle("x")
