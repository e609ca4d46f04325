"""Votes: how strongly the mentions of a scope support each value of a field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from offing.model.reading.mention import Mention
from offing.propose.reading.scope import Line

Vote = tuple[float, Line, Mention]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A value, its score, and its votes, strongest first."""

    key: str
    score: float
    votes: tuple[Vote, ...]

    @property
    def mentions(self) -> tuple[tuple[Line, Mention], ...]:
        """The mentions with their lines."""
        return tuple((line, mention) for _, line, mention in self.votes)

    @property
    def first(self) -> Mention:
        """The mention with the strongest vote."""
        return self.votes[0][2]


def rank(votes: Iterable[tuple[str, Vote]], fade: float) -> list[Ranked]:
    """Rank the values by the sum of their votes, strongest first.

    Args:
        votes: pairs of value and vote.
        fade: factor on each further vote for a value, relative to the one before it.
    """
    by_key: dict[str, list[Vote]] = {}
    for key, vote in votes:
        if vote[0] > 0:
            by_key.setdefault(key, []).append(vote)
    ranked = []
    for key, found in by_key.items():
        ordered = tuple(sorted(found, key=lambda vote: (-vote[0], vote[2].start)))
        score = sum(weight * fade**index for index, (weight, _, _) in enumerate(ordered))
        ranked.append(Ranked(key, score, ordered))
    return sorted(ranked, key=lambda value: (-value.score, value.first.start))
