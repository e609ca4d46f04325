"""Which articles several records quote."""

from __future__ import annotations

import sqlalchemy as sa

from offing.store.tables import evidence, project_candidate


def articles_of_several(conn: sa.Connection) -> frozenset[int]:
    """The articles that are quoted by candidates of more than one record, before merges."""
    joined = sa.select(evidence.c.article_id).join_from(
        evidence, project_candidate, project_candidate.c.candidate_id == evidence.c.candidate_id
    )
    several = sa.func.count(project_candidate.c.project_id.distinct()) > 1
    return frozenset(conn.execute(joined.group_by(evidence.c.article_id).having(several)).scalars())
