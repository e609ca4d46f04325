"""Figures of candidates: by what they are sorted and narrowed besides their facets.

Reindexing a candidate deletes its figures, in the same transaction; they are measured again before a filter needs them.
So a change never has to know what follows from it, and no stale figure is ever read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from offing.model.review.queue import DoubtKind, Order
from offing.model.review.queue_filter import QueueFilter
from offing.store.database.batch import parts
from offing.store.database.upsert import insert
from offing.store.tables import candidate, candidate_figure, story_article

_DOUBTS = {
    DoubtKind.QUOTE: candidate_figure.c.quote_doubt,
    DoubtKind.SECOND_READER: candidate_figure.c.second_doubt,
    DoubtKind.OUTLETS: candidate_figure.c.outlet_doubt,
}
_ORDERED = {Order.DATE: candidate_figure.c.newest, Order.AMOUNT: candidate_figure.c.usd}


@dataclass(frozen=True, slots=True)
class CandidateFigures:
    """What is measured of a candidate: `newest` in seconds since 1970, `usd` its largest sum; 0 where there is none."""

    newest: int
    usd: float
    quote_doubt: bool
    second_doubt: bool
    outlet_doubt: bool


def unmeasured(conn: sa.Connection, most: int) -> tuple[int, ...]:
    """Candidates without figures, newest first, at most `most`; merged ones never have any."""
    has = sa.exists().where(candidate_figure.c.candidate_id == candidate.c.id)
    chosen = sa.select(candidate.c.id).where(candidate.c.merged_into.is_(None), ~has)
    return tuple(conn.execute(chosen.order_by(candidate.c.id.desc()).limit(most)).scalars())


def lock_unmeasured(conn: sa.Connection, most: int) -> tuple[int, ...]:
    """Candidates without figures, as `unmeasured`, which nobody changes until the end of this transaction."""
    ids = unmeasured(conn, most)
    conn.execute(sa.select(candidate.c.id).where(candidate.c.id.in_(ids)).order_by(candidate.c.id).with_for_update())
    return ids


def keep_figures(conn: sa.Connection, measured: Mapping[int, CandidateFigures]) -> None:
    """Store figures by candidate; those that another process has stored meanwhile stay."""
    rows = [{"candidate_id": each, **asdict(figures)} for each, figures in sorted(measured.items())]
    if rows:
        conn.execute(insert(conn, candidate_figure).on_conflict_do_nothing(), rows)


def forget_figures(conn: sa.Connection, ids: Iterable[int]) -> None:
    """Delete the figures of candidates that have changed."""
    for some in parts(ids):
        conn.execute(sa.delete(candidate_figure).where(candidate_figure.c.candidate_id.in_(some)))


def forget_figures_of(conn: sa.Connection, telling_ids: Collection[int]) -> None:
    """Delete the figures of the candidates of some tellings."""
    for some in parts(telling_ids):
        reported = sa.select(candidate.c.id).join(story_article, story_article.c.story_id == candidate.c.story_id)
        forget_figures(conn, conn.execute(reported.where(story_article.c.id.in_(some))).scalars())


def bounds_of(wanted: QueueFilter, number: sa.ColumnElement[int]) -> list[sa.ColumnElement[bool]]:
    """The conditions on dates and sums; a candidate without either is outside any bounds."""
    newest, usd = candidate_figure.c.newest, candidate_figure.c.usd
    within: list[sa.ColumnElement[bool]] = []
    if wanted.first_day or wanted.last_day:
        within.append(newest > 0)
    if wanted.first_day:
        within.append(newest >= _second(wanted.first_day))
    if wanted.last_day:
        within.append(newest < _second(wanted.last_day + timedelta(days=1)))
    if wanted.usd_least is not None or wanted.usd_most is not None:
        within.append(usd > 0)
    if wanted.usd_least is not None:
        within.append(usd >= wanted.usd_least)
    if wanted.usd_most is not None:
        within.append(usd <= wanted.usd_most)
    return [number.in_(sa.select(candidate_figure.c.candidate_id).where(*within))] if within else []


def doubtful(kinds: Collection[DoubtKind]) -> sa.Select[tuple[int]]:
    """The candidates with one of some doubts."""
    asked = _DOUBTS.values() if DoubtKind.ANY in kinds else [_DOUBTS[kind] for kind in kinds]
    return sa.select(candidate_figure.c.candidate_id).where(sa.or_(*(column.is_(True) for column in asked)))


def doubt_counts(found: sa.CTE, missed: Collection[int]) -> sa.Select[Any]:
    """How many candidates have each doubt, among those of a query with the columns `id` and `missed`."""
    asked = {DoubtKind.ANY: sa.or_(*(column.is_(True) for column in _DOUBTS.values()))}
    asked |= {kind: column.is_(True) for kind, column in _DOUBTS.items()}
    counted = [
        sa.select(sa.literal("doubt").label("facet"), sa.literal(kind.value), sa.func.count())
        .select_from(candidate_figure)
        .where(having, candidate_figure.c.candidate_id.in_(sa.select(found.c.id).where(found.c.missed.in_(missed))))
        for kind, having in asked.items()
    ]
    return sa.select(sa.union_all(*counted).subquery("doubts"))


def ranked(part: sa.Select[Any], order: Order) -> sa.Select[Any]:
    """A part of the queue with what it is sorted by in the place of its score."""
    if order is Order.SCORE:
        return part
    inner = part.subquery()
    rank = sa.cast(sa.func.coalesce(_ORDERED[order], 0), sa.Float()).label("score")
    joined = inner.outerjoin(candidate_figure, candidate_figure.c.candidate_id == inner.c.id)
    return sa.select(inner.c.id, rank, inner.c.kind).select_from(joined)


def rank_of(conn: sa.Connection, candidate_id: int, order: Order) -> float | None:
    """By what a candidate is sorted; None for one that does not exist."""
    column = candidate.c.score if order is Order.SCORE else sa.func.coalesce(_ORDERED[order], 0)
    joined = candidate.outerjoin(candidate_figure, candidate_figure.c.candidate_id == candidate.c.id)
    found = conn.execute(
        sa.select(column).select_from(joined).where(candidate.c.id == candidate_id)
    ).scalar_one_or_none()
    return None if found is None else float(found)


def _second(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())
