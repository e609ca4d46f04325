"""What matching says of candidates and things that are known."""

from __future__ import annotations

import sqlalchemy as sa

from offing.model.matching import Relation
from offing.model.pairing import Pair, Thing, ThingKind
from offing.store.project import home_of, redirects
from offing.store.tables import pair, project_candidate


def pairs_of(conn: sa.Connection, candidate_id: int) -> tuple[Pair, ...]:
    """The pairs of a candidate, the most likely first; a candidate that is part of a record stands for that record."""
    chosen = sa.select(pair).where(pair.c.candidate_id == candidate_id)
    rows = list(conn.execute(chosen.order_by(pair.c.score.desc(), pair.c.id)))
    things = [Thing.parse(row.target) for row in rows]
    records = _records(conn, [int(thing.key) for thing in things if thing.kind is ThingKind.CANDIDATE])
    found: dict[Thing, Pair] = {}
    for row, thing in zip(rows, things, strict=True):
        target = records.get(thing, thing)
        found.setdefault(target, Pair(candidate_id, target, Relation(row.relation), row.score, tuple(row.reasons)))
    return tuple(found.values())


def _records(conn: sa.Connection, candidate_ids: list[int]) -> dict[Thing, Thing]:
    chosen = sa.select(project_candidate).where(project_candidate.c.candidate_id.in_(candidate_ids))
    merged = redirects(conn)
    return {
        Thing(ThingKind.CANDIDATE, str(row.candidate_id)): Thing(ThingKind.PROJECT, home_of(row.project_id, merged))
        for row in conn.execute(chosen)
    }
