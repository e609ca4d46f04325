"""The input for a record: accepted candidates, in an order independent of their arrival. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date

from offing.model.projects.project import HandValue, ProjectFacts
from offing.model.review.candidate import Candidate, StoryArticle


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted candidate, or a duplicate. `facts` include people's corrections, `by_hand` names those fields.

    `hands` are the values that people set, each with who, when and why.
    """

    candidate: Candidate
    facts: ProjectFacts
    by_hand: frozenset[str] = frozenset()
    hands: tuple[HandValue, ...] = ()

    @property
    def first(self) -> StoryArticle | None:
        """Its earliest article; None without any."""
        return min(self.candidate.articles, key=_published, default=None)

    @property
    def day(self) -> date | None:
        """The day of its earliest article, in UTC."""
        return day_of(self.first) if self.first else None


def in_order(parts: Iterable[Accepted]) -> tuple[Accepted, ...]:
    """Return the candidates in the order of their news, not of acceptance; undated ones last."""

    def place(part: Accepted) -> tuple[tuple[date, str], int]:
        return _published(part.first) if part.first else (date.max, ""), part.candidate.id

    return tuple(sorted(parts, key=place))


def day_of(article: StoryArticle) -> date | None:
    """Return the day of publication, in UTC."""
    return article.published.astimezone(UTC).date() if article.published else None


def _published(article: StoryArticle) -> tuple[date, str]:
    return day_of(article) or date.max, article.url
