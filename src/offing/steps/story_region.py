"""What a change can touch: all tellings that are connected with some, through whatever lies between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

import sqlalchemy as sa

from offing.model.pairing import Bond, PairDecision, Thing, ThingKind
from offing.model.project import ProjectFacts
from offing.model.story import PlacedTelling, Repeated, Telling, TellingBond
from offing.propose.story import COPIED, DAYS, Likeness, witnesses
from offing.steps.worth import dollars
from offing.store.pairing import standing_on
from offing.store.repeat import repeats_of
from offing.store.telling import near_tellings, tellings, tellings_of


@dataclass(slots=True)
class Region:
    """Tellings by id, what compares them, what people decided on pairs, oldest first, and who repeats them."""

    placed: dict[int, PlacedTelling] = field(default_factory=dict)
    likeness: Likeness = field(default_factory=Likeness)
    decisions: dict[int, PairDecision] = field(default_factory=dict)
    repeats: dict[int, tuple[Repeated, ...]] = field(default_factory=dict)

    def told_in(self, story: Iterable[PlacedTelling]) -> Iterator[Telling]:
        """All that a story is worked out from: its tellings, and those that stand for what repeats them."""
        for placed in story:
            yield placed.telling
            yield from witnesses(placed.telling, self.repeats.get(placed.telling.id, ()))

    @property
    def bonds(self) -> tuple[TellingBond, ...]:
        """The decisions on pairs of tellings that are both there."""
        said = (self.decisions[number] for number in sorted(self.decisions))
        pairs = ((_number(each.one), _number(each.other), each.bond) for each in said)
        return tuple(TellingBond(one, other, bond) for one, other, bond in pairs if {one, other} <= self.placed.keys())


def worths(facts: ProjectFacts, day: date) -> tuple[float | None, ...]:
    """What the sums of some facts are worth in dollars on a day, None where no rate is known."""
    found = (dollars(amount.value, amount.currency, day) for amount in facts.amounts)
    return tuple(None if worth is None else float(worth) for worth in found)


def _priced(placed: PlacedTelling) -> PlacedTelling:
    told = placed.telling
    return replace(placed, telling=replace(told, dollars=worths(told.facts, told.at.date())))


def load(conn: sa.Connection, ids: Iterable[int]) -> dict[int, PlacedTelling]:
    """Tellings by id, with the worth of their sums."""
    return {number: _priced(placed) for number, placed in tellings(conn, ids).items()}


def read_region(conn: sa.Connection, seeds: Iterable[PlacedTelling]) -> Region:
    """All that is connected with some tellings: by the same news, by standing in one story, by decisions of people.

    Args:
        conn: a transaction that holds the lock on stories.
        seeds: stored tellings, or new ones under ids below 0 of articles that tell nothing yet.
    """
    region = Region({placed.telling.id: placed for placed in seeds})
    seen = dict(region.placed)
    fresh = set(region.placed)
    while fresh:
        bound = _bound(conn, region, fresh)
        mates = tellings_of(conn, {stands for number in fresh if (stands := region.placed[number].story_id)})
        told = [region.placed[number].telling for number in fresh]
        seen.update(load(conn, (bound | mates | _near(conn, told, region.likeness)) - seen.keys()))
        others = (seen[number].telling for number in seen.keys() - region.placed.keys())
        same = {telling.id for telling in region.likeness.linked(told, others)}
        fresh = ((bound | mates) & seen.keys() | same) - region.placed.keys()
        region.placed.update({number: seen[number] for number in fresh})
    region.repeats = repeats_of(conn, (number for number in region.placed if number > 0))
    return region


def _near(conn: sa.Connection, told: Iterable[Telling], likeness: Likeness) -> set[int]:
    """Those that share a key with any of some tellings.

    Most of what is connected has the same keys within days: all keys of one stretch of time are asked for at once.
    """
    found: set[int] = set()
    for stretch in _stretches(sorted(told, key=lambda each: each.at)):
        keys = {likeness.kind(each).keys for each in stretch}
        facts, text, same = (_united(getattr(each, name) for each in keys) for name in ("facts", "text", "same"))
        times = stretch[0].at, stretch[-1].at
        found |= near_tellings(conn, times, ((facts, DAYS), (text, COPIED), (same, None)))
    return found


def _united(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _stretches(told: Sequence[Telling]) -> Iterator[Sequence[Telling]]:
    """Tellings by time, parted where nothing is told for long: between, there is nothing to look for."""
    ends = [place for place, (one, other) in enumerate(pairwise(told), 1) if other.at - one.at > DAYS]
    yield from (told[start:end] for start, end in pairwise((0, *ends, len(told))))


def _bound(conn: sa.Connection, region: Region, fresh: Iterable[int]) -> set[int]:
    """Those that people tied to some tellings; keeps what they decided."""
    things = [Thing(ThingKind.TELLING, str(number)) for number in sorted(fresh) if number > 0]
    said = standing_on(conn, things) if things else ()
    region.decisions.update({each.id: each for each in said})
    tied = (each for each in said if each.bond is Bond.SAME)
    return {_number(side) for each in tied for side in (each.one, each.other)}


def _number(thing: Thing) -> int:
    return int(thing.key)
