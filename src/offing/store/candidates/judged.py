"""How many candidates of the queue were judged on a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import sqlalchemy as sa

from offing.model.review.candidate import CandidateKind
from offing.model.review.decision import Judgement
from offing.store.tables import candidate, decision


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
