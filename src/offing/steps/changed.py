"""What follows from a change of candidates: all that is drawn from them is drawn anew, in the same transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from offing.steps.matching import match_candidates
from offing.steps.records import follow
from offing.store.index import reindex


def candidates_changed(conn: sa.Connection, ids: Collection[int], now: datetime, *, as_told: bool = False) -> None:
    """Follow a change of facts, sources or stories, or a decision: records, matches, and what candidates are found by.

    Args:
        conn: the transaction that changed them.
        ids: all candidates that are new, tell something else, or lead elsewhere since their stories became one.
        now: when that happens.
        as_told: they tell what they told, and are compared as before: only people's word is new.
    """
    if not ids:
        return
    follow(conn, ids, now)
    others = match_candidates(conn, ids, now, as_paired=as_told)
    reindex(conn, *sorted(ids), same_words=as_told)
    reindex(conn, *sorted(others.difference(ids)))
