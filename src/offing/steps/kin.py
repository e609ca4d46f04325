"""Some things, all that is the same as they, and what people said of them: read together, in few questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from offing.match.resolve import bonds_of, same_of
from offing.model.candidate import CandidateState
from offing.model.pairing import Bond, PairDecision, Thing, ThingKind
from offing.store.batch import each_once
from offing.store.matching import CandidatePlace, candidate_places
from offing.store.membership import home_of
from offing.store.pairing import standing_on
from offing.store.project import withdrawn_among

_NO_PARENTS = (CandidateState.REJECTED, CandidateState.DUPLICATE)


class Kin:
    """Some things and their kin.

    Attributes:
        things: they and all that is the same as they; a record that was merged is left out for its home.
        places: where the candidates among them stand.
        bonds: what people said of them.
        edges: what ties them: each two that a person called the same, or that are one by themselves.

    Args:
        conn: a connection.
        things: the things.
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
            decisions = [made for part in each_once(fresh) for made in standing_on(conn, part)]
            said.update({made.id: made for made in decisions})
            reached = {side for made in decisions if made.bond is Bond.SAME for side in (made.one, made.other)}
            fresh = (reached | {*leads.values()}) - self.things
            self.things |= fresh
        self.bonds = bonds_of(said.values(), leads)
        self.edges = (*leads.items(), *same_of(said.values()))
        self.things -= {thing for thing in leads if thing.kind is ThingKind.PROJECT}
        records = [thing.key for thing in self.things if thing.kind is ThingKind.PROJECT]
        self._withdrawn = {_record(each) for each in withdrawn_among(conn, records)}
        self._homes: dict[Thing, list[Thing]] = defaultdict(list)
        for thing in self.things:
            self._homes[self.bonds.home(thing)].append(thing)

    def same_as(self, thing: Thing) -> Iterable[Thing]:
        """All that is the same as a thing, itself among them."""
        return self._homes[self.bonds.home(thing)]

    def head(self, thing: Thing) -> Thing:
        """What a thing stands for: an accepted candidate that waits for another one stands for that."""
        seen: set[Thing] = set()
        while thing not in seen and (place := self.places.get(thing)) and place.waits_for:
            seen.add(thing)
            onward = Thing.parse(place.waits_for)
            thing = onward if onward in self.places else thing
        return thing

    def may_lead(self, mine: CandidatePlace, thing: Thing) -> bool:
        """Whether a candidate may be an update of something.

        It may be one of a record that stands, of a project of another base, and of a candidate that was told before
        or accepted, but for those that were rejected, merged, are doubles or made a record that was withdrawn.
        """
        thing = self.head(thing)
        if thing.kind is not ThingKind.CANDIDATE:
            return thing.kind in (ThingKind.PROJECT, ThingKind.KNOWN) and thing not in self._withdrawn
        other = self.places.get(thing)
        if other is None or other.state in _NO_PARENTS or not follows(mine, other):
            return False
        return other.project_id is None or _record(other.project_id) not in self._withdrawn


def follows(mine: CandidatePlace, other: CandidatePlace) -> bool:
    """Whether a candidate may be an update of another: of an accepted one whenever told, else of an earlier one."""
    accepted = CandidateState.ACCEPTED
    if (mine.state is accepted) != (other.state is accepted):
        return other.state is accepted
    return other.place < mine.place


def _record(key: str) -> Thing:
    return Thing(ThingKind.PROJECT, key)
