"""Figures of a site: what came in, what became of it, how review is going."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from offing.model.operation.run import Ending
from offing.model.values.vocabulary import Verb


@dataclass(frozen=True, slots=True)
class DayFlow:
    """One day (UTC): entries that came in, candidates made above the cut, decisions."""

    day: date
    entries: int = 0
    candidates: int = 0
    decisions: int = 0


@dataclass(frozen=True, slots=True)
class Precision:
    """How many decided candidates were accepted, grouped by an outlet's domain or the name of a reason."""

    value: str
    accepted: int
    rejected: int

    @property
    def decided(self) -> int:
        """Accepted plus rejected."""
        return self.accepted + self.rejected

    @property
    def share(self) -> float:
        """The share that was accepted, 0 to 1; 0 if nothing was decided."""
        return self.accepted / self.decided if self.decided else 0.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a person decides: the median seconds between two decisions, without pauses."""

    who: str
    decisions: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of the dashboard for the last days up to today.

    Args:
        days: oldest first, without gaps.
        funnel: how items ended, by stage, over these days.
        waiting: undecided candidates above the cut by age: how many have waited less than each number of days.
        rejections: how often each reason for rejection was given.
        by_source, by_reason: precision by outlet and by reason of the score, most decided first.
        paces: by person.
    """

    days: tuple[DayFlow, ...]
    funnel: Mapping[Verb, Mapping[Ending, int]] = field(default_factory=dict)
    waiting: tuple[tuple[int | None, int], ...] = ()
    rejections: tuple[tuple[str, int], ...] = ()
    by_source: tuple[Precision, ...] = ()
    by_reason: tuple[Precision, ...] = ()
    paces: tuple[Pace, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """One person's decisions by day (UTC), and the median seconds between two of them, None where there are too few."""

    days: tuple[tuple[date, int], ...]
    seconds: float | None

    @property
    def decisions(self) -> int:
        """Return how many there are in all."""
        return sum(count for _, count in self.days)
