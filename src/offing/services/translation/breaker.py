"""A circuit breaker: after some failures in a row nobody is asked for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(slots=True)
class Breaker:
    """Counts failures in a row. Once a rest is over a single failure opens it again.

    Args:
        tries: failures after which it opens.
        rest: how long it stays open.
    """

    tries: int
    rest: timedelta
    failures: int = 0
    open_until: datetime | None = None

    def pause(self, now: datetime) -> datetime | None:
        """Return until when nobody is to be asked; None if somebody may be."""
        return self.open_until if self.open_until and now < self.open_until else None

    def fail(self, now: datetime) -> None:
        """Count a failure."""
        self.failures += 1
        if self.failures >= self.tries:
            self.open_until = now + self.rest

    def succeed(self) -> None:
        """Count a success: what failed before no longer matters."""
        self.failures, self.open_until = 0, None
