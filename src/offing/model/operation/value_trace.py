"""Where the values of a field of a record come from, back to the feeds that announced their articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from offing.model.operation.trace import Announcement, TracedDecision
from offing.model.projects.project import HandValue


@dataclass(frozen=True, slots=True)
class PageOrigin:
    """The page of an article: when it was fetched, the SHA-256 of its content, and who announced it.

    `archived` is the address of an archived copy; "" where the site has set none.
    """

    url: str
    final_url: str
    status: int
    content_type: str
    fetched_at: datetime
    sha256: str
    archived: str = ""
    announcements: tuple[Announcement, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleOrigin:
    """An article with its page. Quotes count in its first text; `changed_at` are the times of later texts."""

    id: int
    url: str
    title: str
    outlet: str
    language: str
    published: datetime | None
    page: PageOrigin
    changed_at: tuple[datetime, ...] = ()
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class QuoteOrigin:
    """A quote that proves a value: where it stands, through which candidate and record it came, who chose it.

    `by` is the person who chose it, "" for the program. `article` is None if it is no longer stored. `record` is the
    record that its candidate was promoted to: another one if that was merged since.

    A quote that came with an adopted release has no candidate (0) and no stored article, but the `release` and the
    `url` of the article; its text is empty where the release has only its place.
    """

    text: str
    start: int
    end: int
    speaker: str
    by: str
    candidate_id: int
    record: str
    article: ArticleOrigin | None
    release: str = ""
    url: str = ""

    @property
    def source(self) -> tuple[int, str]:
        """What tells its article from those of other quotes."""
        return (self.article.id if self.article else 0), self.url


@dataclass(frozen=True, slots=True)
class ReleaseOrigin:
    """A release that has a value."""

    version: str
    published_at: datetime
    yanked: bool


@dataclass(frozen=True, slots=True)
class ValueOrigin:
    """A value of a record: the releases that have it, the decisions on its candidates, and its quotes.

    `hand` is set for a value that a person set: who, when, why, on which source. `composed_of` names the fields from
    which a title was made.
    """

    value: str
    releases: tuple[ReleaseOrigin, ...] = ()
    hand: HandValue | None = None
    decisions: tuple[TracedDecision, ...] = ()
    quotes: tuple[QuoteOrigin, ...] = ()
    composed_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intervention:
    """A correction in force that took a value out of a field, or put one in; `said` is what it did, in words."""

    said: str
    by: str
    at: datetime
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class FieldOrigin:
    """The trace of a field of a record.

    `record` is where `asked` leads to after merges; `state` says what became of it, "" for a record of its own.
    """

    asked: str
    record: str
    field: str
    state: str
    values: tuple[ValueOrigin, ...]
    corrections: tuple[Intervention, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownOrigin:
    """The trace of a field of an imported project: its dataset and the terms on which that may be used.

    `licence` is "" where the mapping of the dataset names none.
    """

    asked: str
    field: str
    dataset: str
    key: str
    licence: str
    imported_at: datetime
    values: tuple[str, ...]
