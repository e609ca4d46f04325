"""Which candidates are compared first: those that share the rarest keys."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from factories.candidate import NOW, stored_candidate
from offing.store.database.engine import Database
from offing.store.pairs.blocking import near_candidates
from offing.store.tables import candidate, story_article, story_key


def _keys(conn: sa.Connection, number: int, *keys: str) -> None:
    """Let a candidate's telling have some keys; it was told so many minutes after the first one."""
    chosen = sa.select(story_article.c.id).join(candidate, candidate.c.story_id == story_article.c.story_id)
    telling = conn.execute(chosen.where(candidate.c.id == number)).scalar_one()
    at = NOW + timedelta(minutes=number)
    conn.execute(sa.update(story_article).where(story_article.c.id == telling).values(at=at))
    for key in keys:
        conn.execute(sa.insert(story_key).values(key=key, telling_id=telling, at=NOW))


def test_what_shares_the_rarest_keys_comes_first(database: Database) -> None:
    """A key of one counts more than a key of three, two keys of three more than it; of equals the earlier told."""
    with database.write() as conn:
        mine, late, one, two, early, merged, other = (stored_candidate(conn) for _ in range(7))
        _keys(conn, mine, "rare", "common", "usual")
        _keys(conn, late, "common")
        _keys(conn, one, "single")
        _keys(conn, two, "common", "usual")
        _keys(conn, early, "usual")
        _keys(conn, merged, "single-of-merged")
        _keys(conn, other, "elsewhere")
        conn.execute(sa.update(candidate).where(candidate.c.id == merged).values(merged_into=one))
        asked = {"rare", "common", "usual", "single", "single-of-merged"}
        assert near_candidates(conn, mine, asked) == (two, one, late, early)
        assert near_candidates(conn, mine, {"common"}) == (late, two)
        assert near_candidates(conn, mine, {"rare"}) == ()
        conn.execute(sa.update(candidate).where(candidate.c.id == two).values(state="rejected"))
        assert near_candidates(conn, mine, asked) == (one, late, early, two)
