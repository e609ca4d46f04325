"""What an adopted release says of a project: the start of its record, before any candidate of this site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from offing.model.projects.project import HandValue, LifeEvent, ProjectFacts
from offing.model.projects.release import KnownLink, ProvedField, PublishedSource


@dataclass(frozen=True, slots=True)
class Adopted:
    """A project as the release of another site published it, with the articles and quotes behind it.

    Args:
        release: version of the release.
        published_at: when it was published, aware.
        facts: without the wording of concerns, dates and events, which no release has.
        life_line: its events; each names the release, and has no candidate here.
        by_hand: the values that people of the other site set.
        sources: the articles, without their text.
        proofs: the quotes; one that was not published is "".
        links: what it is to projects of other datasets.
        split_from: the record that it was split off, where it was.
    """

    release: str
    published_at: datetime
    facts: ProjectFacts
    life_line: tuple[LifeEvent, ...] = ()
    by_hand: tuple[HandValue, ...] = ()
    sources: tuple[PublishedSource, ...] = ()
    proofs: tuple[ProvedField, ...] = ()
    links: tuple[KnownLink, ...] = ()
    split_from: str | None = None
