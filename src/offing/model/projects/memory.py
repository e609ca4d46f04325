"""What is remembered of known projects: the content of their articles, used to recognise later news of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from offing.model.projects.project import ProjectFacts


@dataclass(frozen=True, slots=True)
class Recollection:
    """What one article reported about a known project: its words, title first, extracted facts, its day and gist."""

    text: str
    facts: ProjectFacts
    day: date | None
    gist: bytes


@dataclass(frozen=True, slots=True)
class Remembered:
    """A known project as remembered: its id, countries, sector or "", and its articles."""

    target: str
    countries: tuple[str, ...]
    sector: str
    articles: tuple[Recollection, ...]


@dataclass(frozen=True, slots=True)
class Memory:
    """A site's known projects as remembered."""

    projects: tuple[Remembered, ...]
