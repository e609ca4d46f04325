"""Finds the box of each link on a watched page: the part of the page that belongs to this link alone. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import html

HIGHEST = 8  # levels above a link; cards are not nested deeper
_WHOLE = frozenset({"li", "tr", "article", "dd", "section"})  # natural boxes: nothing above them belongs to one link
_TOO_WIDE = frozenset({"body", "html", "main"})


def boxes(links: Sequence[Sequence[html.HtmlElement]]) -> list[html.HtmlElement]:
    """Return the box of each link: the highest ancestor of its first element that contains no other link.

    Args:
        links: for each address the elements that lead there.
    """
    owners: dict[html.HtmlElement, int] = {}
    for number, elements in enumerate(links):
        for element in elements:
            for above in (element, *element.iterancestors()):
                owners[above] = number if owners.get(above, number) == number else -1
    found = []
    for number, elements in enumerate(links):
        box = elements[0]
        for _ in range(HIGHEST):
            above = box.getparent()
            if box.tag in _WHOLE or above is None or above.tag in _TOO_WIDE or owners[above] != number:
                break
            box = above
        found.append(box)
    return found
