"""Quotes become marks, and nothing of the text is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from offing.model.reading.evidence import Evidence, FieldName
from offing.model.sources.article import Article
from offing.review.gloss import GlossedWord
from offing.web.presentation.highlights import marked, stands

texts = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=30)


@st.composite
def quoted_articles(draw: st.DrawFn) -> tuple[Article, tuple[Evidence, ...]]:
    """An article and quotes anywhere in it, overlapping or not."""
    article = Article(1, draw(texts), tuple(draw(st.lists(texts, max_size=4))), "en")
    ends = st.integers(0, max(0, len(article.text)))
    spans = draw(st.lists(st.tuples(ends, ends).map(sorted), max_size=6))
    quotes = (Evidence(FieldName.FIRMS, "x", 1, a, b, article.text[a:b]) for a, b in spans if a < b)
    return article, tuple(quotes)


@given(quoted_articles())
def test_pieces_are_the_text_and_marks_are_the_quotes(case: tuple[Article, tuple[Evidence, ...]]) -> None:
    """The pieces joined are the blocks; a character is marked if and only if a quote covers it."""
    article, quotes = case
    blocks = marked(article, quotes)
    assert tuple("".join(piece.text for piece in block) for block in blocks) == (article.title, *article.paragraphs)
    at = 0
    for block in blocks:
        for piece in block:
            for place in range(at, at + len(piece.text)):
                assert set(piece.quotes) == {q for q in quotes if q.start <= place < q.end}
            at += len(piece.text)
        at += 2


@given(quoted_articles(), st.data())
def test_known_words_cut_the_text_and_lose_nothing(
    case: tuple[Article, tuple[Evidence, ...]], data: st.DataObject
) -> None:
    """Whatever words are known, the stretches joined are the text; each word is shown at its place, once."""
    article, quotes = case
    cuts = sorted(data.draw(st.sets(st.integers(0, max(1, len(article.title))), max_size=6)))
    words = tuple(GlossedWord(a, b, None, "x") for a, b in zip(cuts[::2], cuts[1::2], strict=False))
    blocks = marked(article, quotes, words)
    assert "".join(piece.text for piece in blocks[0]) == article.title
    shown = [part for piece in blocks[0] for part in piece.parts if part.word]
    within = [word for word in words if word.start < len(article.title)]
    assert [part.word for part in shown] == within
    assert all(article.title[part.word.start :].startswith(part.text) for part in shown if part.word)


def test_a_quote_that_moved_is_not_marked() -> None:
    """Offsets that no longer hold the quoted characters mark nothing."""
    article = Article(1, "Kenya signs", ("With Huawei.",), "en")
    moved = Evidence(FieldName.FIRMS, "Huawei", 1, 0, 6, "Huawei")
    assert not stands(article, moved)
    assert all(not piece.quotes for block in marked(article, (moved,)) for piece in block)
