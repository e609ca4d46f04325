"""Where in a printed document a place of the text stands."""

from __future__ import annotations

import pytest

from offing.model.sources.article import article_text, page_at

TITLE, PARAGRAPHS, PAGES = "Title", ("First one.", "Second 𝒳.", "Third."), (2, 2, 5)
TEXT = article_text(TITLE, PARAGRAPHS)


@pytest.mark.parametrize(
    ("words", "page"), [("Title", 2), ("First", 2), ("one.", 2), ("Second", 2), ("𝒳", 2), ("Third", 5), ("hird.", 5)]
)
def test_a_place_has_the_page_of_its_paragraph(words: str, page: int) -> None:
    """The title stands on the first page that has text."""
    assert page_at(TITLE, PARAGRAPHS, PAGES, TEXT.index(words)) == page


def test_a_web_page_has_no_pages() -> None:
    """Nor has a place beyond the end a page of its own."""
    assert page_at(TITLE, PARAGRAPHS, (), 0) is None
    assert page_at(TITLE, PARAGRAPHS, PAGES, 10_000) == 5
