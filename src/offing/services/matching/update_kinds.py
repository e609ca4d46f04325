"""Decides what candidates are updates of, from pairs and people's decisions, one wave of followers at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from offing.match.verdicts.closure import parent_of
from offing.model.pairs.pairing import Pair, Ref, RefKind
from offing.model.review.candidate import CandidateKind
from offing.services.matching.equivalents import Equivalents
from offing.store.pairs.match_inputs import UNDECIDED, CandidatePlace
from offing.store.pairs.pair import paired_with, pairs_by, set_updates_of
from offing.store.records.membership import redirects


def settle_kinds(
    conn: sa.Connection, ids: Collection[int], merged: Mapping[str, str] | None = None
) -> dict[int, Ref | None]:
    """Write what some candidates, and those that follow them, are updates of; decided ones keep theirs.

    The first wave has the candidates, their equivalents and all that are paired with these; each later wave only has
    those that follow a candidate whose answer changed.

    Args:
        conn: a transaction that may write, and that holds the lock on stories.
        ids: candidates that changed in some way.
        merged: where merged records lead, if that was read in this transaction.

    Returns:
        The candidates whose answer changed, with what they are updates of now.
    """
    merged = redirects(conn) if merged is None else merged
    equivalents = Equivalents(conn, map(Ref.candidate, ids), merged).refs
    own = {int(ref.key) for ref in equivalents if ref.kind is RefKind.CANDIDATE}
    fresh, changed = frozenset(own) | paired_with(conn, equivalents), dict[int, Ref | None]()
    while fresh:
        moved = _settle(conn, fresh, merged)
        changed |= moved
        fresh = paired_with(conn, map(Ref.candidate, moved)) if moved else frozenset()
    return changed


def _settle(conn: sa.Connection, ids: Collection[int], merged: Mapping[str, str]) -> dict[int, Ref | None]:
    """Settle one wave, earlier candidates first: an update of an update is an update of the original."""
    pairs = pairs_by(conn, ids, merged)
    mine = {Ref.candidate(each) for each in ids}
    equivalents = Equivalents(conn, mine | {pair.target for some in pairs.values() for pair in some}, merged)
    places = [place for ref, place in equivalents.places.items() if ref in mine and place.state in UNDECIDED]
    found: dict[Ref, Ref | None] = {}
    for place in sorted(places, key=lambda each: (each.place, each.id)):
        found[place.ref] = _origin(place, _parent(place, pairs.get(place.id, ()), equivalents), equivalents, found)
    moved = {place: found[place.ref] for place in places if _differs(place, found[place.ref])}
    set_updates_of(conn, moved)
    return {place.id: origin for place, origin in moved.items()}


def _differs(place: CandidatePlace, origin: Ref | None) -> bool:
    kind = CandidateKind.UPDATE if origin else CandidateKind.NEW
    stands = place.kind in (kind, CandidateKind.AUDIT) and place.update_of == (str(origin) if origin else None)
    return not stands


def _parent(mine: CandidatePlace, pairs: Collection[Pair], equivalents: Equivalents) -> Ref | None:
    near = {*equivalents.same_as(mine.ref)}.union(*(equivalents.same_as(pair.target) for pair in pairs))
    open_ = {ref for ref in near if equivalents.may_lead(mine, ref)}
    return parent_of(mine.ref, (pair for pair in pairs if pair.target in open_), equivalents.bonds, open_)


def _origin(
    mine: CandidatePlace, parent: Ref | None, equivalents: Equivalents, found: Mapping[Ref, Ref | None]
) -> Ref | None:
    """Return what the parent itself is an update of; the parent if that is nothing, or the parent was decided."""
    parent = equivalents.head(parent) if parent else None
    place = equivalents.places.get(parent) if parent else None
    if parent is None or place is None or place.state not in UNDECIDED:
        return parent
    onward = found[parent] if parent in found else place.update_of and Ref.parse(place.update_of)
    return onward if onward and onward != mine.ref else parent
