"""Reads and writes second readings and nothing else. A revoked one stays, but no longer counts."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from offing.model.review.decision import Judgement
from offing.model.review.second_reading import SecondReading
from offing.store.tables import decision, second_reading

_STANDS = second_reading.c.undone_at.is_(None)
FINAL = (Judgement.ACCEPT, Judgement.REJECT, Judgement.DUPLICATE)


def append(conn: sa.Connection, new: SecondReading) -> None:
    """Store a second reading.

    Raises:
        sqlalchemy.exc.IntegrityError: the candidate was read a second time already.
    """
    conn.execute(second_reading.insert().values({name: getattr(new, name) for name in SecondReading.__slots__}))


def list_readings(conn: sa.Connection, since: datetime | None = None) -> tuple[SecondReading, ...]:
    """All second readings in force, or those since a time, oldest first."""
    query = sa.select(second_reading).order_by(second_reading.c.id)
    query = query.where(_STANDS)
    rows = conn.execute(query if since is None else query.where(second_reading.c.at >= since))
    return tuple(_reading(row) for row in rows)


def last_standing_by(conn: sa.Connection, by: str) -> SecondReading | None:
    """The newest second reading of a person that was not revoked; None if there is none."""
    chosen = sa.select(second_reading).where(second_reading.c.by == by, _STANDS).order_by(second_reading.c.id.desc())
    row = conn.execute(chosen.limit(1)).one_or_none()
    return None if row is None else _reading(row)


def reading_in_force(conn: sa.Connection, candidate_id: int) -> SecondReading | None:
    """Return the second reading of a candidate that was not revoked, if there is one."""
    row = conn.execute(sa.select(second_reading).where(second_reading.c.candidate_id == candidate_id, _STANDS))
    found = row.one_or_none()
    return None if found is None else _reading(found)


def last_of(conn: sa.Connection, candidate_id: int, by: str) -> tuple[SecondReading, bool] | None:
    """A person's last reading of a candidate, and whether it is in force; None if there is none."""
    chosen = sa.select(second_reading).where(second_reading.c.candidate_id == candidate_id, second_reading.c.by == by)
    row = conn.execute(chosen.order_by(second_reading.c.id.desc()).limit(1)).one_or_none()
    return None if row is None else (_reading(row), row.undone_at is None)


def take_back(conn: sa.Connection, read: SecondReading, at: datetime) -> bool:
    """Revoke a second reading; False if it already was."""
    this = sa.and_(second_reading.c.candidate_id == read.candidate_id, second_reading.c.by == read.by, _STANDS)
    return conn.execute(sa.update(second_reading).where(this).values(undone_at=at)).rowcount == 1


def read_once(conn: sa.Connection, by: str, since: datetime, candidate_id: int | None = None) -> tuple[int, ...]:
    """The candidates with a decision in force, by other people than `by`, that nobody has read a second time.

    Args:
        conn: an open transaction.
        by: the person who might be the second reader.
        since: decisions from then on.
        candidate_id: check only this one.

    Returns:
        Ids of candidates, the one decided longest ago first.
    """
    later, own = decision.alias("later"), decision.alias("own")
    chosen = sa.select(decision.c.candidate_id).where(
        decision.c.at >= since,
        decision.c.judgement.in_(FINAL),
        ~sa.exists().where(later.c.undoes == decision.c.id),
        ~sa.exists().where(second_reading.c.candidate_id == decision.c.candidate_id, _STANDS),
        ~sa.exists().where(own.c.candidate_id == decision.c.candidate_id, own.c.by.concat("") == by),  # see below
    )
    # With "" appended, `by` is no key: SQLite would read all that a person ever decided, for each candidate.
    if candidate_id is not None:
        chosen = chosen.where(decision.c.candidate_id == candidate_id)
    return tuple(dict.fromkeys(conn.execute(chosen.order_by(decision.c.id)).scalars()))


def _reading(row: sa.Row[tuple[object, ...]]) -> SecondReading:
    values = {name: getattr(row, name) for name in SecondReading.__slots__}
    return SecondReading(**{**values, "judgement": Judgement(row.judgement)})
