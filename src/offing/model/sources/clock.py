"""Clocks that ran ahead or were set back: how far in the future a time may lie and still be believed. Pure.

A future time (a turn, a pause, a lease) lies at most its longest pause ahead; a past event lies in the past.
Anything beyond that was written by a wrong clock. Turns are brought back; recorded events stay as written, since
the current clock may be the wrong one, and calculations leave them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

SKEW = timedelta(minutes=5)  # machines with time synchronisation differ by less
_PLURALS = {"turn": "turns", "rest of a host": "rests of hosts", "claim of a run": "claims of runs"}


@dataclass(frozen=True, slots=True)
class Reach:
    """How far ahead of now the next turn of a feed or page, a robots.txt and a claim may lie at most."""

    turn: timedelta
    robots: timedelta
    claim: timedelta


@dataclass(frozen=True, slots=True)
class Beyond:
    """How many times lie too far ahead: turns, rests of hosts (robots.txt too), claims; `farthest` of the turns."""

    turns: int = 0
    rests: int = 0
    claims: int = 0
    farthest: datetime | None = None

    @property
    def sentence(self) -> str:
        """The message for a person; empty if nothing is too far ahead."""
        counts = ((self.turns, "turn"), (self.rests, "rest of a host"), (self.claims, "claim of a run"))
        what = ", ".join(f"{count} {noun if count == 1 else _PLURALS[noun]}" for count, noun in counts if count)
        if not what:
            return ""
        last = f" (the last one {_minute(self.farthest)})" if self.farthest else ""
        lie = "lies" if self.turns + self.rests + self.claims == 1 else "lie"
        return f"the clock of this machine ran ahead, or is behind now: {what} {lie} beyond the longest pause{last}"


def ahead(at: datetime, now: datetime) -> bool:
    """Return whether an event recorded as past lies in the future by more than normal clock skew."""
    return at > now + SKEW


def believed(at: datetime | None, now: datetime) -> datetime | None:
    """Return when something happened, or None if that is unknown or lies in the future."""
    return None if at is None or ahead(at, now) else at


def _minute(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
