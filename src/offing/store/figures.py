"""Figures: counts over the last days, by queries that read what they count and no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from offing.model.candidate import CandidateState
from offing.model.decision import Judgement
from offing.store.tables import article, candidate, decision, run, story_article


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision that stands: what was decided on which candidate, by whom, when."""

    candidate_id: int
    judgement: Judgement
    reason: str
    by: str
    at: datetime


def tallies(conn: sa.Connection, since: datetime) -> list[tuple[datetime, dict[str, Any]]]:
    """The tallies of the runs that ended since some time, each with the time when its run began."""
    ended = (run.c.started_at >= since) & run.c.tally.is_not(None)
    return [(row.started_at, row.tally) for row in conn.execute(sa.select(run).where(ended).order_by(run.c.id))]


def candidates_by_day(conn: sa.Connection, since: datetime) -> Counter[date]:
    """Candidates above the cut, by the day (UTC) on which they were made."""
    made = sa.select(candidate.c.created_at).where(candidate.c.created_at >= since, candidate.c.above_cut)
    return Counter(moment.date() for moment in conn.execute(made).scalars())


def judged(conn: sa.Connection, since: datetime) -> tuple[Judged, ...]:
    """The decisions since some time that nobody took back, oldest first."""
    later = decision.alias("later")
    undone = sa.exists().where(later.c.undoes == decision.c.id)
    chosen = sa.select(decision).where(decision.c.at >= since, decision.c.judgement != Judgement.UNDO, ~undone)
    return tuple(
        Judged(row.candidate_id, Judgement(row.judgement), row.reason, row.by, row.at)
        for row in conn.execute(chosen.order_by(decision.c.at, decision.c.id))
    )


def waiting_since(conn: sa.Connection, now: datetime, ages: tuple[int, ...]) -> list[int]:
    """How many undecided candidates above the cut have waited at most so many days, for each age; then all of them."""
    counts = [
        sa.func.sum(sa.case((candidate.c.created_at > now - timedelta(days=age), 1), else_=0)).label(f"d{age}")
        for age in ages
    ]
    open_ones = (candidate.c.state == CandidateState.OPEN) & candidate.c.above_cut & candidate.c.merged_into.is_(None)
    row = conn.execute(sa.select(*counts, sa.func.count()).where(open_ones)).one()
    return [int(count or 0) for count in row]


def signs_of(conn: sa.Connection, ids: list[int]) -> Iterator[tuple[int, str, str]]:
    """Of some candidates: each outlet that tells their story (`source`) and each reason of their score (`reason`)."""
    for start in range(0, len(ids), 500):
        some = candidate.c.id.in_(ids[start : start + 500])
        told = (
            sa.select(candidate.c.id, article.c.domain)
            .join(story_article, story_article.c.story_id == candidate.c.story_id)
            .join(article, article.c.id == story_article.c.article_id)
            .where(some)
            .distinct()
        )
        yield from ((row.id, "source", row.domain) for row in conn.execute(told))
        for row in conn.execute(sa.select(candidate.c.id, candidate.c.reasons).where(some)):
            yield from ((row.id, "reason", name) for name in {each["name"] for each in row.reasons})
