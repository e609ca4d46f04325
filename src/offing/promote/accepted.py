"""What a record is made of: accepted candidates, in an order that does not depend on when they came. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date

from offing.model.candidate import Candidate, StoryArticle
from offing.model.project import ProjectFacts


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted candidate, or one judged a duplicate. `facts` carry people's corrections, `by_hand` names them."""

    candidate: Candidate
    facts: ProjectFacts
    by_hand: frozenset[str] = frozenset()

    @property
    def first(self) -> StoryArticle | None:
        """Its earliest article; None without any."""
        return min(self.candidate.articles, key=_published, default=None)

    @property
    def day(self) -> date | None:
        """The day of its earliest article, in UTC."""
        return day_of(self.first) if self.first else None


def in_order(parts: Iterable[Accepted]) -> tuple[Accepted, ...]:
    """The candidates in the order of their news, whoever was accepted first; undated ones last."""
    return tuple(sorted(parts, key=_place))


def day_of(article: StoryArticle) -> date | None:
    """The day of publication, in UTC."""
    return article.published.astimezone(UTC).date() if article.published else None


def _published(article: StoryArticle) -> tuple[date, str]:
    return day_of(article) or date.max, article.url


def _place(part: Accepted) -> tuple[tuple[date, str], int]:
    return _published(part.first) if part.first else (date.max, ""), part.candidate.id
