"""Measure the cost of each stage on the sample articles, relative to common alternatives.

    python benchmarks/stages.py

Times depend on the machine and its load; compare the ratios.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import feedparser
import spacy
import trafilatura
from spacy.matcher import PhraseMatcher

from offing.config.files.layers import Layers
from offing.config.lexicons.lexicon import load_lexicon
from offing.config.weights.scoring import load_scoring
from offing.config.wordings.page_words import load_extraction
from offing.config.wordings.wording import load_wording
from offing.extract import extract_article
from offing.model.reading.mention import Mention
from offing.model.reading.rules import RecognitionRules, ScoringRules
from offing.model.review.candidate import Proposed
from offing.model.sources.article import Article
from offing.model.sources.page import StoredPage
from offing.poll import parse_feed
from offing.propose import encoder, propose
from offing.recognize import Recognizer
from offing.sample import Newsroom

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def cost(work: Callable[[Any], Any], items: Sequence[Any]) -> float:
    """Return the milliseconds per item: the best of three rounds after a warm-up round."""
    rounds = []
    for _ in range(4):
        start = time.perf_counter()
        for item in items:
            work(item)
        rounds.append((time.perf_counter() - start) / len(items) * 1000)
    return min(rounds[1:])


def show(stage: str, ours: float, peer: str = "", theirs: float = 0.0) -> None:
    """Print a line of the table."""
    beside = f"{peer:42s} {theirs:8.2f} ms   ratio {ours / theirs:5.2f}" if theirs else ""
    print(f"{stage:10s} {ours:8.2f} ms   {beside}".rstrip())


def pages_of(room: Newsroom, documents: Sequence[bytes]) -> list[StoredPage]:
    """Return the pages listed in the newsroom's feeds."""
    import urllib.request

    urls = {entry.url for body in documents for entry in parse_feed(body, "", room.base, NOW, None).entries}
    pages = []
    for number, url in enumerate(sorted(urls)):
        with urllib.request.urlopen(url) as answer:
            pages.append(StoredPage(number, number, url, url, "text/html", answer.read(), NOW))
    return pages


def documents_of(room: Newsroom) -> list[bytes]:
    """Return the documents of the newsroom's RSS and Atom feeds."""
    import urllib.request

    found = []
    for spec in room.feeds():
        with urllib.request.urlopen(spec.url) as answer:
            found.append(answer.read())
    return [body for body in found if b"<rss" in body[:200] or b"<feed" in body[:200]]


def main() -> None:
    """Print the table."""
    with Newsroom() as room:
        documents = documents_of(room)
        pages = pages_of(room, documents)
    show(
        "poll",
        cost(lambda body: parse_feed(body, "", "http://h.test/", NOW, None), documents),
        "feedparser.parse alone",
        cost(feedparser.parse, documents),
    )
    rules = load_extraction(Layers.of())
    show(
        "extract",
        cost(lambda page: extract_article(page, NOW, rules), pages),
        "trafilatura.bare_extraction alone",
        cost(lambda page: trafilatura.bare_extraction(page.body), pages),
    )
    extracted = [extract_article(page, NOW, rules) for page in pages]
    articles = [
        Article(n, d.title, d.paragraphs, d.language) for n, d in enumerate(extracted) if hasattr(d, "paragraphs")
    ]
    layers = Layers.of()
    lexicon = load_lexicon(layers)
    recognizer = Recognizer(RecognitionRules(lexicon, load_wording(layers)))
    nlp = spacy.blank("xx")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("ALIAS", [nlp.make_doc(alias.text) for alias in lexicon.aliases])
    show("screen", cost(lambda item: recognizer.screen(item.text, item.language), articles))
    show(
        "recognize",
        cost(recognizer.recognize, articles),
        "spaCy tokenizer and PhraseMatcher, firms only",
        cost(lambda item: matcher(nlp.make_doc(item.text)), articles),
    )
    scoring = load_scoring(layers)
    pairs = [(item, recognizer.recognize(item)) for item in articles]
    wordings = replace(scoring, meaning=None)
    show("propose, by wordings", cost(lambda pair: propose(*pair, wordings), pairs))
    show("propose, with meaning", cost(lambda pair: propose_uncached(*pair, scoring), pairs))


def propose_uncached(article: Article, mentions: Sequence[Mention], scoring: ScoringRules) -> Proposed:
    """Propose with an empty cache of sentence embeddings."""
    encoder.forget()
    return propose(article, mentions, scoring)


if __name__ == "__main__":
    main()
