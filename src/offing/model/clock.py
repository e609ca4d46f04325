"""Clocks that ran ahead or were set back: how far ahead a time may lie before it is not believed. Pure.

What is still to come (a turn, a rest, a lease) lies at most its longest pause ahead; what has happened lies behind.
A time beyond that was written by a clock that was wrong. Turns are brought back; what has happened stays as it was
written, since the clock of now may be the wrong one, and whoever reckons with it leaves it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

SKEW = timedelta(minutes=5)  # clocks of machines that are kept by a time service differ by less
_PLURALS = {"turn": "turns", "rest of a host": "rests of hosts", "claim of a run": "claims of runs"}


@dataclass(frozen=True, slots=True)
class Reach:
    """How far ahead of now the next turn of a feed or page, a robots.txt and a claim may lie at most."""

    turn: timedelta
    robots: timedelta
    claim: timedelta


@dataclass(frozen=True, slots=True)
class Beyond:
    """What lies farther ahead than it can: turns, rests of hosts (robots.txt too), claims; `farthest` of the turns."""

    turns: int = 0
    rests: int = 0
    claims: int = 0
    farthest: datetime | None = None

    @property
    def sentence(self) -> str:
        """What a person is told; empty where nothing lies beyond."""
        counts = ((self.turns, "turn"), (self.rests, "rest of a host"), (self.claims, "claim of a run"))
        what = ", ".join(f"{count} {noun if count == 1 else _PLURALS[noun]}" for count, noun in counts if count)
        if not what:
            return ""
        last = f" (the last one {_minute(self.farthest)})" if self.farthest else ""
        lie = "lies" if self.turns + self.rests + self.claims == 1 else "lie"
        return f"the clock of this machine ran ahead, or is behind now: {what} {lie} beyond the longest pause{last}"


def ahead(at: datetime, now: datetime) -> bool:
    """Whether something that is said to have happened lies in the future, by more than clocks differ."""
    return at > now + SKEW


def believed(at: datetime | None, now: datetime) -> datetime | None:
    """When something happened, or None where that is unknown or lies in the future."""
    return None if at is None or ahead(at, now) else at


def _minute(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
