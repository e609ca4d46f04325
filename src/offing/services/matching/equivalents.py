"""Loads items, their equivalents, and people's decisions on them together, in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from offing.match.verdicts.closure import closure_of, same_of
from offing.model.pairs.pairing import Bond, PairDecision, Thing, ThingKind
from offing.model.review.candidate import CandidateState
from offing.store.database.batch import each_once
from offing.store.pairs.match_inputs import CandidatePlace, candidate_places
from offing.store.pairs.pairing import decisions_on
from offing.store.records.membership import home_of
from offing.store.records.project import withdrawn_among

_NO_PARENTS = (CandidateState.REJECTED, CandidateState.DUPLICATE)


class Equivalents:
    """Some items and all that are equivalent to them.

    Attributes:
        things: the items and their equivalents; a merged record is replaced by the record that it leads to.
        places: the state and position of the candidates among them.
        bonds: people's decisions on them.
        edges: the links between them: items that a person called the same, or of which one leads to the other.

    Args:
        conn: a connection.
        things: the items.
        merged: where merged records lead.
    """

    def __init__(self, conn: sa.Connection, things: Iterable[Thing], merged: Mapping[str, str]) -> None:
        self.things, self.places = set(things), dict[Thing, CandidatePlace]()
        said, leads, fresh = dict[int, PairDecision](), dict[Thing, Thing](), set(self.things)
        while fresh:
            ids = [int(thing.key) for thing in fresh if thing.kind is ThingKind.CANDIDATE]
            places = {each.thing: each for each in candidate_places(conn, ids, merged).values()}
            self.places |= places
            leads |= {each: _record(place.project_id) for each, place in places.items() if place.project_id}
            gone = (each for each in fresh if each.kind is ThingKind.PROJECT and each.key in merged)
            leads |= {each: _record(home_of(each.key, merged)) for each in gone}
            decisions = [made for part in each_once(fresh) for made in decisions_on(conn, part)]
            said.update({made.id: made for made in decisions})
            reached = {side for made in decisions if made.bond is Bond.SAME for side in (made.one, made.other)}
            fresh = (reached | {*leads.values()}) - self.things
            self.things |= fresh
        self.bonds = closure_of(said.values(), leads)
        self.edges = (*leads.items(), *same_of(said.values()))
        self.things -= {thing for thing in leads if thing.kind is ThingKind.PROJECT}
        records = [thing.key for thing in self.things if thing.kind is ThingKind.PROJECT]
        self._withdrawn = {_record(each) for each in withdrawn_among(conn, records)}
        self._homes: dict[Thing, list[Thing]] = defaultdict(list)
        for thing in self.things:
            self._homes[self.bonds.representative(thing)].append(thing)

    def same_as(self, thing: Thing) -> Iterable[Thing]:
        """Return all items that are the same as an item, including itself."""
        return self._homes[self.bonds.representative(thing)]

    def head(self, thing: Thing) -> Thing:
        """Return the item at the head of a chain: an accepted candidate that waits for another leads to that one."""
        seen: set[Thing] = set()
        while thing not in seen and (place := self.places.get(thing)) and place.waits_for:
            seen.add(thing)
            onward = Thing.parse(place.waits_for)
            thing = onward if onward in self.places else thing
        return thing

    def may_lead(self, mine: CandidatePlace, thing: Thing) -> bool:
        """Return whether a candidate may be an update of an item.

        The item may be a record that is not withdrawn, a project of another base, or a candidate that is earlier or
        accepted, unless that was rejected or merged, is a duplicate, or made a record that was withdrawn.
        """
        thing = self.head(thing)
        if thing.kind is not ThingKind.CANDIDATE:
            return thing.kind in (ThingKind.PROJECT, ThingKind.KNOWN) and thing not in self._withdrawn
        other = self.places.get(thing)
        if other is None or other.state in _NO_PARENTS or not follows(mine, other):
            return False
        return other.project_id is None or _record(other.project_id) not in self._withdrawn


def follows(mine: CandidatePlace, other: CandidatePlace) -> bool:
    """Return whether a candidate may be an update of another: of any accepted one, else of an earlier one."""
    accepted = CandidateState.ACCEPTED
    if (mine.state is accepted) != (other.state is accepted):
        return other.state is accepted
    return other.place < mine.place


def _record(key: str) -> Thing:
    return Thing(ThingKind.PROJECT, key)
