"""Reads and writes second readings; they change nothing else. One that was taken back stays, and counts no more."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from offing.model.decision import Judgement
from offing.model.reading import Reading
from offing.store.tables import decision, reading

_STANDS = reading.c.undone_at.is_(None)
FINAL = (Judgement.ACCEPT, Judgement.REJECT, Judgement.DUPLICATE)


def append(conn: sa.Connection, new: Reading) -> None:
    """Store a second reading.

    Raises:
        sqlalchemy.exc.IntegrityError: the candidate was read a second time already.
    """
    conn.execute(reading.insert().values({name: getattr(new, name) for name in Reading.__slots__}))


def list_readings(conn: sa.Connection, since: datetime | None = None) -> tuple[Reading, ...]:
    """All second readings that stand, or those of a time on, oldest first."""
    query = sa.select(reading).order_by(reading.c.id)
    query = query.where(_STANDS)
    rows = conn.execute(query if since is None else query.where(reading.c.at >= since))
    return tuple(_reading(row) for row in rows)


def last_standing_by(conn: sa.Connection, by: str) -> Reading | None:
    """The newest second reading of one person that was not taken back; None where there is none."""
    chosen = sa.select(reading).where(reading.c.by == by, _STANDS).order_by(reading.c.id.desc())
    row = conn.execute(chosen.limit(1)).one_or_none()
    return None if row is None else _reading(row)


def last_of(conn: sa.Connection, candidate_id: int, by: str) -> tuple[Reading, bool] | None:
    """What a person read last of a candidate, and whether that still stands; None where they read nothing."""
    chosen = sa.select(reading).where(reading.c.candidate_id == candidate_id, reading.c.by == by)
    row = conn.execute(chosen.order_by(reading.c.id.desc()).limit(1)).one_or_none()
    return None if row is None else (_reading(row), row.undone_at is None)


def take_back(conn: sa.Connection, read: Reading, at: datetime) -> bool:
    """Let a second reading count no more; False where it does not already."""
    this = sa.and_(reading.c.candidate_id == read.candidate_id, reading.c.by == read.by, _STANDS)
    return conn.execute(sa.update(reading).where(this).values(undone_at=at)).rowcount == 1


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
        ~sa.exists().where(reading.c.candidate_id == decision.c.candidate_id, _STANDS),
        ~sa.exists().where(own.c.candidate_id == decision.c.candidate_id, own.c.by.concat("") == by),  # see below
    )
    # Joined to nothing, `by` is no key: SQLite would read all that a person ever decided, for each candidate.
    if candidate_id is not None:
        chosen = chosen.where(decision.c.candidate_id == candidate_id)
    return tuple(dict.fromkeys(conn.execute(chosen.order_by(decision.c.id)).scalars()))


def _reading(row: sa.Row[tuple[object, ...]]) -> Reading:
    values = {name: getattr(row, name) for name in Reading.__slots__}
    return Reading(**{**values, "judgement": Judgement(row.judgement)})
