"""The layout of a text: its sentences and their zones. News puts what is new first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from offing.model.sources.article import PARAGRAPH_BREAK, Article

# A sentence ends at its mark, with closing quotes, before white space and a capital, digit, quote or other script.
_CLOSING = r"(?:[^\S\n]?»|[”’\"')】」』])*"
_END = re.compile(
    rf"[。！？!?؟]+{_CLOSING}"
    rf"|[.…]+{_CLOSING}(?=\s+[\"'“‘«¿¡(—–-]*\s*(?:[^\Wa-zà-ÿа-яё_]|\Z))"
    r"|\n+"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Sr|Sra|Dra|Gen|Col|Lt|Gov|Sen|Rep|Hon|Eng|Ing|Lic|Co|Ltd|Inc|Corp|Bhd|Sdn"
    r"|No|Nos|Art|approx|vs|U\.S|U\.K|a\.m|p\.m|M|MM|Mme|Exmo|Cllr|руб|долл|млн|млрд|г|ул|им|т\.д|т\.е))\.$"
)
_LONGEST = 12  # characters of an abbreviation
_EARLY = 2  # sentences that count as one paragraph where a text has only one
_TAIL_FROM = 4  # paragraphs; from here on the last two fifths are the tail


class Zone(StrEnum):
    """The position of a sentence in the text."""

    TITLE = "title"
    LEAD = "lead"
    SECOND = "second"
    BODY = "body"
    TAIL = "tail"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of `article.text`; `paragraph` is -1 for the title."""

    start: int
    end: int
    paragraph: int
    zone: Zone


def sentences(article: Article) -> tuple[Sentence, ...]:
    """The sentences of an article in order, including the title. Offsets count in `article.text`."""
    found = [Sentence(0, len(article.title), -1, Zone.TITLE)] if article.title.strip() else []
    offset = len(article.title) + len(PARAGRAPH_BREAK)
    for number, paragraph in enumerate(article.paragraphs):
        for index, (start, end) in enumerate(_split(paragraph)):
            rank = index // _EARLY if len(article.paragraphs) == 1 else number
            count = index // _EARLY + 1 if len(article.paragraphs) == 1 else len(article.paragraphs)
            found.append(Sentence(offset + start, offset + end, number, _zone(rank, count)))
        offset += len(paragraph) + len(PARAGRAPH_BREAK)
    return tuple(found)


def _zone(rank: int, count: int) -> Zone:
    if rank == 0:
        return Zone.LEAD
    if rank == 1:
        return Zone.SECOND
    return Zone.TAIL if count > _TAIL_FROM and rank >= count * 0.6 else Zone.BODY


def _split(paragraph: str) -> Iterator[tuple[int, int]]:
    """The spans of a paragraph's sentences, without white space at their ends."""
    ends = [
        mark.end()
        for mark in _END.finditer(paragraph)
        if mark[0][0] != "." or not _ABBREVIATION.search(paragraph, max(0, mark.start() - _LONGEST), mark.start() + 1)
    ]
    start = 0
    for end in (*ends, len(paragraph)):
        piece = paragraph[start:end]
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        start = end
