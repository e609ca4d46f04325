"""Turns printed lines into paragraphs: drops running heads and page numbers, mends hyphenated words, joins lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from offing.extract.markup.folded_letters import folded_letters
from offing.extract.markup.pdf_lines import PdfLine
from offing.model.sources.page_words import WordLists
from offing.model.text.text import clean_text

_EDGE = 3  # lines from the top and bottom of a page among which running heads stand
_HEAD_SHARE = 0.5  # of the pages
_SENTENCE_END = re.compile(r"[.!?…。！？؟।:：;；][\"'”»’)）」』]*$")
_HYPHEN = re.compile(r"(?<!\w)(\w{1,60})[-\u2010\u00ad]$")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef\u3000-\u303f]")
_SIZES_DIFFER = 1.12
_LEAST_STEP = 0.9  # letter heights; less is superscript or a cell beside
_GAP = 1.35  # times the usual line distance; more separates paragraphs
_SHORT_LINE = 0.8  # of the width: a shorter line is the last of its paragraph
_INDENT = 0.8  # letters


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the number of the page it begins on and its type size."""

    text: str
    page: int
    size: float


class PageNumbers:
    """Recognises printed page numbers.

    Args:
        words: the lists of `page-lines`.
    """

    def __init__(self, words: WordLists) -> None:
        before, of, behind = (words.choice(part) for part in ("pages_before", "pages_of", "pages_behind"))
        self._number = re.compile(
            rf"\W{{0,6}}(?:{before})?\W{{0,6}}(?:\d{{1,4}}|[ivxl]{{1,6}})"
            rf"\W{{0,6}}(?:(?:/|{of})\W{{0,6}}(?:\d{{1,4}})?\W{{0,6}}(?:{behind})?)?\W{{0,6}}",
            re.IGNORECASE,
        )

    def is_one(self, line: str) -> bool:
        """Whether a line is nothing but a page number."""
        return bool(self._number.fullmatch(line.strip()))


def paragraphs_of(pages: Sequence[Sequence[PdfLine]], numbers: PageNumbers) -> tuple[Paragraph, ...]:
    """The paragraphs of a document in reading order, without running heads and page numbers."""
    bare = _without_running_heads(pages, numbers)
    lines = [(number, line) for number, page in enumerate(bare, 1) for line in page]
    whole = " ".join(line.text for _, line in lines)
    groups: list[list[tuple[int, PdfLine]]] = []
    measures = [_Measure.of(page) for page in bare]
    for number, line in lines:
        if groups and _continues(groups[-1][-1], (number, line), measures[number - 1]):
            groups[-1].append((number, line))
        else:
            groups.append([(number, line)])
    return tuple(
        Paragraph(text, group[0][0], group[0][1].size)
        for group in groups
        if (text := clean_text(_joined([line.text for _, line in group], whole)))
    )


@dataclass(frozen=True, slots=True)
class _Measure:
    """The line distance within paragraphs of a page, and where its lines end."""

    leading: float
    right: float

    @classmethod
    def of(cls, page: Sequence[PdfLine]) -> _Measure:
        steps = [above.bottom - below.bottom for above, below in pairwise(page)]
        down = [step for step, line in zip(steps, page, strict=False) if step >= _LEAST_STEP * line.size]
        return cls(min(down, default=0.0), max((line.right for line in page), default=0.0))


def _continues(before: tuple[int, PdfLine], after: tuple[int, PdfLine], measure: _Measure) -> bool:
    """Whether a line belongs to the same paragraph as the line before it."""
    (page, upper), (next_page, lower) = before, after
    if max(upper.size, lower.size) > _SIZES_DIFFER * max(min(upper.size, lower.size), 0.1):
        return False
    ended = bool(_SENTENCE_END.search(upper.text.rstrip()))
    step = upper.bottom - lower.bottom
    if next_page != page or step < -1:  # the next page, or the top of the next column
        return not ended
    if measure.leading and step > _GAP * max(measure.leading, lower.size):
        return False
    is_indented = lower.left - upper.left > _INDENT * lower.size
    is_last = upper.right < _SHORT_LINE * measure.right
    return not (ended and (is_indented or is_last))


def _joined(lines: Sequence[str], whole: str) -> str:
    """Lines joined to one text.

    A hyphen at a line's end goes unless the document has the word with a hyphen elsewhere.
    """
    text = ""
    for line in (each.strip() for each in lines):
        broken = _HYPHEN.search(text)
        if broken and line[:1].islower():
            first = re.match(r"\w+", line)
            hyphenated = first is not None and f"{broken[1]}-{first[0]}" in whole
            text = f"{text}{line}" if hyphenated else f"{text[:-1]}{line}"
        elif text and not (_WIDE.match(text[-1]) and _WIDE.match(line[:1])):
            text = f"{text} {line}"
        else:
            text += line
    return text


def _without_running_heads(pages: Sequence[Sequence[PdfLine]], numbers: PageNumbers) -> list[list[PdfLine]]:
    """The pages without page numbers and without lines that recur at the edge of at least half of the pages."""
    seen = Counter(chain.from_iterable({_shape(page[place].text) for place in _edges(page)} for page in pages))
    heads = {shape for shape, count in seen.items() if count >= max(2, _HEAD_SHARE * len(pages))}
    bare = []
    for page in pages:
        gone = {
            place for place in _edges(page) if _shape(page[place].text) in heads or numbers.is_one(page[place].text)
        }
        bare.append([line for place, line in enumerate(page) if place not in gone])
    return bare


def _edges(page: Sequence[PdfLine]) -> Iterator[int]:
    """The positions of the lines nearest to the top and bottom of a page, in any order of lines."""
    by_height = sorted(range(len(page)), key=lambda place: page[place].bottom)
    yield from dict.fromkeys((*by_height[:_EDGE], *by_height[-_EDGE:]))


def _shape(text: str) -> str:
    """A line without its numbers, which count pages."""
    return re.sub(r"\d+", "0", folded_letters(text))
