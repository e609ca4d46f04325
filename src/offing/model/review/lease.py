"""A lease: who is looking at a candidate, so that two people never work on one unknowingly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LASTS = timedelta(minutes=3)
RENEW_AFTER = timedelta(minutes=1)  # browsers run the timers of background pages only once a minute


@dataclass(frozen=True, slots=True)
class Lease:
    """Who looks at a candidate, since when, and until when unless the lease is renewed."""

    candidate_id: int
    by: str
    since: datetime
    until: datetime

    def is_of(self, name: str) -> bool:
        """Return whether it belongs to this person."""
        return self.by.casefold() == name.casefold()

    @property
    def sentence(self) -> str:
        """The message shown to another person."""
        return f"{self.by} is looking at this since {self.since.astimezone(UTC):%H:%M} UTC."
