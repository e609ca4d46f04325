"""The extractors under comparison: ours, trafilatura in several modes, and other libraries if installed."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import Any

import trafilatura

from offing.config.files.layers import Layers
from offing.config.wordings.page_words import load_extraction
from offing.extract import extract_article
from offing.model.sources.article import ExtractedArticle
from offing.model.sources.page import StoredPage
from offing.model.text.charset import decode

NOW = datetime(2026, 1, 1, tzinfo=UTC)
_RULES = load_extraction(Layers.of())
Way = Callable[[bytes, str], str]
NOT_HERE = "not installed (make eval-extract installs it)"


def ways() -> Iterator[tuple[str, Way | None]]:
    """Yield each extractor with its name; None if its library is not installed."""
    yield "offing", _ours
    yield "trafilatura", _trafilatura()
    yield "trafilatura, metadata", _with_metadata
    yield "trafilatura, precision", _trafilatura(favor_precision=True)
    yield "trafilatura, recall", _trafilatura(favor_recall=True)
    yield "newspaper4k", _newspaper if find_spec("newspaper") else None
    yield "readability-lxml", _readability if find_spec("readability") else None
    yield "resiliparse", _resiliparse if find_spec("resiliparse") else None


def stay_offline() -> None:
    """Block network access: some libraries download lists of domains on first use."""

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError("no network here")

    socket.socket.connect = refuse  # type: ignore[method-assign,assignment]
    socket.getaddrinfo = refuse  # type: ignore[assignment]


def _ours(body: bytes, url: str) -> str:
    found = extract_article(StoredPage(1, 1, url, url, "", body, NOW), NOW, _RULES)
    return "\n".join(found.paragraphs) if isinstance(found, ExtractedArticle) else ""


def _trafilatura(**mode: bool) -> Way:
    def way(body: bytes, _: str) -> str:
        return trafilatura.extract(decode(body, "").text, include_comments=False, **mode) or ""

    return way


def _with_metadata(body: bytes, url: str) -> str:
    """Extract title, author and date too, as ours does; drop them from the result, where they precede the text."""
    found = trafilatura.extract(decode(body, "").text, url=url, include_comments=False, with_metadata=True)
    return (found or "").split("---\n", 2)[-1]


def _newspaper(body: bytes, url: str) -> str:
    from newspaper import Article

    article = Article(url)
    article.download(input_html=decode(body, "").text)
    article.parse()
    return str(article.text)


def _readability(body: bytes, _: str) -> str:
    from lxml import html
    from readability import Document

    return str(html.fromstring(Document(decode(body, "").text).summary()).text_content())


def _resiliparse(body: bytes, _: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(decode(body, "").text, main_content=True, alt_texts=False, list_bullets=False))
