"""What candidates are found by, drawn anew and checked."""

from __future__ import annotations

import sqlalchemy as sa

from factories.candidate import NOW, stored_candidate
from offing.model.review.queue import QueueFilter
from offing.services.matching.reindex import index_faults, reindex_all
from offing.services.review.queue import QueueReader, page
from offing.store.database.engine import Database
from offing.store.tables import candidate_facet


def test_candidates_are_found_again(database: Database) -> None:
    """What was never drawn, or was lost, is said by the check and mended by drawing all anew."""
    with database.write() as conn:
        ids = [stored_candidate(conn) for _ in range(6)]
        assert index_faults(conn) == (
            "candidates not found by their words: 1, 2, 3, 4, 5 and 1 more; run `offing db reindex`",
            "candidates filtered by other values than theirs: 1, 2, 3, 4, 5 and 1 more; run `offing db reindex`",
        )
    assert list(reindex_all(database)) == [(6, 6)]
    with database.write() as conn:
        assert index_faults(conn) == ()
        conn.execute(sa.delete(candidate_facet).where(candidate_facet.c.candidate_id == ids[1]))
        assert "filtered by other values than theirs: 2;" in index_faults(conn)[0]
    assert list(reindex_all(database)) == [(6, 6)]
    assert page(database, QueueFilter.parse("country=KEN&q=nairobi"), QueueReader("", NOW)).total == 6
