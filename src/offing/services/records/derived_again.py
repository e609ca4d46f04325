"""Propagates changes of candidates: all that is derived from them is derived again, in the same transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from offing.services.matching.candidates import match_candidates
from offing.services.records.compose import follow
from offing.store.candidates.assignment import apply_rules, follow_merges
from offing.store.candidates.index import reindex


def candidates_changed(
    conn: sa.Connection, ids: Collection[int], now: datetime, *, facts_unchanged: bool = False
) -> None:
    """Update what is derived from candidates after their facts, sources, stories or decisions changed.

    That is records, matches, the search index, and assignments, which follow merges and rules.

    Args:
        conn: the transaction that changed them.
        ids: all candidates that are new, have other facts, or lead elsewhere since their stories were joined.
        now: when that happens.
        facts_unchanged: their facts, their pairs and their words are unchanged: only people's decisions are new.
    """
    if not ids:
        return
    follow(conn, ids, now)
    others = match_candidates(conn, ids, now, as_paired=facts_unchanged)
    reindex(conn, *sorted(ids), same_words=facts_unchanged)
    reindex(conn, *sorted(others.difference(ids)))
    follow_merges(conn, ids, now)
    apply_rules(conn, now, ids)
