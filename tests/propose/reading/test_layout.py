"""Sentences and zones."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.sources.article import Article
from offing.propose.reading.layout import Zone, sentences


def texts(article: Article) -> list[str]:
    """The sentences as written."""
    return [article.text[s.start : s.end] for s in sentences(article)]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("It cost US$1.2 bn. Work began.", ["It cost US$1.2 bn.", "Work began."]),
        ("Lanjing Co. Ltd. won. It said so.", ["Lanjing Co. Ltd. won.", "It said so."]),
        ("Mr. Li came. He left!", ["Mr. Li came.", "He left!"]),
        ("项目已开工。总投资5亿元！完工后移交。", ["项目已开工。", "总投资5亿元！", "完工后移交。"]),
        ("هل وقّعت؟ نعم. وقعت اليوم.", ["هل وقّعت؟", "نعم.", "وقعت اليوم."]),
        ("« Une caméra. » Oui.", ["« Une caméra. »", "Oui."]),
        ("Работы начались. Срок – 2 года.", ["Работы начались.", "Срок – 2 года."]),
        ("First line\nSecond line", ["First line", "Second line"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(paragraph: str, expected: list[str]) -> None:
    """Marks end a sentence, abbreviations and decimals do not."""
    assert texts(Article(1, "", (paragraph,), "en")) == expected


def test_zones_follow_the_paragraphs() -> None:
    """Title, first, second paragraph, the middle and the last two fifths are zones of their own."""
    article = Article(1, "Title", tuple(f"Paragraph {i}." for i in range(6)), "en")
    zones = [sentence.zone for sentence in sentences(article)]
    assert zones == [Zone.TITLE, Zone.LEAD, Zone.SECOND, Zone.BODY, Zone.BODY, Zone.TAIL, Zone.TAIL]


def test_one_long_paragraph_has_zones_by_sentence() -> None:
    """A text without paragraphs still has a lead and a body."""
    article = Article(1, "", ("One. Two. Three. Four. Five.",), "en")
    zones = [sentence.zone for sentence in sentences(article)]
    assert zones == [Zone.LEAD, Zone.LEAD, Zone.SECOND, Zone.SECOND, Zone.BODY]


def test_an_empty_title_still_counts_in_offsets() -> None:
    """Offsets count the empty line after an empty title."""
    article = Article(1, "", ("Work began.",), "en")
    assert [(s.start, s.end) for s in sentences(article)] == [(2, 13)]


@given(st.text(max_size=60), st.lists(st.text(max_size=120), max_size=6))
def test_sentences_lie_in_order_inside_the_text(title: str, paragraphs: list[str]) -> None:
    """Whatever the text, sentences are in order, apart, not blank, and lose nothing but white space."""
    article = Article(1, title, tuple(paragraphs), "en")
    found = sentences(article)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(article.text[s.start : s.end].strip() for s in found)
    kept = "".join("".join(article.text[s.start : s.end].split()) for s in found)
    assert kept == "".join(article.text.split())
