"""Splits a text at its quotes and known words, so that a template can mark the former and gloss the latter. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from offing.model.reading.evidence import Evidence
from offing.model.sources.article import PARAGRAPH_BREAK, Article
from offing.review.gloss import GlossedWord


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive characters; `word` is the known word they form, if any."""

    text: str
    word: GlossedWord | None = None


@dataclass(frozen=True, slots=True)
class HighlightPiece:
    """A stretch of text. `quotes` are those that cover it, none for plain text; `starts` are those that begin here."""

    parts: tuple[Stretch, ...]
    quotes: tuple[Evidence, ...] = ()
    starts: tuple[Evidence, ...] = ()

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(part.text for part in self.parts)

    @property
    def fields(self) -> str:
        """The fields that the quotes prove, each once, between blanks."""
        return " ".join(dict.fromkeys(quote.field.value for quote in self.quotes))

    @property
    def label(self) -> str:
        """What the quotes prove, each once."""
        return ", ".join(dict.fromkeys(f"{quote.field}: {quote.value}".replace("_", " ") for quote in self.quotes))


@dataclass(frozen=True, slots=True)
class TextBlock:
    """The title or a paragraph; `start` is its place in the article's text."""

    start: int
    pieces: tuple[HighlightPiece, ...]

    def __iter__(self) -> Iterator[HighlightPiece]:
        """Its pieces."""
        return iter(self.pieces)

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(piece.text for piece in self.pieces)


def anchor(quote: Evidence) -> str:
    """The anchor of a quote on the page."""
    return f"q{quote.article_id}-{quote.start}-{quote.end}"


def stands(article: Article, quote: Evidence) -> bool:
    """Whether the quote is still where it was found; a new extraction of the article may have moved it."""
    return (
        quote.article_id == article.id
        and 0 <= quote.start < quote.end
        and article.text[quote.start : quote.end] == quote.text
    )


def marked(article: Article, evidence: Iterable[Evidence], words: Iterable[GlossedWord] = ()) -> tuple[TextBlock, ...]:
    """The title and the paragraphs, each as pieces; quotes no longer in the text are left out.

    Overlapping quotes share pieces; a quote over several paragraphs is marked in each. Words do not overlap.
    """
    quotes = tuple(quote for quote in evidence if stands(article, quote))
    known = tuple(words)
    return tuple(TextBlock(start, tuple(_pieces(text, start, quotes, known))) for text, start in _blocks(article))


def _blocks(article: Article) -> Iterator[tuple[str, int]]:
    start = 0
    for text in (article.title, *article.paragraphs):
        yield text, start
        start += len(text) + len(PARAGRAPH_BREAK)


def _pieces(
    text: str, start: int, quotes: tuple[Evidence, ...], words: tuple[GlossedWord, ...]
) -> Iterator[HighlightPiece]:
    end = start + len(text)
    here = tuple(quote for quote in quotes if quote.start < end and quote.end > start)
    cuts = sorted({start, end, *(min(max(at, start), end) for quote in here for at in (quote.start, quote.end))})
    for left, right in pairwise(cuts):
        covering = tuple(quote for quote in here if quote.start < right and quote.end > left)
        begun = {anchor(quote): quote for quote in covering if quote.start == left}
        parts = tuple(_stretches(text[left - start : right - start], left, words))
        yield HighlightPiece(parts, covering, tuple(begun.values()))


def _stretches(text: str, start: int, words: tuple[GlossedWord, ...]) -> Iterator[Stretch]:
    """The text split at the known words that begin in it; a word that a quote splits is known in its first part."""
    at, end = start, start + len(text)
    for word in words:
        if not at <= word.start < end:
            continue
        if word.start > at:
            yield Stretch(text[at - start : word.start - start])
        at = min(word.end, end)
        yield Stretch(text[word.start - start : at - start], word)
    if at < end:
        yield Stretch(text[at - start :])
