"""A symptom: what a feed delivers differs from its own past, although it answers well and no item fails.

`DayOfFeed` (what a feed brought in a day) → `FeedFacts` (lately, against the days before) → `Symptom`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class SymptomKind(StrEnum):
    """What differs.

    thin          far fewer new entries than on the same weekdays
    same-titles   nearly all articles have one title
    same-texts    nearly all articles have one text
    old-dates     the dates of new articles stand still
    length        the usual text is much shorter or longer
    incomplete    articles, dates, authors or whole texts are missing
    language      another language than before
    """

    THIN = "thin"
    SAME_TITLES = "same-titles"
    SAME_TEXTS = "same-texts"
    OLD_DATES = "old-dates"
    LENGTH = "length"
    INCOMPLETE = "incomplete"
    LANGUAGE = "language"

    @property
    def phrase(self) -> str:
        """What is wrong, to follow the name of a feed."""
        return _PHRASES[self]


_PHRASES = {
    SymptomKind.THIN: "brings far fewer new entries than usual",
    SymptomKind.SAME_TITLES: "has one title for nearly all articles",
    SymptomKind.SAME_TEXTS: "has one text for nearly all articles",
    SymptomKind.OLD_DATES: "brings new articles with old dates only",
    SymptomKind.LENGTH: "brings texts of another length",
    SymptomKind.INCOMPLETE: "has lost articles, dates, authors or parts of texts",
    SymptomKind.LANGUAGE: "brings articles in another language",
}


@dataclass(frozen=True, slots=True)
class DayOfFeed:
    """What a feed's pages yielded in 24 hours.

    Args:
        pages: read for articles; `articles` of them held one.
        titles, texts: how many different ones the articles have.
        dated, signed, whole: how many articles have a date, an author, their whole text.
        length: median characters of the texts.
        lag: hours from the newest date of publication to the end of the day; None where no article has a date.
        languages: number of articles by ISO 639-1.
    """

    pages: int = 0
    articles: int = 0
    titles: int = 0
    texts: int = 0
    dated: int = 0
    signed: int = 0
    whole: int = 0
    length: int = 0
    lag: float | None = None
    languages: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """One feed lately and before.

    Args:
        feed_id: the feed; `title` is its name.
        healthy: whether it answered well at its last poll and is not called silent already.
        added: the day since which it is watched.
        new: new entries of the last 24 hours; `new_by_day` those of whole days (UTC) before, days without any left out.
        lately: what the last 24 hours yielded.
        before: the same of whole days before, in order; days without pages are left out.
    """

    feed_id: int
    title: str
    healthy: bool
    added: date
    new: int = 0
    new_by_day: Mapping[date, int] = field(default_factory=dict)
    lately: DayOfFeed = DayOfFeed()
    before: tuple[DayOfFeed, ...] = ()


@dataclass(frozen=True, slots=True)
class SentinelRules:
    """When a difference is a symptom (`config/sentinel.toml`).

    Args:
        weeks: how many weeks count as the past of a feed.
        expected: new entries of a usual day from which a feed can be thin.
        thin: share of the usual day below which it is.
        articles: of 24 hours, from which they are judged.
        usual, lost: shares of articles: from `usual` on something is the rule, up to `lost` it is gone.
        shorter, longer: factors of the usual length.
        lag_hours: how old the newest date may be where new articles arrive.
        common: share of all judged feeds from which a symptom is reported once, for the site.
    """

    weeks: int
    expected: int
    thin: float
    articles: int
    usual: float
    lost: float
    shorter: float
    longer: float
    lag_hours: float
    common: float


@dataclass(frozen=True, slots=True)
class Symptom:
    """One difference, in a sentence, with what to do.

    `feed_id` is None where it concerns the site as a whole; `confirmed_at` is when it was last found.
    """

    kind: SymptomKind
    feed_id: int | None
    cause: str
    next_step: str
    since: datetime
    confirmed_at: datetime

    @property
    def key(self) -> tuple[int | None, SymptomKind]:
        """What it is about, and what it is: a site has at most one of these."""
        return self.feed_id, self.kind
