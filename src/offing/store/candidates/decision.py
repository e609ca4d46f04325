"""Decisions: appended, never changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time

import sqlalchemy as sa

from offing.model.pairs.pairing import Ref
from offing.model.reading.evidence import Evidence
from offing.model.review.candidate import CandidateKind
from offing.model.review.decision import Decision, Judgement
from offing.model.values.codec import from_plain, to_plain
from offing.store.database.batch import parts
from offing.store.tables import candidate, decision


def append(conn: sa.Connection, new: Decision, token: str | None = None) -> Decision:
    """Write a decision; the database assigns its `id`, whatever it was.

    Returns:
        The decision as stored.
    """
    values = {name: getattr(new, name) for name in Decision.__slots__ if name != "id"}
    proofs, into = to_plain(new.proofs, tuple[Evidence, ...]) or None, str(new.into) if new.into else None
    row = {**values, "proofs": proofs, "into": into}
    added = conn.execute(sa.insert(decision).values(**row, token=token).returning(decision.c.id))
    return Decision(id=added.scalar_one(), **values)


def by_token(conn: sa.Connection, candidate_id: int, token: str | None) -> Decision | None:
    """The decision that a request with this token already made."""
    if token is None:
        return None
    chosen = sa.select(decision).where(decision.c.candidate_id == candidate_id, decision.c.token == token)
    row = conn.execute(chosen).first()
    return None if row is None else _decision(row)


def decisions_of(conn: sa.Connection, candidate_ids: Iterable[int]) -> dict[int, tuple[Decision, ...]]:
    """All decisions of some candidates, oldest first; a candidate without any is left out."""
    made: dict[int, list[Decision]] = defaultdict(list)
    for some in parts(candidate_ids):
        chosen = sa.select(decision).where(decision.c.candidate_id.in_(some))
        for row in conn.execute(chosen.order_by(decision.c.id)):
            made[row.candidate_id].append(_decision(row))
    return {candidate_id: tuple(decisions) for candidate_id, decisions in made.items()}


def undone_with(conn: sa.Connection, by: str, token: str) -> tuple[int, ...]:
    """The candidates on which a person undid something by a request with this token."""
    chosen = sa.select(decision.c.candidate_id).where(
        decision.c.token == token, decision.c.by == by, decision.c.judgement == Judgement.UNDO
    )
    return tuple(conn.execute(chosen.order_by(decision.c.candidate_id)).scalars())


def standing_with(conn: sa.Connection, token: str) -> tuple[Decision, ...]:
    """The decisions with one token still in force, oldest first: those of a batch share it."""
    chosen = _standing().where(decision.c.token == token).order_by(decision.c.id)
    return tuple(_decision(row) for row in conn.execute(chosen))


def token_of(conn: sa.Connection, decision_id: int) -> str:
    """The token of the request that made a decision; empty if it had none."""
    found = conn.execute(sa.select(decision.c.token).where(decision.c.id == decision_id)).scalar_one_or_none()
    return found or ""


def decisions_between(conn: sa.Connection, begin: datetime, end: datetime) -> tuple[Decision, ...]:
    """The decisions of a period still in force, oldest first."""
    chosen = _standing().where(decision.c.at >= begin, decision.c.at < end)
    return tuple(_decision(row) for row in conn.execute(chosen.order_by(decision.c.at, decision.c.id)))


def last_standing_by(conn: sa.Connection, by: str, before: int | None = None) -> Decision | None:
    """The newest decision of a person (before a given id) that neither was undone nor is an undo, or None."""
    chosen = _standing().where(decision.c.by == by, *([decision.c.id < before] if before else []))
    row = conn.execute(chosen.order_by(decision.c.id.desc()).limit(1)).one_or_none()
    return None if row is None else _decision(row)


def _standing() -> sa.Select[tuple[object, ...]]:
    later = decision.alias("later")
    undone = sa.exists().where(later.c.undoes == decision.c.id)
    return sa.select(decision).where(decision.c.judgement != Judgement.UNDO, ~undone)


def _decision(row: sa.Row[tuple[object, ...]]) -> Decision:
    values = {name: getattr(row, name) for name in Decision.__slots__}
    proofs = from_plain(row.proofs or [], tuple[Evidence, ...])
    into = Ref.parse(row.into) if row.into else None
    return Decision(**{**values, "judgement": Judgement(row.judgement), "proofs": proofs, "into": into})


def judged_on(conn: sa.Connection, day: date, who: str | None = None) -> int:
    """How many candidates were judged on a day (UTC), by one person or by all; the audit sample does not count."""
    later = decision.alias("later")
    begin = datetime.combine(day, time(), UTC)
    made = [
        decision.c.at >= begin,
        decision.c.judgement != Judgement.UNDO,
        ~sa.exists().where(later.c.undoes == decision.c.id),
        candidate.c.kind != CandidateKind.AUDIT,
    ]
    if who is not None:
        made.append(decision.c.by == who)
    counted = sa.select(sa.func.count(decision.c.candidate_id.distinct()))
    joined = counted.join(candidate, candidate.c.id == decision.c.candidate_id)
    found: int = conn.execute(joined.where(*made)).scalar_one()
    return found
