"""Finds contradictions in what people decided on pairs: different, yet the same through others."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from offing.errors import UsageError
from offing.match.verdicts.closure import closure_of, path, same_of
from offing.model.pairs.pairing import PairDecision, Ref, RefKind
from offing.services.matching.equivalents import Equivalents
from offing.store.pairs.pairing import append_pair_decision, decisions_on_kinds
from offing.store.records.membership import redirects

_SHOWN = (RefKind.CANDIDATE, RefKind.PROJECT)  # can be typed without their kind


def keep_if_it_holds(conn: sa.Connection, decision: PairDecision) -> None:
    """Store a person's decision on a pair, unless it contradicts earlier ones.

    Raises:
        UsageError: two items would be the same and different at once.
    """
    before = _equivalents(conn, decision).bonds.contradicted()
    append_pair_decision(conn, decision)
    equivalents = _equivalents(conn, decision)
    for one, other in sorted(equivalents.bonds.contradicted() - before):
        if {one, other} != {decision.one, decision.other}:
            raise UsageError(f"{_both(one, other)} were decided to be different, but would become one: {_how(one)}")
        through = " and ".join(map(typed, path(one, other, equivalents.edges))) or "what was decided"
        raise UsageError(f"{_both(one, other)} are one through {through}: {_how(one)}")


def contradicted(conn: sa.Connection) -> Iterator[str]:
    """Yield a sentence for each two items decided to be different, yet the same through others; skip merged records."""
    decisions = decisions_on_kinds(conn, (RefKind.CANDIDATE, RefKind.KNOWN, RefKind.PROJECT))
    decisions = tuple(each for each in decisions if {each.one.kind, each.other.kind} != {RefKind.PROJECT})
    for one, other in sorted(closure_of(decisions, {}).contradicted()):
        through = " and ".join(map(typed, path(one, other, same_of(decisions))))
        yield f"{_both(one, other)} were decided to be different, but are one through {through}: {_how(one)}"


def typed(ref: Ref) -> str:
    """Return an item as a user may type it."""
    return ref.key if ref.kind in _SHOWN else str(ref)


def _equivalents(conn: sa.Connection, decision: PairDecision) -> Equivalents:
    return Equivalents(conn, (decision.one, decision.other), redirects(conn))


def _both(one: Ref, other: Ref) -> str:
    return f"{typed(one)} and {typed(other)}"


def _how(ref: Ref) -> str:
    number = ref.key if ref.kind is RefKind.CANDIDATE else "CANDIDATE"
    return f"undo one of the decisions first (`offing projects match {number} --undo` undoes its last one)"
