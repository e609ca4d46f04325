"""Figures: counts over the last days, by queries that read nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Judgement
from offing.model.review.queue import Facet
from offing.model.sources.feed import FeedState
from offing.model.values.vocabulary import Verb
from offing.store.database.batch import parts
from offing.store.database.engine import day_of
from offing.store.tables import candidate, candidate_facet, decision, feed, run, work


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision in force: what was decided on which candidate, by whom, when."""

    candidate_id: int
    judgement: Judgement
    reason: str
    by: str
    at: datetime


_feed_aside = (
    sa.exists()
    .where(work.c.verb == Verb.POLL, work.c.item_id == feed.c.id, work.c.quarantined_at.is_not(None))
    .correlate(feed)
)


class Counted(StrEnum):
    """What is counted by state, or for work by verb."""

    FEEDS = "feeds"
    CANDIDATES = "candidates"
    DUE = "due"
    SET_ASIDE = "set-aside"


def tallies(conn: sa.Connection, since: datetime) -> list[tuple[datetime, dict[str, Any]]]:
    """Return the tallies of the runs that ended since some time, each with the time when its run began."""
    ended = (run.c.started_at >= since) & run.c.tally.is_not(None)
    return [(row.started_at, row.tally) for row in conn.execute(sa.select(run).where(ended).order_by(run.c.id))]


def candidates_by_day(conn: sa.Connection, since: datetime) -> Counter[date]:
    """Return candidates above the cut, by the day (UTC) on which they were made."""
    day = day_of(conn, candidate.c.created_at)
    made = sa.select(day.label("day"), sa.func.count().label("number")).group_by(day)
    rows = conn.execute(made.where(candidate.c.created_at >= since, candidate.c.above_cut))
    return Counter({date.fromisoformat(row.day): row.number for row in rows})


def judged(conn: sa.Connection, since: datetime) -> tuple[Judged, ...]:
    """Return the decisions since a time that nobody undid, oldest first."""
    later = decision.alias("later")
    undone = sa.exists().where(later.c.undoes == decision.c.id)
    columns = (decision.c.candidate_id, decision.c.judgement, decision.c.reason, decision.c.by, decision.c.at)
    chosen = sa.select(*columns).where(decision.c.at >= since, decision.c.judgement != Judgement.UNDO, ~undone)
    return tuple(
        Judged(row.candidate_id, Judgement(row.judgement), row.reason, row.by, row.at)
        for row in conn.execute(chosen.order_by(decision.c.at, decision.c.id))
    )


def waiting_since(conn: sa.Connection, now: datetime, ages: tuple[int, ...]) -> list[int]:
    """Return how many undecided candidates above the cut have waited at most so many days, for each age.

    Then all of them.
    """
    recent = {age: candidate.c.created_at > now - timedelta(days=age) for age in ages}
    counts = [sa.func.sum(sa.case((each, 1), else_=0)).label(f"d{age}") for age, each in recent.items()]
    # Two queries: the queue's index covers all that wait, and the age of the newest alone is read, by its own
    # index: with "" appended, the state is not used as a key.
    waiting = (candidate.c.above_cut.is_(True), candidate.c.merged_into.is_(None))
    newest = (
        candidate.c.created_at > now - timedelta(days=max(ages)),
        candidate.c.state.concat("") == CandidateState.OPEN,
    )
    young = conn.execute(sa.select(*counts).where(*newest, *waiting)).one()
    every = sa.select(sa.func.count()).select_from(candidate).where(candidate.c.state == CandidateState.OPEN, *waiting)
    return [*(int(count or 0) for count in young), conn.execute(every).scalar_one()]


def counts_by(conn: sa.Connection, what: Counted, now: datetime) -> dict[str, int]:
    """Return row counts by state or verb, in their order."""
    due = work.c.done_at.is_(None) & work.c.quarantined_at.is_(None) & (work.c.due_at <= now)
    asked: dict[Counted, tuple[sa.ColumnElement[str], sa.ColumnElement[bool]]] = {
        Counted.FEEDS: (sa.case((_feed_aside, FeedState.QUARANTINED), else_=feed.c.state), feed.c.removed_at.is_(None)),
        Counted.CANDIDATES: (candidate.c.state, sa.true()),
        Counted.DUE: (work.c.verb, due),
        Counted.SET_ASIDE: (work.c.verb, work.c.quarantined_at.is_not(None)),
    }
    column, where = asked[what]
    column = column.label("what")
    chosen = sa.select(column, sa.func.count()).where(where).group_by("what").order_by("what")
    return {row[0]: row[1] for row in conn.execute(chosen)}


def signs_of(conn: sa.Connection, ids: list[int]) -> Iterator[tuple[int, str, str]]:
    """For some candidates: each outlet of their story (`source`) and each reason of their score (`reason`)."""
    for some in parts(ids):
        sources = sa.select(candidate_facet.c.candidate_id, candidate_facet.c.value)
        sources = sources.where(candidate_facet.c.candidate_id.in_(some), candidate_facet.c.facet == Facet.SOURCE)
        yield from ((row.candidate_id, "source", row.value) for row in conn.execute(sources))
        for row in conn.execute(sa.select(candidate.c.id, candidate.c.reasons).where(candidate.c.id.in_(some))):
            yield from ((row.id, "reason", name) for name in {each["name"] for each in row.reasons})
