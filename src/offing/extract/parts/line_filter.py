"""Removes lines that stand among an article's paragraphs without being its text.

Each rule names a kind of line that outlets worldwide set into their articles; a line goes only if the whole of it is of
that kind. A sentence of the article never is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from offing.extract.markup.folded_letters import folded_letters
from offing.extract.parts.boilerplate import PageLines
from offing.model.sources.page_words import WordLists
from offing.model.text.dates import read_date

_HEAD = 4  # blocks from the top among which heading, date and byline stand
_LONGEST_BYLINE = 90

_SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"'”»’)）」』]*$")


@dataclass(frozen=True, slots=True)
class Frame:
    """The context of an article's text.

    Args:
        title: of the article; it is no paragraph, and short lines above it are the page's, not its own.
        outlet: the outlet's name.
        now: aware UTC, for reading dates.
        repeated: folded lines that recur on many pages of the outlet; such a block is removed.
    """

    title: str
    outlet: str
    now: datetime
    repeated: frozenset[str] = frozenset()


class LineFilter:
    """Removes lines of the page from the paragraphs of a text.

    Args:
        words: the lists of `page-lines`.
        lines: distinguishes lines of the page from text.
    """

    def __init__(self, words: WordLists, lines: PageLines) -> None:
        self._lines = lines
        self._byline = re.compile(rf"(?:{words.choice('by', 'by_line')})[\s:：|/].*", re.IGNORECASE)
        dated = words.choice("dated", "changed")
        self._dated = re.compile(rf"\W{{0,5}}(?:{dated})\b[\s:：]*.{{0,60}}", re.IGNORECASE)
        changed = words.choice("changed_below")
        self._changed = re.compile(rf"\W{{0,3}}(?:{changed}) .{{0,40}}\d.{{0,20}}", re.IGNORECASE)

    def article_lines(self, blocks: Sequence[str], frame: Frame) -> tuple[str, ...]:
        """The blocks that are text of the article, in order.

        Args:
            blocks: cleaned blocks in page order.
            frame: the context of the text.
        """
        body = blocks[_after_heading(blocks, folded_letters(frame.title)) :]
        names = {folded_letters(frame.title), folded_letters(frame.outlet), ""} | frame.repeated
        tail = len(body) // 2
        return tuple(
            block
            for place, block in enumerate(body)
            if folded_letters(block) not in names
            and not self._lines.is_furniture(block)
            and not (place < _HEAD and self._is_dateline(block, frame.now))
            and not (place >= tail and (self._lines.is_notice(block) or self._changed.fullmatch(block)))
        )

    def _is_dateline(self, block: str, now: datetime) -> bool:
        """Whether a line is nothing but date or author."""
        if len(block) > _LONGEST_BYLINE:
            return False
        if read_date(block, now):
            return True
        return not _SENTENCE_END.search(block) and bool(self._byline.fullmatch(block) or self._dated.fullmatch(block))


def _after_heading(blocks: Sequence[str], title: str) -> int:
    """The position after the heading, if it is near the top with only short lines above; else 0."""
    for place, block in enumerate(blocks[:_HEAD]):
        if title and folded_letters(block) == title:
            return place + 1
        if len(block) > _LONGEST_BYLINE or _SENTENCE_END.search(block):
            return 0
    return 0
