"""A whole article in the encoder that ships: whatever it holds is taken, and a machine without it says nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offing.config.files.layers import Layers
from offing.config.weights.tuned import load_tuned
from offing.model.reading.tags import Tag
from offing.model.reading.tuned import Tuned
from offing.model.sources.article import Article
from offing.propose import encoder
from offing.propose.encoder import article_encoder
from offing.propose.encoder.article_encoder import encode
from offing.propose.encoder.encoded import EncodedArticle
from offing.propose.encoder.windows import LONGEST, WINDOW
from offing.propose.reading.layout import sentences
from propose.spans import NOON
from suite import examples

needs_encoder = pytest.mark.skipif(not encoder.is_there(), reason="no encoder: its weights are not installed here")
TITLE = "Sinohydro dredges the port of Lobito"
PARAGRAPHS = ("The work began on Monday, the ministry said.", "It costs $30 million.")
UPSETTING = ("", " ", "\0", "\u200b" * 9, "\ufdfa" * 40, "\ud83d", "x" * 20_000, "</s><pad>", "。" * 90)
UPSETTING += ("e" + "\u0301" * 500,)


@cache
def tuned() -> Tuned:
    """The encoder that ships."""
    found = load_tuned(Layers.of(None))
    assert found is not None
    return found


def encoded(title: str, *paragraphs: str, published: datetime | None = NOON) -> EncodedArticle:
    """An article by the encoder that ships."""
    found = encode(Article(1, title, paragraphs, "en", published=published), tuned())
    assert found is not None
    return found


def say_everything(found: EncodedArticle, text: str) -> None:
    """Ask for all that can be said of an article, and hold it to be in the text."""
    for tag in Tag:
        assert all(0 <= span.start <= span.end <= len(text) for span in found.spans(tag))
    for row in (*found.text.values(), *found.whole.fields.values()):
        assert all(0 <= share <= 1 for share in row.values())
    for start, end in found.sentences:
        assert 0 <= found.begins(start) <= 1
        assert set(found.part([(start, end)]).fields) <= set(found.heads.values["project"])
        assert np.isfinite(found.whole.contributions("status", "signed", [(start, end)])).all()


@pytest.fixture
def anew() -> Iterator[None]:
    """Encoders are loaded anew, and again behind the test."""
    article_encoder._encoder.cache_clear()
    yield
    article_encoder._encoder.cache_clear()


@needs_encoder
def test_an_article_is_encoded_whole() -> None:
    """A state for each piece, in the order of the text, and the sentences that the rules see."""
    found = encoded(TITLE, *PARAGRAPHS)
    article = Article(1, TITLE, PARAGRAPHS, "en", published=NOON)
    assert found.states.shape == (len(found.pieces), 384)
    assert found.states.dtype == np.float32
    places = [(piece.start, piece.end) for piece in found.pieces]
    assert places == sorted(places)
    assert places[0][0] == 0
    assert places[-1][1] == len(article.text)
    assert found.sentences == tuple((sentence.start, sentence.end) for sentence in sentences(article))
    say_everything(found, article.text)


@needs_encoder
def test_the_same_article_has_the_same_states() -> None:
    """The first time or again; its date counts, and so does a word."""
    first, again = (encoded(TITLE, *PARAGRAPHS) for _ in range(2))
    assert np.array_equal(first.states, again.states)
    undated = encoded(TITLE, *PARAGRAPHS, published=None)
    later = encoded(TITLE, *PARAGRAPHS, published=datetime(2026, 3, 4, tzinfo=UTC))
    hour = encoded(TITLE, *PARAGRAPHS, published=NOON.replace(hour=3))
    assert first.states.shape == undated.states.shape == later.states.shape
    assert not np.allclose(first.states, undated.states, atol=1e-3)
    assert not np.allclose(first.states, later.states, atol=1e-3)
    assert np.array_equal(first.states, hour.states)
    assert not np.allclose(first.states[:5], encoded(TITLE, "It stopped.").states[:5], atol=1e-3)


@needs_encoder
def test_a_long_article_is_read_in_windows_and_no_further_than_it_is_worth() -> None:
    """What stands behind is not read; the windows follow one another without a seam."""
    paragraphs = tuple(f"In week {number} the dredgers of Lobito moved on by {number} metres." for number in range(99))
    found = encoded(TITLE, *paragraphs)
    assert len(found.pieces) == len(found.states) == LONGEST > WINDOW
    text = Article(1, TITLE, paragraphs, "en").text
    assert found.pieces[-1].end < len(text)
    last = found.sentences[-1]
    assert found.share(Tag.FIRM, *last) is None
    assert found.of_spans("roles", [last]) == {}
    assert found.whole.contributions("status", "completed", [last]) == [0.0]
    short = encoded(TITLE, *paragraphs[:3])
    assert len(short.pieces) < WINDOW
    say_everything(short, text)


@needs_encoder
@pytest.mark.parametrize("text", UPSETTING, ids=range(len(UPSETTING)))
def test_texts_that_upset_encoders_are_taken(text: str) -> None:
    """As a title, as a paragraph, and alone."""
    for title, *paragraphs in ((text,), ("", text), (TITLE, text), (text, text, text)):
        found = encoded(title, *paragraphs)
        assert np.isfinite(found.states).all()
        say_everything(found, Article(1, title, tuple(paragraphs), "en").text)


@needs_encoder
@settings(max_examples=examples(25), deadline=None)
@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=3))
def test_any_article_is_taken(title: str, paragraphs: list[str]) -> None:
    """Pieces stand in the text one behind the other, and are what stands there."""
    found, text = encoded(title, *paragraphs), Article(1, title, tuple(paragraphs), "en").text
    assert all(0 <= piece.start <= piece.end <= len(text) for piece in found.pieces)
    assert [piece.start for piece in found.pieces] == sorted(piece.start for piece in found.pieces)
    between = {place for piece in found.pieces for place in range(piece.start, piece.end)}
    assert {place for place, char in enumerate(text) if char.isascii() and char.isalnum()} <= between
    say_everything(found, text)


def test_without_a_file_nothing_is_encoded() -> None:
    """A site may do without."""
    assert encode(Article(1, TITLE, PARAGRAPHS, "en"), None) is None


@pytest.mark.usefixtures("anew")
@pytest.mark.parametrize("there", [False, True])
def test_without_the_weights_nothing_is_encoded(there: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor with others."""
    monkeypatch.setattr(article_encoder, "weights_file", lambda: __file__ if there else None)
    monkeypatch.setattr(article_encoder, "are_ours", lambda _: False)
    assert encode(Article(1, TITLE, PARAGRAPHS, "en"), tuned()) is None


@needs_encoder
@pytest.mark.usefixtures("anew")
def test_without_onnx_runtime_nothing_is_encoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The weights alone are of no use."""
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert encode(Article(1, TITLE, PARAGRAPHS, "en"), tuned()) is None


@needs_encoder
@pytest.mark.usefixtures("anew")
def test_one_engine_serves_an_encoder() -> None:
    """It takes a second to load: a file that is another one has its own."""
    first, again = (encoded(TITLE) for _ in range(2))
    assert first.heads is again.heads
    arrays = {**tuned().heads, "tags.bias": tuned().heads["tags.bias"] + 1}
    other = encode(Article(1, TITLE, (), "en", published=NOON), replace(tuned(), heads=arrays))
    assert other is not None
    assert other.heads is not first.heads
    assert np.array_equal(other.states, first.states)
