"""All that extraction needs beside the page, made from the words by which pages are read when it is first needed."""

from __future__ import annotations

from functools import cached_property, lru_cache

from offing.extract.byline import Bylines
from offing.extract.calls import Calls
from offing.extract.fold import fold
from offing.extract.furniture import PageLines
from offing.extract.hints import Hints
from offing.extract.lines import LineFilter
from offing.extract.pdf_paragraphs import PageNumbers
from offing.extract.published import DateWords
from offing.extract.refusal import Refusals
from offing.extract.section import Sections
from offing.model.page_words import PageWords


class Toolbox:
    """What reads pages.

    Args:
        words: by which they are read.
    """

    def __init__(self, words: PageWords) -> None:
        self._words = words

    @cached_property
    def lines(self) -> PageLines:
        """Tells lines of pages from text."""
        return PageLines(self._words.lines)

    @cached_property
    def filter(self) -> LineFilter:
        """Leaves lines out of a text that are none of it."""
        return LineFilter(self._words.lines, self.lines)

    @cached_property
    def hints(self) -> Hints:
        """Tells what names in markup hint at."""
        return Hints(self._words.markup)

    @cached_property
    def calls(self) -> Calls:
        """Tells calls to go on reading and to subscribe."""
        return Calls(self._words)

    @cached_property
    def refusals(self) -> Refusals:
        """Tells why a page holds no article."""
        return Refusals(self._words.notices)

    @cached_property
    def bylines(self) -> Bylines:
        """Reads who wrote."""
        return Bylines(self._words)

    @cached_property
    def dates(self) -> DateWords:
        """Tells where a date stands."""
        return DateWords(self._words)

    @cached_property
    def sections(self) -> Sections:
        """Reads the section."""
        return Sections(self._words)

    @cached_property
    def numbers(self) -> PageNumbers:
        """Tells numbers of printed pages."""
        return PageNumbers(self._words.lines)

    @cached_property
    def no_titles(self) -> frozenset[str]:
        """What stands where a title would and is none, folded."""
        return frozenset(fold(name) for part in ("home", "no_titles") for name in self._words.lines.words(part))


@lru_cache(maxsize=4)
def toolbox_of(words: PageWords) -> Toolbox:
    """The tools made of some words, once in a process."""
    return Toolbox(words)
