"""Load marked passages, `training/data/passages/*.jsonl`: openings of articles with inline marks.

`[[firm:contractor|Anhui Wanjie]]` marks a firm with its role; the README of the folder lists the marks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from offing.model.sources.article import Article
from offing.propose.reading.layout import sentences

FOLDER = Path(__file__).with_name("passages")
_MARK = re.compile(r"\[\[([^|\[\]]+)\|([^\[\]]+)\]\]")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked span of the plain text."""

    tag: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage: its brief, article, row of labels, and marked spans."""

    brief: str
    article: Article
    row: Row
    marks: tuple[Marked, ...]

    @property
    def is_relevant(self) -> bool:
        """Whether it reports a project."""
        return bool(self.row.get("rel", True))

    @property
    def sentences(self) -> tuple[str, ...]:
        """Its title and sentences, as the product splits them."""
        return tuple(self.article.text[s.start : s.end] for s in sentences(self.article))


def passages(folder: Path = FOLDER) -> Iterator[Passage]:
    """Return all passages that report a project, brief by brief."""
    return (passage for passage in all_passages(folder) if passage.is_relevant)


def all_passages(folder: Path = FOLDER) -> Iterator[Passage]:
    """Yield all passages, including near misses, brief by brief."""
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield passage_of(file.stem, json.loads(line))


def passage_of(brief: str, row: Row) -> Passage:
    """Return the passage of a row; its marks have offsets into the article's text."""
    (title, in_title), (text, in_text) = _plain(row["h"]), _plain(row["t"])
    article = Article(0, title, (text,), row["l"])
    offset = len(article.text) - len(text)
    shifted = tuple(Marked(mark.tag, mark.start + offset, mark.end + offset) for mark in in_text)
    return Passage(brief, article, row, (*in_title, *shifted))


def holds(sentence: str, words: Sequence[str]) -> bool:
    """Return whether a sentence contains one of the given spans of text, or lies within one."""
    return any(each in sentence or sentence in each for each in words)


def _plain(marked: str) -> tuple[str, tuple[Marked, ...]]:
    text, marks, last = "", [], 0
    for found in _MARK.finditer(marked):
        text += marked[last : found.start()]
        marks.append(Marked(found[1], len(text), len(text) + len(found[2])))
        text, last = text + found[2], found.end()
    return text + marked[last:], tuple(marks)
