"""The words of a search, marked in texts as they were written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.text.marking import EXCERPT, MarkedPiece, excerpt, lacking, marked, marked_as_written
from offing.model.text.search import parse_search

MARKED = [
    ("Kenya's data centre at Konza", "konza data", ["data", "Konza"]),
    ("A port in Kenya; a Kenyan port", "kenya", ["Kenya"]),
    ("A port in Kenya; a Kenyan port", "kenya*", ["Kenya", "Kenyan"]),
    ("Smart city, smart grid", '"smart city"', ["Smart city"]),
    ("Smart-city plan", '"smart city"', ["Smart-city"]),
    ("Électricité de Côte d'Ivoire", "electricite cote", ["Électricité", "Côte"]),
    ("\ufb01bre and ﬁbre", "fibre", ["ﬁbre", "ﬁbre"]),  # a ligature folds into two letters
    ("中国华为公司签署5G网络合同", "华为 5G网络", ["华为", "5G网络"]),
    ("中国华为公司", "华为公司", ["华为公司"]),
    ("شركة هواوي", "هواوي", ["هواوي"]),
    ("Министерство связи", "СВЯЗИ", ["связи"]),
    ("Kenya and Zambia", "kenya -zambia", ["Kenya"]),
    ("nothing of it", "konza", []),
    ("", "konza", []),
    ("text", "", []),
]


@pytest.mark.parametrize(("text", "search", "hits"), MARKED)
def test_what_a_search_finds_is_marked(text: str, search: str, hits: list[str]) -> None:
    """Whole words without regard to case and accents, phrases over signs, characters within a run."""
    pieces = marked(text, parse_search(search))
    assert [piece.text for piece in pieces if piece.hit] == hits
    assert "".join(piece.text for piece in pieces) == text


@pytest.mark.parametrize(
    ("text", "words", "hits"),
    [
        ("Konza, konzA and Kon", "konza", ["Konza", "konzA"]),
        ("Data centre at Konza", "centre at k", ["centre at K"]),
        ("a (b) a.b", "(b)", ["(b)"]),
        ("a.b axb", "a.b", ["a.b"]),
        ("华为公司", "为公", ["为公"]),
        ("nothing", "konza", []),
        ("text", "", []),
    ],
)
def test_words_are_marked_as_written(text: str, words: str, hits: list[str]) -> None:
    """Also within words and over several, whatever the case; a pattern means nothing."""
    assert [piece.text for piece in marked_as_written(text, words) if piece.hit] == hits


@given(st.text(max_size=60), st.text(max_size=20))
def test_pieces_are_always_the_text(text: str, search: str) -> None:
    """Whatever is in either."""
    assert "".join(piece.text for piece in marked(text, parse_search(search))) == text
    assert "".join(piece.text for piece in marked_as_written(text, search)) == text


@given(st.text("ab çé华为\u0301", max_size=40))
def test_a_text_is_found_in_itself(text: str) -> None:
    """Each of its own words is marked."""
    search = parse_search(text)
    pieces = marked(text, search)
    assert bool(search.wanted) <= any(piece.hit for piece in pieces)


def test_an_excerpt_has_what_is_not_shown() -> None:
    """The text with most of it, cut between words; nothing is lacking where the shown texts have all."""
    search = parse_search("konza ministry")
    long = f"{'word ' * 40}the ministry said {'more ' * 60}"
    missing = lacking(("Konza data centre",), search)
    pieces = excerpt(("nothing", long, "a ministry"), missing, search)
    text = "".join(piece.text for piece in pieces)
    assert [piece.text for piece in pieces if piece.hit] == ["ministry"]
    assert text.startswith("… word ")
    assert text.endswith("more …")
    assert len(text) <= EXCERPT + 4
    assert lacking(("konza", "Ministry"), search) == ()
    assert excerpt(("nothing",), search.wanted, search) == ()
    assert excerpt(("in Konza",), search.wanted, search) == (MarkedPiece("in "), MarkedPiece("Konza", hit=True))
