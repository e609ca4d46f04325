"""Lines that stand among the paragraphs of an article without being text of it."""

from __future__ import annotations

from extract.pages import NOW, PARAGRAPHS, TITLE, TOOLS
from offing.extract.markup.folded_letters import folded_letters
from offing.extract.parts.line_filter import Frame


def test_lines_that_stand_on_many_pages_of_an_outlet_go() -> None:
    """A block whose folded text the outlet repeats is dropped, however it is set; a sentence with it inside stays."""
    motto = "The paper of the people, since 1921."
    longer = f"{motto} It said so on Monday."
    frame = Frame(TITLE, "The Paper", NOW, repeated=frozenset({folded_letters(motto)}))
    found = TOOLS.filter.article_lines((*PARAGRAPHS, motto.upper(), longer), frame)
    assert found == (*PARAGRAPHS, longer)
