"""What candidates are updates of: settled from their pairs and from what people said, wave after wave of followers."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from offing.match.resolve import parent_of
from offing.model.candidate import CandidateKind
from offing.model.pairing import Pair, Thing, ThingKind
from offing.steps.kin import Kin
from offing.store.matching import UNDECIDED, CandidatePlace
from offing.store.membership import redirects
from offing.store.pair import paired_with, pairs_by, set_updates_of


def settle_kinds(
    conn: sa.Connection, ids: Collection[int], merged: Mapping[str, str] | None = None
) -> dict[int, Thing | None]:
    """Write of some candidates, and of those that follow them, what they are updates of; decided ones keep theirs.

    First come they, their kin and all that are paired with these; then only those that follow one whose answer changed.

    Args:
        conn: a transaction that may write, and that holds the lock on stories.
        ids: candidates of which something changed.
        merged: where merged records lead, if that was read in this transaction.

    Returns:
        Those of which that changed, with what they are updates of now.
    """
    merged = redirects(conn) if merged is None else merged
    kin = Kin(conn, map(_thing, ids), merged).things
    own = {int(thing.key) for thing in kin if thing.kind is ThingKind.CANDIDATE}
    fresh, changed = frozenset(own) | paired_with(conn, kin), dict[int, Thing | None]()
    while fresh:
        moved = _settle(conn, fresh, merged)
        changed |= moved
        fresh = paired_with(conn, map(_thing, moved)) if moved else frozenset()
    return changed


def _settle(conn: sa.Connection, ids: Collection[int], merged: Mapping[str, str]) -> dict[int, Thing | None]:
    """Settle one wave, earlier ones first, since an update of an update is one of what that is an update of."""
    pairs = pairs_by(conn, ids, merged)
    mine = {_thing(each) for each in ids}
    kin = Kin(conn, mine | {pair.target for some in pairs.values() for pair in some}, merged)
    places = [place for thing, place in kin.places.items() if thing in mine and place.state in UNDECIDED]
    found: dict[Thing, Thing | None] = {}
    for place in sorted(places, key=lambda each: (each.place, each.id)):
        found[place.thing] = _origin(place, _parent(place, pairs.get(place.id, ()), kin), kin, found)
    moved = {place: found[place.thing] for place in places if _differs(place, found[place.thing])}
    set_updates_of(conn, moved)
    return {place.id: origin for place, origin in moved.items()}


def _differs(place: CandidatePlace, origin: Thing | None) -> bool:
    kind = CandidateKind.UPDATE if origin else CandidateKind.NEW
    stands = place.kind in (kind, CandidateKind.AUDIT) and place.update_of == (str(origin) if origin else None)
    return not stands


def _parent(mine: CandidatePlace, pairs: Collection[Pair], kin: Kin) -> Thing | None:
    near = {*kin.same_as(mine.thing)}.union(*(kin.same_as(pair.target) for pair in pairs))
    open_ = {thing for thing in near if kin.may_lead(mine, thing)}
    return parent_of(mine.thing, (pair for pair in pairs if pair.target in open_), kin.bonds, open_)


def _origin(mine: CandidatePlace, parent: Thing | None, kin: Kin, found: Mapping[Thing, Thing | None]) -> Thing | None:
    """What the parent is an update of itself; the parent where it is of nothing, or was decided."""
    parent = kin.head(parent) if parent else None
    place = kin.places.get(parent) if parent else None
    if parent is None or place is None or place.state not in UNDECIDED:
        return parent
    onward = found[parent] if parent in found else place.update_of and Thing.parse(place.update_of)
    return onward if onward and onward != mine.thing else parent


def _thing(number: int) -> Thing:
    return Thing(ThingKind.CANDIDATE, str(number))
