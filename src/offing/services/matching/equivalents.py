"""Loads items, their equivalents, and people's decisions on them together, in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from offing.match.verdicts.closure import closure_of, same_of
from offing.model.pairs.pairing import Bond, PairDecision, Ref, RefKind
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
        refs: the items and their equivalents; a merged record is replaced by the record that it leads to.
        places: the state and position of the candidates among them.
        bonds: people's decisions on them.
        edges: the links between them: items that a person called the same, or of which one leads to the other.

    Args:
        conn: a connection.
        refs: the items.
        merged: where merged records lead.
    """

    def __init__(self, conn: sa.Connection, refs: Iterable[Ref], merged: Mapping[str, str]) -> None:
        self.refs, self.places = set(refs), dict[Ref, CandidatePlace]()
        by_id, leads, fresh = dict[int, PairDecision](), dict[Ref, Ref](), set(self.refs)
        while fresh:
            ids = [int(ref.key) for ref in fresh if ref.kind is RefKind.CANDIDATE]
            places = {each.ref: each for each in candidate_places(conn, ids, merged).values()}
            self.places |= places
            leads |= {each: _record(place.project_id) for each, place in places.items() if place.project_id}
            gone = (each for each in fresh if each.kind is RefKind.PROJECT and each.key in merged)
            leads |= {each: _record(home_of(each.key, merged)) for each in gone}
            decisions = [made for part in each_once(fresh) for made in decisions_on(conn, part)]
            by_id.update({made.id: made for made in decisions})
            reached = {side for made in decisions if made.bond is Bond.SAME for side in (made.one, made.other)}
            fresh = (reached | {*leads.values()}) - self.refs
            self.refs |= fresh
        self.bonds = closure_of(by_id.values(), leads)
        self.edges = (*leads.items(), *same_of(by_id.values()))
        self.refs -= {ref for ref in leads if ref.kind is RefKind.PROJECT}
        records = [ref.key for ref in self.refs if ref.kind is RefKind.PROJECT]
        self._withdrawn = {_record(each) for each in withdrawn_among(conn, records)}
        self._homes: dict[Ref, list[Ref]] = defaultdict(list)
        for ref in self.refs:
            self._homes[self.bonds.representative(ref)].append(ref)

    def same_as(self, ref: Ref) -> Iterable[Ref]:
        """Return all items that are the same as an item, including itself."""
        return self._homes[self.bonds.representative(ref)]

    def head(self, ref: Ref) -> Ref:
        """Return the item at the head of a chain: an accepted candidate that waits for another leads to that one."""
        seen: set[Ref] = set()
        while ref not in seen and (place := self.places.get(ref)) and place.waits_for:
            seen.add(ref)
            onward = Ref.parse(place.waits_for)
            ref = onward if onward in self.places else ref
        return ref

    def may_lead(self, mine: CandidatePlace, ref: Ref) -> bool:
        """Return whether a candidate may be an update of an item.

        The item may be a record that is not withdrawn, a project of another base, or a candidate that is earlier or
        accepted, unless that was rejected or merged, is a duplicate, or made a record that was withdrawn.
        """
        ref = self.head(ref)
        if ref.kind is not RefKind.CANDIDATE:
            return ref.kind in (RefKind.PROJECT, RefKind.KNOWN) and ref not in self._withdrawn
        other = self.places.get(ref)
        if other is None or other.state in _NO_PARENTS or not follows(mine, other):
            return False
        return other.project_id is None or _record(other.project_id) not in self._withdrawn


def follows(mine: CandidatePlace, other: CandidatePlace) -> bool:
    """Return whether a candidate may be an update of another: of any accepted one, else of an earlier one."""
    accepted = CandidateState.ACCEPTED
    if (mine.state is accepted) != (other.state is accepted):
        return other.state is accepted
    return other.place < mine.place


def _record(key: str) -> Ref:
    return Ref.project(key)
