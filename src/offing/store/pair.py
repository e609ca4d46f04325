"""What matching says of candidates and things that are known."""

from __future__ import annotations

import sqlalchemy as sa

from offing.model.matching import Relation
from offing.model.pairing import Pair, Thing
from offing.store.tables.pairing import pair


def pairs_of(conn: sa.Connection, candidate_id: int) -> tuple[Pair, ...]:
    """The pairs of a candidate, the most likely first."""
    chosen = sa.select(pair).where(pair.c.candidate_id == candidate_id)
    rows = conn.execute(chosen.order_by(pair.c.score.desc(), pair.c.id))
    return tuple(
        Pair(row.candidate_id, Thing.parse(row.target), Relation(row.relation), row.score, tuple(row.reasons))
        for row in rows
    )
