"""The readers of page parts (lines, bylines, dates, sections …), built from the page words on first use."""

from __future__ import annotations

from functools import cached_property, lru_cache

from offing.extract.checks.refusal import Refusals
from offing.extract.markup.folded_letters import folded_letters
from offing.extract.markup.hints import Hints
from offing.extract.markup.pdf_paragraphs import PageNumbers
from offing.extract.parts.boilerplate import PageLines
from offing.extract.parts.byline import Bylines
from offing.extract.parts.calls_to_action import CallsToAction
from offing.extract.parts.line_filter import LineFilter
from offing.extract.parts.published import DateWords
from offing.extract.parts.section import Sections
from offing.model.sources.page_words import PageWords


class PageReaders:
    """The readers of page parts, and of signs that a page is no article.

    Args:
        words: the page words.
    """

    def __init__(self, words: PageWords) -> None:
        self._words = words

    @cached_property
    def lines(self) -> PageLines:
        """Distinguishes lines of the page from text."""
        return PageLines(self._words.lines)

    @cached_property
    def filter(self) -> LineFilter:
        """Removes lines that are not text."""
        return LineFilter(self._words.lines, self.lines)

    @cached_property
    def hints(self) -> Hints:
        """Interprets names in markup."""
        return Hints(self._words.markup)

    @cached_property
    def calls(self) -> CallsToAction:
        """Recognises calls to read on and to subscribe."""
        return CallsToAction(self._words)

    @cached_property
    def refusals(self) -> Refusals:
        """Recognises why a page holds no article."""
        return Refusals(self._words.notices)

    @cached_property
    def bylines(self) -> Bylines:
        """Reads authors."""
        return Bylines(self._words)

    @cached_property
    def dates(self) -> DateWords:
        """Locates dates."""
        return DateWords(self._words)

    @cached_property
    def sections(self) -> Sections:
        """Reads the section."""
        return Sections(self._words)

    @cached_property
    def numbers(self) -> PageNumbers:
        """Recognises page numbers in print."""
        return PageNumbers(self._words.lines)

    @cached_property
    def no_titles(self) -> frozenset[str]:
        """Folded texts that stand in place of a title and are none."""
        return frozenset(
            folded_letters(name) for part in ("home", "no_titles") for name in self._words.lines.words(part)
        )


@lru_cache(maxsize=4)
def page_readers(words: PageWords) -> PageReaders:
    """The readers for some page words, built once per process."""
    return PageReaders(words)
