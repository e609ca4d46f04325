"""Decisions on pairs: appended, never changed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import sqlalchemy as sa

from offing.model.pairs.pairing import Bond, PairDecision, Ref, RefKind
from offing.store.tables import pair_decision


def append_pair_decision(conn: sa.Connection, new: PairDecision) -> PairDecision:
    """Write a decision on two items; the database assigns its `id`, whatever it was.

    Returns:
        The decision as stored.
    """
    values = {
        "one": str(new.one),
        "other": str(new.other),
        "bond": new.bond,
        "by": new.by,
        "at": new.at,
        "reason": new.reason,
        "undoes": new.undoes,
    }
    added = conn.execute(sa.insert(pair_decision).values(**values).returning(pair_decision.c.id))
    return PairDecision(added.scalar_one(), new.one, new.other, new.bond, new.by, new.at, new.reason, new.undoes)


def decisions_on(conn: sa.Connection, refs: Iterable[Ref]) -> tuple[PairDecision, ...]:
    """Return the decisions in force on any of some items, oldest first: neither undone nor undoing."""
    names = [str(ref) for ref in refs]
    of_them = sa.or_(pair_decision.c.one.in_(names), pair_decision.c.other.in_(names))
    return tuple(_decision(row) for row in conn.execute(_in_force().where(of_them)))


def decisions_on_kinds(conn: sa.Connection, kinds: Iterable[RefKind]) -> tuple[PairDecision, ...]:
    """Return the decisions in force on items of some kinds, oldest first."""
    of_them = sa.or_(*(pair_decision.c.one.startswith(f"{kind}:") for kind in kinds))
    return tuple(_decision(row) for row in conn.execute(_in_force().where(of_them)))


@cache
def _in_force() -> sa.Select[Any]:
    """Return the decisions in force; the query is cached, since it is run several times per candidate."""
    later = pair_decision.alias("later")
    undone = sa.exists().where(later.c.undoes == pair_decision.c.id)
    return sa.select(pair_decision).where(undoes_nothing(), ~undone).order_by(pair_decision.c.id)


def undoes_nothing() -> sa.ColumnElement[bool]:
    """That a decision is no undo; written so that SQLite does not use the column as a key, since most rows match."""
    return sa.func.coalesce(pair_decision.c.undoes, 0) == 0


def pair_decisions(conn: sa.Connection, ids: Iterable[int]) -> tuple[PairDecision, ...]:
    """Return the decisions with these ids, oldest first; unknown ids are left out."""
    chosen = sa.select(pair_decision).where(pair_decision.c.id.in_(sorted(ids))).order_by(pair_decision.c.id)
    return tuple(_decision(row) for row in conn.execute(chosen))


def same_items(conn: sa.Connection, ref: Ref) -> frozenset[Ref]:
    """Return all items that people declared the same as an item, transitively; includes the item."""
    found, new = {ref}, {ref}
    while new:
        bonds = [each for each in decisions_on(conn, new) if each.bond is Bond.SAME]
        new = {side for each in bonds for side in (each.one, each.other)} - found
        found |= new
    return frozenset(found)


def _decision(row: sa.Row[tuple[object, ...]]) -> PairDecision:
    return PairDecision(
        id=row.id,
        one=Ref.parse(row.one),
        other=Ref.parse(row.other),
        bond=Bond(row.bond),
        by=row.by,
        at=row.at,
        reason=row.reason,
        undoes=row.undoes,
    )
