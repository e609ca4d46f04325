"""Masks a text except for its quotes, keeping all offsets valid. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from offing.model.sources.article import PARAGRAPH_BREAK, Article

MASK = "·"
_GROUP = 8  # characters; groups of equal length reveal nothing of the words and let a browser break the line


def withheld(article: Article, quotes: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """Return the paragraphs of an article, masked outside its quotes. The title stays: it names the article.

    Args:
        article: the article as extracted.
        quotes: start and end of each quote, in `article.text`.

    Returns:
        The same number of paragraphs, each of its original length.
    """
    quoted = bytearray(len(article.text))
    for start, end in quotes:
        quoted[max(0, start) : max(0, end)] = b"\1" * len(quoted[max(0, start) : max(0, end)])
    masked, offset = [], len(article.title) + len(PARAGRAPH_BREAK)
    for paragraph in article.paragraphs:
        masked.append("".join(_shown(paragraph, quoted[offset : offset + len(paragraph)])))
        offset += len(paragraph) + len(PARAGRAPH_BREAK)
    return tuple(masked)


def _shown(paragraph: str, quoted: bytearray) -> Iterable[str]:
    """Yield the characters of a paragraph, masked outside its quotes."""
    place = 0
    for char, is_quoted in zip(paragraph, quoted, strict=True):
        place = 0 if is_quoted else place + 1
        if is_quoted or char == "\n":
            yield char
        else:
            yield " " if place % _GROUP == 0 else MASK
