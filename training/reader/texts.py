"""Texts to learn from, as every source gives them: one string with spans, projects, and what is annotated at all."""

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
_JOINED_SCRIPTS = frozenset({"zh", "ar"})  # words stand without a space between, or take letters in front


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text; of which project by its place in the list, and the role, or kind of sum or worry."""

    start: int
    end: int
    tag: Tag
    project: int | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """What is annotated of a project: values by field, and its worries; None where these are not annotated."""

    readings: Mapping[str, str]
    concerns: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its annotation.

    `tags` are those of which all spans are marked; of others nothing is known but the spans that are. `is_relevant`
    is None where nobody said. `brief` is under what instruction it was written: texts of one are left out together.
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
        """What figures are also made of alone: its language, and what kind of text it is."""
        return self.language, self.kind

    @property
    def article(self) -> Article:
        """The text as the product reads one, with the same offsets."""
        title, *paragraphs = self.text.split(PARAGRAPH_BREAK)
        return Article(0, title, tuple(paragraphs), self.language)


def occurrences(text: str, words: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield where a text holds some words, as whole words where its script parts them and any stands so."""
    found = [(match.start(), match.end()) for match in re.finditer(re.escape(words), text)] if words else []
    whole = [(start, end) for start, end in found if _is_whole(text, start, end)]
    yield from found if language in _JOINED_SCRIPTS or not whole else whole


def _is_whole(text: str, start: int, end: int) -> bool:
    before, behind = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() and text[start].isalnum()) and not (behind.isalnum() and text[end - 1].isalnum())
