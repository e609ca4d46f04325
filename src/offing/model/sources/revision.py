"""A revision: a later text of an article. The first text stays in the article; quotes refer to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ArticleText:
    """Title and paragraphs at one point in time."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """A stored revision; `number` is 1 for the first change, `diff` a unified diff by paragraph."""

    article_id: int
    number: int
    found_at: datetime
    title: str
    diff: str
