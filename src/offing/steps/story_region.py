"""What a change can touch: all tellings that are connected with some, through whatever lies between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import sqlalchemy as sa

from offing.model.pairing import Bond, PairDecision, Thing, ThingKind
from offing.model.project import ProjectFacts
from offing.model.story import PlacedTelling, Telling, TellingBond
from offing.propose.story import COPIED, DAYS, keys_of, same_news
from offing.steps.worth import dollars
from offing.store.pairing import standing_on
from offing.store.telling import near_tellings, tellings, tellings_of

Pair = tuple[int, int]


@dataclass(slots=True)
class Region:
    """Tellings by id, how surely pairs of them tell the same news, and what people decided on pairs, oldest first."""

    placed: dict[int, PlacedTelling] = field(default_factory=dict)
    edges: dict[Pair, float] = field(default_factory=dict)
    decisions: dict[int, PairDecision] = field(default_factory=dict)

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
        near = {number: _near(conn, region.placed[number].telling) - {number} for number in fresh}
        bound = _bound(conn, region, fresh)
        mates = tellings_of(conn, {stands for number in fresh if (stands := region.placed[number].story_id)})
        unknown = {other for found in (*near.values(), bound, mates) for other in found} - seen.keys()
        seen.update(load(conn, unknown))
        reached = {number: seen[number] for number in bound | mates if number in seen}
        for number, others in near.items():
            reached.update(_compared(region, number, {other: seen[other] for other in others if other in seen}))
        fresh = reached.keys() - region.placed.keys()
        region.placed.update({number: reached[number] for number in fresh})
    return region


def _compared(region: Region, number: int, others: Mapping[int, PlacedTelling]) -> dict[int, PlacedTelling]:
    """Those of some tellings that tell the same news as one; keeps how surely they do."""
    one, found = region.placed[number].telling, {}
    for other, placed in others.items():
        strength = same_news(one, placed.telling)
        if strength:
            region.edges[min(number, other), max(number, other)] = strength
            found[other] = placed
    return found


def _near(conn: sa.Connection, one: Telling) -> set[int]:
    keys = keys_of(one)
    return near_tellings(conn, one, ((keys.facts, DAYS), (keys.text, COPIED), (keys.same, None)))


def _bound(conn: sa.Connection, region: Region, fresh: Iterable[int]) -> set[int]:
    """Those that people tied to some tellings; keeps what they decided."""
    things = [Thing(ThingKind.TELLING, str(number)) for number in sorted(fresh) if number > 0]
    said = standing_on(conn, things) if things else ()
    region.decisions.update({each.id: each for each in said})
    tied = (each for each in said if each.bond is Bond.SAME)
    return {_number(side) for each in tied for side in (each.one, each.other)}


def _number(thing: Thing) -> int:
    return int(thing.key)
