"""Finds all tellings that a change can affect: those connected with it, directly or through others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

import sqlalchemy as sa

from offing.model.pairs.pairing import Bond, PairDecision, Ref
from offing.model.projects.project import ProjectFacts
from offing.model.review.story import PlacedTelling, Repeated, Telling, TellingBond
from offing.propose.story import COPIED, DAYS, Likeness, witnesses
from offing.services.matching.conversions import dollars
from offing.store.pairs.pairing import decisions_on
from offing.store.stories.repeat import repeats_of
from offing.store.stories.telling import near_tellings, tellings, tellings_of


@dataclass(slots=True)
class TellingRegion:
    """Tellings by id, what compares them, people's decisions on pairs, oldest first, and their repeats."""

    placed: dict[int, PlacedTelling] = field(default_factory=dict)
    likeness: Likeness = field(default_factory=Likeness)
    decisions: dict[int, PairDecision] = field(default_factory=dict)
    repeats: dict[int, tuple[Repeated, ...]] = field(default_factory=dict)

    def merged_tellings(self, story: Iterable[PlacedTelling]) -> Iterator[Telling]:
        """Yield what a story is worked out from: its tellings, and representatives of their repeats."""
        for placed in story:
            yield placed.telling
            yield from witnesses(placed.telling, self.repeats.get(placed.telling.id, ()))

    @property
    def bonds(self) -> tuple[TellingBond, ...]:
        """The decisions on pairs of tellings that are both in the region."""
        decisions = (self.decisions[number] for number in sorted(self.decisions))
        pairs = ((_number(each.one), _number(each.other), each.bond) for each in decisions)
        return tuple(TellingBond(one, other, bond) for one, other, bond in pairs if {one, other} <= self.placed.keys())


def worths(facts: ProjectFacts, day: date) -> tuple[float | None, ...]:
    """Return the sums of some facts in dollars at the rates of a day, None where no rate is known."""
    found = (dollars(amount.value, amount.currency, day) for amount in facts.amounts)
    return tuple(None if worth is None else float(worth) for worth in found)


def _priced(placed: PlacedTelling) -> PlacedTelling:
    telling = placed.telling
    return replace(placed, telling=replace(telling, dollars=worths(telling.facts, telling.at.date())))


def load(conn: sa.Connection, ids: Iterable[int]) -> dict[int, PlacedTelling]:
    """Return tellings by id, with the dollar values of their sums."""
    return {number: _priced(placed) for number, placed in tellings(conn, ids).items()}


def read_region(conn: sa.Connection, seeds: Iterable[PlacedTelling]) -> TellingRegion:
    """Return all that is connected with some tellings: by the same news, a shared story, or people's decisions.

    Args:
        conn: a transaction that holds the lock on stories.
        seeds: stored tellings, or new ones, with ids below 0, of articles without tellings.
    """
    region = TellingRegion({placed.telling.id: placed for placed in seeds})
    seen = dict(region.placed)
    fresh = set(region.placed)
    while fresh:
        bound = _bound(conn, region, fresh)
        mates = tellings_of(conn, {stands for number in fresh if (stands := region.placed[number].story_id)})
        added = [region.placed[number].telling for number in fresh]
        seen.update(load(conn, (bound | mates | _near(conn, added, region.likeness)) - seen.keys()))
        others = (seen[number].telling for number in seen.keys() - region.placed.keys())
        same = {telling.id for telling in region.likeness.linked(added, others)}
        fresh = ((bound | mates) & seen.keys() | same) - region.placed.keys()
        region.placed.update({number: seen[number] for number in fresh})
    region.repeats = repeats_of(conn, (number for number in region.placed if number > 0))
    return region


def _near(conn: sa.Connection, fresh: Iterable[Telling], likeness: Likeness) -> set[int]:
    """Return the tellings that share a key with any of the given ones.

    Connected tellings mostly share the same keys within days, so all keys of one stretch of time are queried at once.
    """
    found: set[int] = set()
    for stretch in _stretches(sorted(fresh, key=lambda each: each.at)):
        keys = {likeness.kind(each).keys for each in stretch}
        facts, text, same = (_united(getattr(each, name) for each in keys) for name in ("facts", "text", "same"))
        times = stretch[0].at, stretch[-1].at
        found |= near_tellings(conn, times, ((facts, DAYS), (text, COPIED), (same, None)))
    return found


def _united(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _stretches(ordered: Sequence[Telling]) -> Iterator[Sequence[Telling]]:
    """Split tellings, ordered by time, at gaps longer than DAYS, in which there is nothing to search for."""
    ends = [place for place, (one, other) in enumerate(pairwise(ordered), 1) if other.at - one.at > DAYS]
    yield from (ordered[start:end] for start, end in pairwise((0, *ends, len(ordered))))


def _bound(conn: sa.Connection, region: TellingRegion, fresh: Iterable[int]) -> set[int]:
    """Return the tellings that people tied to some; stores the decisions in the region."""
    refs = [Ref.telling(number) for number in sorted(fresh) if number > 0]
    decisions = decisions_on(conn, refs) if refs else ()
    region.decisions.update({each.id: each for each in decisions})
    tied = (each for each in decisions if each.bond is Bond.SAME)
    return {_number(side) for each in tied for side in (each.one, each.other)}


def _number(ref: Ref) -> int:
    return int(ref.key)
