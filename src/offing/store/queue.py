"""The queue as it is asked for: which candidates a filter finds, in order, and how many of what.

Everything is asked of narrow rows: `ix_candidate_queue` holds all that orders the queue, `candidate_facet` what
narrows it, `candidate_search` the words. Candidates themselves are read only for the lines that are shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa

from offing.model.candidate import CandidateKind, CandidateState
from offing.model.decision import Judgement
from offing.model.queue import DayBudget, Facet, Place, QueueFilter, QueueView
from offing.model.search import Search
from offing.store.facet import named
from offing.store.search import found_by
from offing.store.tables import candidate, candidate_facet, decision

COUNTED = 2_000  # candidates, best first, whose values are counted: enough to choose by, and bounded
_DECIDED = (CandidateState.ACCEPTED, CandidateState.REJECTED, CandidateState.DUPLICATE)
_COLUMNS = (candidate.c.id, candidate.c.score, candidate.c.kind)
_LIVE = candidate.c.merged_into.is_(None)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the queue: by whom, when, with how much left of the day."""

    filter: QueueFilter
    search: Search
    who: str
    now: datetime
    left: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Candidates in the order of the queue, and whether there are more on either side of them."""

    ids: tuple[int, ...]
    before: bool
    after: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many candidates are of each kind, and how many have each value, most frequent first."""

    kinds: Mapping[CandidateKind, int]
    facets: Mapping[Facet, list[tuple[str, int]]]


def day_budget(conn: sa.Connection, now: datetime, size: int) -> DayBudget:
    """What a day of this size has left: each candidate that was judged since midnight (UTC) takes one place."""
    day = now.astimezone(UTC).date()
    later = decision.alias("later")
    stands = sa.and_(
        decision.c.at >= datetime.combine(day, time(), UTC),
        decision.c.judgement != Judgement.UNDO,
        ~sa.exists().where(later.c.undoes == decision.c.id),
    )
    of_queue = sa.select(sa.func.count(decision.c.candidate_id.distinct())).join(
        candidate, candidate.c.id == decision.c.candidate_id
    )
    judged = conn.execute(of_queue.where(stands, candidate.c.kind != CandidateKind.AUDIT)).scalar_one()
    drawn = conn.execute(sa.select(sa.func.count()).select_from(_sample(day).subquery())).scalar_one()
    return DayBudget(day, size, judged, max(0, size - judged), drawn)


def stretch(conn: sa.Connection, asked: Asked) -> Stretch:
    """The candidates of one page."""
    looked_at = asked.filter
    if looked_at.view is QueueView.TODAY:
        return Stretch(_today_ids(conn, asked), before=False, after=False)
    found, backwards = _standing(conn, asked), looked_at.before is not None
    start = looked_at.before or looked_at.after
    if start:
        found = found.where(_beyond(found, start, backwards=backwards))
    rows = conn.execute(_ordered(found, backwards=backwards).limit(looked_at.size + 1)).all()
    ids = [row.id for row in rows[: looked_at.size]]
    more = len(rows) > looked_at.size
    if backwards:
        return Stretch(tuple(reversed(ids)), before=more, after=True)
    return Stretch(tuple(ids), before=start is not None, after=more)


def around(conn: sa.Connection, asked: Asked, candidate_id: int) -> tuple[int | None, int | None]:
    """The candidates before and after the place of one, which need not stand in the queue any more."""
    score = conn.execute(sa.select(candidate.c.score).where(candidate.c.id == candidate_id)).scalar_one_or_none()
    if score is None:
        return None, None
    place = Place(score, candidate_id)
    found = _standing(conn, asked)
    ways = [_ordered(found.where(_beyond(found, place, backwards=back)), backwards=back) for back in (True, False)]
    before, after = (conn.execute(way.limit(1)).scalar() for way in ways)
    return before, after


def count(conn: sa.Connection, asked: Asked) -> Counts:
    """How many candidates of each kind the filter finds, and how many of the best have each value.

    Of what the filter narrows by, what it would find without that choice is counted: so alternatives are seen. All is
    found once: each row says which one choice it misses, if any.
    """
    view = _view(asked)
    choices = _choices(asked, view)
    bits = {name: 2**place for place, name in enumerate(choices)}
    missed = sum((sa.case((choices[name], 0), else_=bit) for name, bit in bits.items()), sa.literal(0))
    every = sa.select(view.c.id, view.c.score, view.c.kind, missed.label("missed"))
    found = every.where(*_demands(conn, asked, view)).cte("found").prefix_with("MATERIALIZED")
    parts = [_kinds(found, bits), _values(found, None, tuple(asked.filter.facets))]
    parts += [_values(found, facet, (), bits[facet]) for facet in asked.filter.facets]
    return _counts(conn.execute(sa.union_all(*parts)).all())


def count_found(conn: sa.Connection, asked: Asked) -> int:
    """How many candidates the filter finds."""
    return conn.execute(sa.select(sa.func.count()).select_from(_standing(conn, asked).subquery())).scalar_one()


def _kinds(found: sa.CTE, bits: Mapping[str, int]) -> sa.Select[Any]:
    this = found.c.missed.in_([0, bits.get("kind", 0)])
    return (
        sa.select(sa.literal("kind").label("facet"), found.c.kind, sa.func.count()).where(this).group_by(found.c.kind)
    )


def _values(found: sa.CTE, only: Facet | None, but: Sequence[Facet], bit: int = 0) -> sa.Select[Any]:
    """How often the best that miss nothing, or this choice only, have each value of one facet, or of all but some."""
    best = _ordered(sa.select(found.c.id, found.c.score).where(found.c.missed.in_([0, bit]))).limit(COUNTED).subquery()
    facet = candidate_facet.c.facet
    this = facet == only if only else facet.not_in([*but, Facet.PERSON])
    joined = sa.select(facet, candidate_facet.c.value, sa.func.count()).join(
        best, best.c.id == candidate_facet.c.candidate_id
    )
    return joined.where(this).group_by(facet, candidate_facet.c.value)


def _counts(rows: Sequence[Any]) -> Counts:
    kinds = {CandidateKind(value): number for facet, value, number in rows if facet == "kind"}
    facets: dict[Facet, list[tuple[str, int]]] = defaultdict(list)
    for facet, value, number in sorted(rows, key=lambda row: (-row[2], row[1])):
        if facet != "kind":
            facets[Facet(facet)].append((value, number))
    return Counts(kinds, dict(facets))


def _today_ids(conn: sa.Connection, asked: Asked) -> tuple[int, ...]:
    return tuple(conn.execute(_ordered(_standing(conn, asked))).scalars())


def _view(asked: Asked) -> sa.Subquery:
    return _VIEWS[asked.filter.view](asked).subquery("standing")


def _standing(conn: sa.Connection, asked: Asked) -> sa.Select[Any]:
    """Id and score of what the filter finds, in no order."""
    view = _view(asked)
    conditions = [*_choices(asked, view).values(), *_demands(conn, asked, view)]
    return sa.select(view.c.id, view.c.score).where(*conditions)


def _choices(asked: Asked, view: sa.Subquery) -> dict[str, sa.ColumnElement[bool]]:
    """The conditions that have alternatives, which are counted beside them."""
    found: dict[str, sa.ColumnElement[bool]] = {
        facet: view.c.id.in_(_having(facet, values)) for facet, values in asked.filter.facets.items()
    }
    return found | ({"kind": view.c.kind.in_(asked.filter.kind)} if asked.filter.kind else {})


def _demands(conn: sa.Connection, asked: Asked, view: sa.Subquery) -> list[sa.ColumnElement[bool]]:
    """The conditions that have none."""
    conditions = found_by(conn, asked.search, view.c.id)
    if asked.filter.mine:
        conditions.append(view.c.id.in_(_having(Facet.PERSON, (named(asked.who),))))
    if asked.filter.deferred:
        put_off = (candidate.c.state == CandidateState.DEFERRED) & (candidate.c.defer_until <= asked.now)
        conditions.append(view.c.id.in_(sa.select(candidate.c.id).where(put_off)))
    return conditions


def _having(facet: Facet, values: Sequence[str]) -> sa.Select[tuple[int]]:
    this = (candidate_facet.c.facet == facet) & candidate_facet.c.value.in_(values)
    return sa.select(candidate_facet.c.candidate_id).where(this)


def _ordered(found: sa.Select[Any], *, backwards: bool = False) -> sa.Select[Any]:
    """Best first, or the other way round; what fell below the cut comes last by itself."""
    score, number = found.selected_columns.score, found.selected_columns.id
    return found.order_by(score.asc(), number.desc()) if backwards else found.order_by(score.desc(), number.asc())


def _beyond(found: sa.Select[Any], place: Place, *, backwards: bool) -> sa.ColumnElement[bool]:
    score, number = found.selected_columns.score, found.selected_columns.id
    if backwards:
        return (score >= place.score) & ((score > place.score) | (number < place.id))
    return (score <= place.score) & ((score < place.score) | (number > place.id))


_View = sa.Select[Any] | sa.CompoundSelect[Any]
_BOTH = (True, False)


def _of(
    states: Iterable[CandidateState], cuts: Iterable[bool], *conditions: sa.ColumnElement[bool]
) -> Iterator[sa.Select[Any]]:
    """What is of some states, above the cut or below: each part stands in order in the queue's index."""
    for state in states:
        for above in cuts:
            part = (candidate.c.state == state, candidate.c.above_cut.is_(above), _LIVE, *conditions)
            yield sa.select(*_COLUMNS).where(*part)


def _waiting(asked: Asked) -> _View:
    back = _of((CandidateState.DEFERRED,), _BOTH, candidate.c.defer_until <= asked.now)
    return sa.union_all(*_of((CandidateState.OPEN,), (True,)), *back)


def _today(asked: Asked) -> _View:
    """The best that wait, as many as are left of the day, and the day's sample of what fell below the cut."""
    waiting = _waiting(asked).subquery("waiting")
    best = sa.select(waiting).order_by(waiting.c.score.desc(), waiting.c.id).limit(asked.left).subquery("best")
    return sa.union_all(sa.select(best), _sample(asked.now.astimezone(UTC).date()))


def _sample(day: date) -> sa.Select[Any]:
    (sample,) = _of((CandidateState.OPEN,), (False,), candidate.c.audit_day == day.isoformat())
    return sample


def _resting(asked: Asked) -> _View:
    return sa.union_all(*_of((CandidateState.DEFERRED,), _BOTH, candidate.c.defer_until > asked.now))


def _below_cut(_: Asked) -> _View:
    return sa.union_all(*_of((CandidateState.OPEN,), (False,)))


def _decided(_: Asked) -> _View:
    return sa.union_all(*_of(_DECIDED, _BOTH))


def _all(_: Asked) -> _View:
    return sa.union_all(*_of(CandidateState, _BOTH))


_VIEWS: Mapping[QueueView, Callable[[Asked], _View]] = {
    QueueView.TODAY: _today,
    QueueView.WAITING: _waiting,
    QueueView.DEFERRED: _resting,
    QueueView.BELOW_CUT: _below_cut,
    QueueView.DECIDED: _decided,
    QueueView.ALL: _all,
}
