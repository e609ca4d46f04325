"""A lease: who is looking at a candidate, so that two people never work on one unknowingly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LASTS = timedelta(minutes=3)
RENEW_AFTER = timedelta(minutes=1)  # browsers wake the timers of a page in the background once a minute


@dataclass(frozen=True, slots=True)
class Lease:
    """Who looks at a candidate, since when, and until when it stands unless it is renewed."""

    candidate_id: int
    by: str
    since: datetime
    until: datetime

    def is_of(self, name: str) -> bool:
        """Whether it is a person's own."""
        return self.by.casefold() == name.casefold()

    @property
    def sentence(self) -> str:
        """What another person is told."""
        return f"{self.by} is looking at this since {self.since.astimezone(UTC):%H:%M} UTC."
