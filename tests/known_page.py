"""A known page, and which of its elements are paragraphs of its known text."""

from __future__ import annotations

from lxml import html

from offing.extract.markup.folded_letters import folded_letters

_PARAGRAPHS = ("p", "h2", "h3", "h4", "li", "blockquote", "div", "td")
_BLOCKS = ("p", "div", "section", "article", "ul", "ol", "table", "h1", "h2", "h3", "h4", "blockquote")
_SHORTEST = 25  # folded characters by which a paragraph is told


class Set:
    """A page's tree and those of its elements that are paragraphs of the known text."""

    def __init__(self, tree: html.HtmlElement, text: str) -> None:
        self.tree, self.text = tree, text
        known = folded_letters(text)
        self.paragraphs = [each for each in tree.iter(*_PARAGRAPHS) if _is_paragraph(each, known)]

    @property
    def holder(self) -> html.HtmlElement | None:
        """The element that holds most of the paragraphs directly."""
        around = [each.getparent() for each in self.paragraphs]
        return max(around, key=around.count, default=None)

    @property
    def inside(self) -> list[html.HtmlElement]:
        """The paragraphs that stand in the holder directly."""
        holder = self.holder
        return [each for each in self.paragraphs if each.getparent() is holder]


def _is_paragraph(element: html.HtmlElement, known: str) -> bool:
    if any(True for _ in element.iterdescendants(*_BLOCKS)):
        return False
    folded = folded_letters(element.text_content())
    return len(folded) >= _SHORTEST and folded in known
