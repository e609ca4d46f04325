"""The common form of training texts: a string with spans, projects, and which tags are annotated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from offing.model.reading.tags import Tag
from offing.model.sources.article import PARAGRAPH_BREAK, Article
from offing.model.values.vocabulary import AmountKind, Concern, Mode, RecordType, Role, Sector, Status

FIELDS = {
    "sector": tuple(map(str, Sector)),
    "status": tuple(map(str, Status)),
    "mode": tuple(map(str, Mode)),
    "record_type": tuple(map(str, RecordType)),
}
CONCERNS, ROLES, KINDS = (tuple(map(str, kind)) for kind in (Concern, Role, AmountKind))
_JOINED_SCRIPTS = frozenset({"zh", "ar"})  # words are not separated by spaces, or take prefixed letters


@dataclass(frozen=True, slots=True)
class Span:
    """A tagged span of a text, with the index of its project and its role, or its kind of sum or concern."""

    start: int
    end: int
    tag: Tag
    project: int | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """The annotation of a project: values by field, and its concerns (None if not annotated)."""

    values: Mapping[str, str]
    concerns: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its annotation.

    `tags` are those annotated exhaustively; for other tags, text outside the annotated spans is unlabelled.
    `is_relevant` is None if unlabelled. `brief` is the instruction it was written under: texts of a brief are held out
    together.
    """

    name: str
    brief: str
    language: str
    published: str
    text: str
    spans: tuple[Span, ...]
    projects: tuple[Project, ...]
    is_relevant: bool | None
    tags: frozenset[Tag]
    kind: str = "articles"

    @property
    def groups(self) -> tuple[str, str]:
        """The groups for which figures are also computed separately: its language and its kind of text."""
        return self.language, self.kind

    @property
    def article(self) -> Article:
        """The text as the product reads one, with the same offsets."""
        title, *paragraphs = self.text.split(PARAGRAPH_BREAK)
        return Article(0, title, tuple(paragraphs), self.language)


def occurrences(text: str, words: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each occurrence of some words in a text.

    In scripts with spaces, only whole-word occurrences if there are any.
    """
    found = [(match.start(), match.end()) for match in re.finditer(re.escape(words), text)] if words else []
    whole = [(start, end) for start, end in found if _is_whole(text, start, end)]
    yield from found if language in _JOINED_SCRIPTS or not whole else whole


def _is_whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() and text[start].isalnum()) and not (after.isalnum() and text[end - 1].isalnum())
