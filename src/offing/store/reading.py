"""Reads and writes second readings; they are appended, and change nothing else."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from offing.model.decision import Judgement
from offing.model.reading import Reading
from offing.store.tables import decision, reading

FINAL = (Judgement.ACCEPT, Judgement.REJECT, Judgement.DUPLICATE)


def append(conn: sa.Connection, new: Reading) -> None:
    """Store a second reading.

    Raises:
        sqlalchemy.exc.IntegrityError: the candidate was read a second time already.
    """
    conn.execute(reading.insert().values({name: getattr(new, name) for name in Reading.__slots__}))


def list_readings(conn: sa.Connection, since: datetime | None = None) -> tuple[Reading, ...]:
    """All second readings, or those of a time on, oldest first."""
    query = sa.select(reading).order_by(reading.c.id)
    rows = conn.execute(query if since is None else query.where(reading.c.at >= since))
    return tuple(_reading(row) for row in rows)


def read_once(conn: sa.Connection, by: str, since: datetime, candidate_id: int | None = None) -> tuple[int, ...]:
    """The candidates with a decision that stands, none of them a person's own, which nobody read a second time.

    Args:
        conn: an open transaction.
        by: the person who might be the second reader.
        since: decisions from then on.
        candidate_id: ask of this one only.

    Returns:
        Ids of candidates, the one decided longest ago first.
    """
    later, own = decision.alias("later"), decision.alias("own")
    chosen = sa.select(decision.c.candidate_id).where(
        decision.c.at >= since,
        decision.c.judgement.in_(FINAL),
        ~sa.exists().where(later.c.undoes == decision.c.id),
        ~sa.exists().where(reading.c.candidate_id == decision.c.candidate_id),
        ~sa.exists().where(own.c.candidate_id == decision.c.candidate_id, own.c.by == by),
    )
    if candidate_id is not None:
        chosen = chosen.where(decision.c.candidate_id == candidate_id)
    return tuple(dict.fromkeys(conn.execute(chosen.order_by(decision.c.id)).scalars()))


def _reading(row: sa.Row[tuple[object, ...]]) -> Reading:
    values = {name: getattr(row, name) for name in Reading.__slots__}
    return Reading(**{**values, "judgement": Judgement(row.judgement)})
