"""What people said of pairs is found by the items that it is about."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from offing.model.pairs.pairing import Bond, PairDecision, Ref
from offing.store.database.engine import Database
from offing.store.pairs.pairing import append_pair_decision, decisions_on

NOW = datetime(2026, 11, 25, tzinfo=UTC)


def pair(one: int, other: int, undoes: int | None = None) -> PairDecision:
    """What Ana says of two candidates."""
    refs = (Ref.candidate(one), Ref.candidate(other))
    return PairDecision(0, *refs, Bond.DIFFERENT, "ana", NOW, undoes=undoes)


def test_what_was_taken_back_stands_no_more(database: Database) -> None:
    """Neither what was undone nor what undoes it is a decision on an item; all others are, on either side of it."""
    with database.write() as conn:
        first, second = append_pair_decision(conn, pair(1, 2)), append_pair_decision(conn, pair(3, 1))
        append_pair_decision(conn, pair(1, 2, undoes=first.id))
        assert decisions_on(conn, [first.one]) == (second,)
        assert decisions_on(conn, [first.other]) == ()


def test_the_things_are_the_keys(sqlite_database: Database) -> None:
    """SQLite, which nobody told how many decisions undo one, does not read all that undo none."""
    with sqlite_database.write() as conn:
        append_pair_decision(conn, pair(1, 2))
        asked: list[tuple[str, tuple[object, ...]]] = []
        sa.event.listen(conn, "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))
        decisions_on(conn, [Ref.candidate(1)])
        statement, values = asked[0]
        plan = str(conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all())
    assert "ix_pair_decision_one" in plan
    assert "ix_pair_decision_other" in plan
