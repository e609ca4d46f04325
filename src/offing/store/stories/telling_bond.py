"""People's decisions on pairs of tellings: which were made together, and which are in force."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from offing.model.pairs.pairing import RefKind
from offing.store.pairs.pairing import undoes_nothing
from offing.store.tables import pair_decision


def last_split_or_merge(conn: sa.Connection, by: str) -> int | None:
    """Return the id of a person's newest decision on tellings that neither was undone nor is an undo."""
    chosen = _in_force().where(pair_decision.c.by == by).order_by(pair_decision.c.id.desc())
    found: int | None = conn.execute(chosen.limit(1)).scalar_one_or_none()
    return found


def made_together(conn: sa.Connection, decision_id: int) -> tuple[int, ...]:
    """Return the ids of the decisions in force that a person made together with a given one."""
    one = pair_decision.alias("one")
    at_once = sa.exists().where(one.c.id == decision_id, one.c.by == pair_decision.c.by, one.c.at == pair_decision.c.at)
    return tuple(conn.execute(_in_force().where(at_once).order_by(pair_decision.c.id)).scalars())


def _in_force() -> sa.Select[Any]:
    later = pair_decision.alias("later")
    undone = sa.exists().where(later.c.undoes == pair_decision.c.id)
    own = undoes_nothing() & ~undone
    return sa.select(pair_decision.c.id).where(own, pair_decision.c.one.startswith(f"{RefKind.TELLING}:"))
