"""Pages for tests of extraction."""

from __future__ import annotations

from datetime import UTC, datetime

from offing.config.files.layers import Layers
from offing.config.wordings.page_words import load_extraction
from offing.extract import extract_article
from offing.extract.page_readers import page_readers
from offing.model.sources.article import ExtractedArticle, NoArticle
from offing.model.sources.page import StoredPage

RULES = load_extraction(Layers.of())
SIGNS, TOOLS = RULES.language_words, page_readers(RULES.words)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://news.example/world/smart-city"
PARAGRAPHS = (
    "The government has signed a contract with a Chinese company to build a smart city system, officials say.",
    "The project is backed by a loan of EUR 85 million and covers 900 surveillance cameras and two data centres.",
    "The minister told reporters that the first phase of the work would start in March and would be handed over soon.",
    "Residents asked how the recordings would be stored, who could see them and for how long they would be kept.",
)
TITLE = "Smart city signed"
H1 = f"<h1>{TITLE}</h1>"
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def html(body: str = f"<article>{H1}{BODY}</article>", head: str = "", attributes: str = "") -> str:
    """A page of an outlet."""
    return f"<!doctype html><html {attributes}><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"


def stored(
    page: str | bytes, url: str = URL, content_type: str = "text/html; charset=utf-8", **said: object
) -> StoredPage:
    """A page as it is stored; `said` is what its feed said of it."""
    body = page.encode("utf-8", "surrogatepass") if isinstance(page, str) else page
    return StoredPage(1, 1, url, url, content_type, body, NOW, **said)  # type: ignore[arg-type]


def article(page: str | bytes, **said: object) -> ExtractedArticle:
    """The article on a page; fails where there is none."""
    found = extract_article(stored(page, **said), NOW, RULES)  # type: ignore[arg-type]
    assert isinstance(found, ExtractedArticle), found
    return found


def refusal(page: str | bytes, **said: object) -> str:
    """Why a page holds no article; fails where it holds one."""
    found = extract_article(stored(page, **said), NOW, RULES)  # type: ignore[arg-type]
    assert isinstance(found, NoArticle), found
    return found.reason
