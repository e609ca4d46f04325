"""What is remembered of known projects: what their articles told, by which later news of them is recalled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from offing.model.project import ProjectFacts


@dataclass(frozen=True, slots=True)
class Recollection:
    """What one article told of a known project: its words, title first, what was drawn from them, its day and gist."""

    text: str
    facts: ProjectFacts
    day: date | None
    gist: bytes


@dataclass(frozen=True, slots=True)
class Remembered:
    """A known project as its news is remembered: its thing, countries, sector or "", and its articles."""

    target: str
    countries: tuple[str, ...]
    sector: str
    articles: tuple[Recollection, ...]


@dataclass(frozen=True, slots=True)
class Memory:
    """The known projects of a site, as they are remembered."""

    projects: tuple[Remembered, ...]
