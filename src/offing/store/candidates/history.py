"""The history of decisions: newest first, page by page, narrowed by who and what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from offing.model.review.decision import Judgement
from offing.store.tables import decision


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """A filter for decisions: by a person, of a kind, on a candidate; before a decision's id."""

    by: str = ""
    judgement: Judgement | None = None
    candidate_id: int | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class DecisionPlace:
    """A decision's id and candidate, whether it was undone, and whether it is the last in force on the candidate."""

    id: int
    candidate_id: int
    undone: bool
    last: bool


def history(conn: sa.Connection, asked: HistoryFilter, limit: int) -> tuple[DecisionPlace, ...]:
    """At most `limit` decisions, newest first."""
    later = decision.alias("later")
    undone = sa.exists().where(later.c.undoes == decision.c.id).label("undone")
    chosen = sa.select(decision.c.id, decision.c.candidate_id, decision.c.judgement, undone)
    rows = conn.execute(chosen.where(*_conditions(asked)).order_by(decision.c.id.desc()).limit(limit)).all()
    newest = _newest_standing(conn, [row.candidate_id for row in rows])
    return tuple(
        DecisionPlace(row.id, row.candidate_id, bool(row.undone), newest.get(row.candidate_id) == row.id)
        for row in rows
    )


def people(conn: sa.Connection) -> tuple[str, ...]:
    """Everyone who ever decided, by name."""
    return tuple(conn.execute(sa.select(decision.c.by).distinct().order_by(decision.c.by)).scalars())


def _conditions(asked: HistoryFilter) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if asked.by:
        conditions.append(decision.c.by == asked.by)
    if asked.judgement:
        conditions.append(decision.c.judgement == asked.judgement)
    if asked.candidate_id:
        conditions.append(decision.c.candidate_id == asked.candidate_id)
    if asked.before:
        conditions.append(decision.c.id < asked.before)
    return conditions


def _newest_standing(conn: sa.Connection, candidate_ids: Sequence[int]) -> dict[int, int]:
    """The newest decision on each candidate that neither was undone nor is an undo."""
    later = decision.alias("later")
    undone = sa.exists().where(later.c.undoes == decision.c.id)
    stands = decision.c.candidate_id.in_(set(candidate_ids)) & (decision.c.judgement != Judgement.UNDO) & ~undone
    newest = sa.select(decision.c.candidate_id, sa.func.max(decision.c.id).label("id")).where(stands)
    return {row.candidate_id: row.id for row in conn.execute(newest.group_by(decision.c.candidate_id))}
