"""A text of which only the quotes are kept: everything else is masked, so that offsets stay what they are. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from offing.model.article import PARAGRAPH_BREAK, Article

MASK = "·"
_GROUP = 8  # places; groups of one length tell nothing of the words and let a browser break the line


def withheld(article: Article, quotes: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """The paragraphs of an article, masked outside its quotes. The title, which names the article, stays.

    Args:
        article: the article as it was read.
        quotes: start and end of each quote, in `article.text`.

    Returns:
        As many paragraphs as before, each as long as before.
    """
    kept = bytearray(len(article.text))
    for start, end in quotes:
        kept[max(0, start) : max(0, end)] = b"\1" * len(kept[max(0, start) : max(0, end)])
    masked, offset = [], len(article.title) + len(PARAGRAPH_BREAK)
    for paragraph in article.paragraphs:
        masked.append("".join(_shown(paragraph, kept[offset : offset + len(paragraph)])))
        offset += len(paragraph) + len(PARAGRAPH_BREAK)
    return tuple(masked)


def _shown(paragraph: str, kept: bytearray) -> Iterable[str]:
    place = 0
    for char, keep in zip(paragraph, kept, strict=True):
        place = 0 if keep else place + 1
        if keep or char == "\n":
            yield char
        else:
            yield " " if place % _GROUP == 0 else MASK
