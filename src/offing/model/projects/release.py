"""A release: an immutable, numbered snapshot of project records."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from offing.model.pairs.pairing import Bond
from offing.model.projects.project import ProjectRecord
from offing.model.reading.evidence import Evidence


class ChangeKind(StrEnum):
    """What happened to a project between two releases."""

    ADDED = "added"
    CHANGED = "changed"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class PublishedSource:
    """One article behind a project, without its text."""

    project_id: str
    url: str
    title: str
    outlet: str
    language: str
    published: datetime | None


@dataclass(frozen=True, slots=True)
class ProvedField:
    """A field of a published project with its quote.

    `text` is the part of the quote that is published: all of it, or "" once the article's share of quoted text is used.
    """

    project_id: str
    evidence: Evidence
    url: str
    withheld: bool = False

    @property
    def text(self) -> str:
        """The published words."""
        return "" if self.withheld else self.evidence.text


@dataclass(frozen=True, slots=True)
class KnownLink:
    """What a project is to one of another dataset; `judge` is "" where matching found it and nobody decided."""

    project_id: str
    dataset: str
    their_id: str
    bond: Bond
    judge: str = ""
    at: datetime | None = None
    reason: str = ""
    score: float | None = None
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Described:
    """A record with the articles and the quotes behind it, as a release shows it; never any article's text.

    `split_from` is the record that it was split off; `source` is what its withdrawal relies on; `links` are projects of
    other datasets; `parent` is the live record that it is part of.
    """

    record: ProjectRecord
    sources: tuple[PublishedSource, ...] = ()
    proofs: tuple[ProvedField, ...] = ()
    split_from: str | None = None
    source: str = ""
    links: tuple[KnownLink, ...] = ()
    parent: str | None = None


ColumnNames = tuple[tuple[str, str], ...]
"""The columns of a table: name, and type of Table Schema."""


@dataclass(frozen=True, slots=True)
class TableLayout:
    """The file of a table and its columns, as a release was written with them."""

    table: str
    columns: ColumnNames


@dataclass(frozen=True, slots=True)
class Yank:
    """Why a release should not be used any more, who says so, and when."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Adoption:
    """When a release of another site was adopted as the start of this site's records, and by whom."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class TableFigures:
    """How many rows a table has, and how many cells of each column are filled."""

    rows: int = 0
    filled: dict[str, int] = field(default_factory=dict)


Statistics = dict[str, TableFigures]
"""The figures of each table, by name."""


@dataclass(frozen=True, slots=True)
class Release:
    """A published release. `number` counts releases from 1; `layout` is empty where its content was not stored."""

    version: str
    published_at: datetime
    published_by: str = ""
    number: int = 0
    records: int = 0
    layout: tuple[TableLayout, ...] = ()
    statistics: Statistics = field(default_factory=dict)
    yanked: Yank | None = None
    adopted: Adoption | None = None


@dataclass(frozen=True, slots=True)
class StoredProject:
    """What a release says of one project: the digest of its rows, and the rows packed; None if they were not stored."""

    project_id: str
    digest: str
    packed: bytes | None
