"""What people say of pairs and cannot all hold: different, and one through others."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from offing.errors import UsageError
from offing.match.resolve import bonds_of, path, same_of
from offing.model.pairing import PairDecision, Thing, ThingKind
from offing.steps.kin import Kin
from offing.store.membership import redirects
from offing.store.pairing import append_pair_decision, standing_of_kinds

_SHOWN = (ThingKind.CANDIDATE, ThingKind.PROJECT)  # are typed without their kind


def keep_if_it_holds(conn: sa.Connection, decision: PairDecision) -> None:
    """Keep what a person says of two things, unless what was said before, or was decided, stands against it.

    Raises:
        UsageError: two things would be one and different at once.
    """
    before = _kin(conn, decision).bonds.contradicted()
    append_pair_decision(conn, decision)
    kin = _kin(conn, decision)
    for one, other in sorted(kin.bonds.contradicted() - before):
        if {one, other} != {decision.one, decision.other}:
            raise UsageError(f"{_both(one, other)} were said to be different, and would be one: {_how(one)}")
        through = " and ".join(map(typed, path(one, other, kin.edges))) or "what was decided"
        raise UsageError(f"{_both(one, other)} are one through {through}: {_how(one)}")


def contradicted(conn: sa.Connection) -> Iterator[str]:
    """A sentence for each two things that are called different, and the same through others; merged records aside."""
    said = standing_of_kinds(conn, (ThingKind.CANDIDATE, ThingKind.KNOWN, ThingKind.PROJECT))
    said = tuple(each for each in said if {each.one.kind, each.other.kind} != {ThingKind.PROJECT})
    for one, other in sorted(bonds_of(said, {}).contradicted()):
        through = " and ".join(map(typed, path(one, other, same_of(said))))
        yield f"{_both(one, other)} were said to be different, but are one through {through}: {_how(one)}"


def typed(thing: Thing) -> str:
    """A thing as it may be typed."""
    return thing.key if thing.kind in _SHOWN else str(thing)


def _kin(conn: sa.Connection, decision: PairDecision) -> Kin:
    return Kin(conn, (decision.one, decision.other), redirects(conn))


def _both(one: Thing, other: Thing) -> str:
    return f"{typed(one)} and {typed(other)}"


def _how(thing: Thing) -> str:
    number = thing.key if thing.kind is ThingKind.CANDIDATE else "CANDIDATE"
    return f"take one of both back first (offing projects match {number} --undo takes back what was said last of it)"
