"""Pairs that matching took for the same project although both sides came to records."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from offing.model.pairs.matching import Relation
from offing.model.pairs.pairing import Ref, RefKind
from offing.store.database.batch import BATCH
from offing.store.tables import pair, project_candidate


def same_pairs(conn: sa.Connection) -> Iterator[tuple[Ref, Ref, float]]:
    """Yield promoted candidates with the candidate or record that matching took each for, and the score."""
    ours = sa.or_(*(pair.c.target.startswith(f"{kind}:") for kind in (RefKind.CANDIDATE, RefKind.PROJECT)))
    joined = sa.select(pair.c.candidate_id, pair.c.target, pair.c.score).join_from(
        pair, project_candidate, project_candidate.c.candidate_id == pair.c.candidate_id
    )
    chosen = joined.where(pair.c.relation == Relation.SAME, ours).order_by(pair.c.id)
    for row in conn.execute(chosen.execution_options(yield_per=BATCH)):
        yield Ref.candidate(row.candidate_id), Ref.parse(row.target), row.score
