"""An assignment: who is to judge a candidate, as a person or a rule says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from offing.model.review.queue_filter import Facet, QueueFilter

RULED = (Facet.LANGUAGE, Facet.COUNTRY, Facet.SECTOR)
"""What a rule can go by: what of a candidate is known before anybody reads it."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is to judge a candidate, since when, until when if it was changed since.

    Args:
        person: their name; empty if a person said that it is nobody's, whatever the rules say.
        by: who assigned it; empty if a rule did (`rule_id`).
        ended_at: when another assignment took its place, or it was given back to the rules; None while it stands.
        ended_by: who gave it back to the rules; empty if nobody did.
    """

    candidate_id: int
    person: str
    by: str
    at: datetime
    rule_id: int | None = None
    ended_at: datetime | None = None
    ended_by: str = ""

    @property
    def by_hand(self) -> bool:
        """Whether a person made it and it stands, so that no rule changes it."""
        return self.ended_at is None and self.rule_id is None

    def is_of(self, name: str) -> bool:
        """Whether it is this person's."""
        return bool(self.person) and self.person.casefold() == name.casefold()


@dataclass(frozen=True, slots=True)
class AssignmentRule:
    """A rule that assigns the candidates of some countries, languages and sectors to a person."""

    id: int
    filter: QueueFilter
    person: str
    by: str
    at: datetime

    def fits(self, values: frozenset[tuple[Facet, str]]) -> bool:
        """Whether a candidate with these facet values is one of its own."""
        return all(any((facet, value) in values for value in chosen) for facet, chosen in self.filter.facets.items())


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A person's own day (UTC): how many candidates they set out to judge, have judged, and have waiting for them."""

    goal: int
    judged: int
    waiting: int
    chosen: bool = False

    @property
    def left(self) -> int:
        """How many are left until the goal."""
        return max(0, self.goal - self.judged)


def by_narrowness(rules: tuple[AssignmentRule, ...]) -> tuple[AssignmentRule, ...]:
    """The rules in the order in which they are asked: those with more conditions first, then the older ones."""
    return tuple(sorted(rules, key=lambda rule: (-len(rule.filter.facets), rule.id)))
