"""A story: the set of articles that tell the same news."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from offing.model.project import ProjectFacts


@dataclass(frozen=True, slots=True)
class StoryView:
    """An existing story, as much of it as is needed to tell whether an article joins it.

    `text_hashes` are those of its articles' bodies; `last_at` is when its newest article was published.
    """

    id: int
    candidate_id: int
    facts: ProjectFacts
    text_hashes: frozenset[str]
    last_at: datetime
