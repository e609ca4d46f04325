"""Offsets count in the stored text: every mention and quote is that very piece of it, whatever the page was made of."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extract.pages import NOW, RULES, stored
from factories.candidate import stored_article
from offing.config.files.layers import Layers
from offing.config.weights.scoring import load_scoring
from offing.extract import extract_article, text_hash
from offing.model.operation.run import Stamp
from offing.model.reading.rules import ScoringRules
from offing.model.sources.article import ExtractedArticle, article_text
from offing.model.text.text import clean_text
from offing.propose import propose
from offing.recognize import Recognizer
from offing.services.analysis.analyst import recognizer_of
from offing.services.pipeline.propose import store_tellings
from offing.services.stories.settling import StoryDesk
from offing.store.articles.article import get_article, get_mentions, save_article, save_mentions
from offing.store.candidates.candidate import candidates
from offing.store.database.engine import Database
from offing.store.tables import article, candidate, story_article
from suite import examples

GOLD = [
    json.loads(line) for line in (Path(__file__).parents[2] / "data/gold_open.jsonl").read_text("utf-8").splitlines()
]
LANGUAGES = ("en", "fr", "es", "pt", "zh", "ru", "ar")
TOLD = {lang: next(each for each in GOLD if each["lang"] == lang and each["projects"]) for lang in LANGUAGES}
# What moves offsets where somebody counts otherwise: direction marks, invisible characters, combining marks in both
# orders, characters beyond the first plane, families of emoji, letters that grow when folded, full-width forms.
ODD = st.sampled_from(
    ["\u202e", "\u2067x\u2069", "\u200b", "\u00ad", "\ufeff", "e\u0301", "a\u0327\u0301", "o\u0301" * 40, "𝒳", "𠮷",
     "👨\u200d👩\u200d👧", "\U000e0041", "ﬁ", "İ", "ß", "Ｈ", "می\u200cخواهم", "\u0627\u064b\u0651", "\u1100\u1161",
     "\ud800", "\x00", "\u2028"]
)  # fmt: skip


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    """What recognises with all that ships."""
    return recognizer_of(Layers.of())


@pytest.fixture(scope="module")
def scoring() -> ScoringRules:
    """The weights that ship."""
    return load_scoring(Layers.of())


def page_of(told: dict, odd: list[tuple[str, int]]) -> str:
    """The article as a page, with odd characters set into title and paragraphs at some places."""
    texts = [told["title"], *told["paragraphs"]]
    for piece, place in odd:
        number = place % len(texts)
        at = place % (len(texts[number]) + 1)
        texts[number] = texts[number][:at] + piece + texts[number][at:]
    title, *paragraphs = (html.escape(text) for text in texts)
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"


def kept(conn: sa.Connection, found: ExtractedArticle) -> int:
    """The article in the database; its id."""
    old = stored_article(conn)
    page_id = conn.execute(sa.select(article.c.page_id).where(article.c.id == old)).scalar_one()
    conn.execute(sa.delete(article).where(article.c.id == old))
    number = save_article(conn, page_id, found, text_hash(found.paragraphs), Stamp(NOW, "test"))
    assert number is not None
    return number


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(LANGUAGES), st.lists(st.tuples(ODD, st.integers(0, 4000)), max_size=30))
@example("ar", [("\u202e", 3), ("👨\u200d👩\u200d👧", 0), ("a\u0327\u0301", 7)])
@example("zh", [("𠮷", 0), ("\U000e0041", 5), ("𝒳", 1)])
def test_mentions_and_quotes_are_pieces_of_the_stored_text(
    database: Database, recognizer: Recognizer, scoring: ScoringRules, language: str, odd: list[tuple[str, int]]
) -> None:
    """From page to quote on both databases: text is cleaned once, stored as it is, and every offset fits it."""
    found = extract_article(stored(page_of(TOLD[language], odd), f"https://x.example/{language}"), NOW, RULES)
    assert isinstance(found, ExtractedArticle), found
    assert all(clean_text(text) == text for text in (found.title, *found.paragraphs))
    with database.write() as conn:
        drawn = get_article(conn, kept(conn, found))
        assert drawn.text == article_text(found.title, found.paragraphs)
        save_mentions(conn, drawn.id, recognizer.recognize(drawn))
        mentions = get_mentions(conn, drawn.id)
        assert mentions
        assert all(drawn.text[each.start : each.end] == each.text for each in mentions)
        quotes = list(_quotes(conn, drawn.id, scoring))
        assert all(drawn.text[start:end] == quote for start, end, quote in quotes)
        conn.rollback()


def _quotes(conn: sa.Connection, article_id: int, scoring: ScoringRules) -> Iterator[tuple[int, int, str]]:
    """Place and words of all stored quotes of an article."""
    drawn, mentions = get_article(conn, article_id), get_mentions(conn, article_id)
    found = propose(drawn, mentions, scoring)
    store_tellings(conn, drawn, found, StoryDesk(scoring, Stamp(NOW, "test")))
    numbers = conn.execute(
        sa.select(story_article.c.story_id).where(story_article.c.article_id == article_id)
    ).scalars()
    stood = conn.execute(sa.select(candidate.c.id).where(candidate.c.story_id.in_(numbers.all()))).scalars()
    drafts = candidates(conn, stood)
    assert sum(len(each.evidence) for each in drafts) == sum(len(each.evidence) for each in found.proposals)
    yield from ((each.start, each.end, each.text) for draft in drafts for each in draft.evidence)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_quotes_to_check(
    sqlite_database: Database, recognizer: Recognizer, scoring: ScoringRules, language: str
) -> None:
    """Without odd characters each of these articles gives a candidate with quotes; the check above is not empty."""
    found = extract_article(stored(page_of(TOLD[language], [])), NOW, RULES)
    assert isinstance(found, ExtractedArticle)
    with sqlite_database.write() as conn:
        drawn = get_article(conn, kept(conn, found))
        save_mentions(conn, drawn.id, recognizer.recognize(drawn))
        assert len(list(_quotes(conn, drawn.id, scoring))) >= 3
