"""A release: an immutable, numbered snapshot of project records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from offing.model.projects.project import ProjectRecord
from offing.model.reading.evidence import Evidence


class ChangeKind(StrEnum):
    """What happened to a project between two releases."""

    ADDED = "added"
    CHANGED = "changed"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


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
    """A field of a published project with its quote."""

    project_id: str
    evidence: Evidence
    url: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The input of a release, read in one transaction."""

    version: str
    records: tuple[ProjectRecord, ...]
    sources: tuple[PublishedSource, ...]
    proofs: tuple[ProvedField, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """A stored release. `digests` maps project id to the SHA-256 of everything published about it."""

    version: str
    published_at: datetime
    digests: dict[str, str]
