"""Splits a text at its quotes, so that a template can put each into a mark. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from offing.model.article import PARAGRAPH_BREAK, Article
from offing.model.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. `quotes` are those that cover it, none for plain text; `starts` are those that begin here."""

    text: str
    quotes: tuple[Evidence, ...] = ()
    starts: tuple[Evidence, ...] = ()

    @property
    def label(self) -> str:
        """What the quotes prove, each once."""
        return ", ".join(dict.fromkeys(f"{quote.field}: {quote.value}".replace("_", " ") for quote in self.quotes))


Block = tuple[Piece, ...]


def anchor(quote: Evidence) -> str:
    """The place of a quote on the page."""
    return f"q{quote.article_id}-{quote.start}-{quote.end}"


def stands(article: Article, quote: Evidence) -> bool:
    """Whether the quote is still where it was found; an article that was drawn anew may have moved it."""
    return (
        quote.article_id == article.id
        and 0 <= quote.start < quote.end
        and article.text[quote.start : quote.end] == quote.text
    )


def marked(article: Article, evidence: Iterable[Evidence]) -> tuple[Block, ...]:
    """The title and the paragraphs, each as pieces; quotes that no longer stand are left out.

    Overlapping quotes share pieces; a quote over several paragraphs is marked in each.
    """
    quotes = tuple(quote for quote in evidence if stands(article, quote))
    return tuple(tuple(_pieces(text, start, quotes)) for text, start in _blocks(article))


def _blocks(article: Article) -> Iterator[tuple[str, int]]:
    start = 0
    for text in (article.title, *article.paragraphs):
        yield text, start
        start += len(text) + len(PARAGRAPH_BREAK)


def _pieces(text: str, start: int, quotes: tuple[Evidence, ...]) -> Iterator[Piece]:
    end = start + len(text)
    here = tuple(quote for quote in quotes if quote.start < end and quote.end > start)
    cuts = sorted({start, end, *(min(max(at, start), end) for quote in here for at in (quote.start, quote.end))})
    for left, right in pairwise(cuts):
        covering = tuple(quote for quote in here if quote.start < right and quote.end > left)
        begun = {anchor(quote): quote for quote in covering if quote.start == left}
        yield Piece(text[left - start : right - start], covering, tuple(begun.values()))
