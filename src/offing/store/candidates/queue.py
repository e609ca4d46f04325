"""Queue queries: which candidates match a filter, in order.

All queries use narrow rows: `ix_candidate_queue` holds everything that orders the queue, `candidate_facet` what
narrows it, `candidate_search` the words. Candidates themselves are read only for the lines that are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from offing.model.review.candidate import CandidateState
from offing.model.review.queue import DayBudget, Facet, QueueFilter, QueuePosition, QueueView
from offing.model.review.queue_filter import ME, NOBODY
from offing.model.text.search import Search
from offing.store.candidates.assignment import assigned, assigned_to
from offing.store.candidates.decision import judged_on
from offing.store.candidates.facet import named
from offing.store.candidates.figure import bounds_of, doubtful, rank_of, ranked
from offing.store.candidates.lease import held_by_others
from offing.store.candidates.search import Matches, matches
from offing.store.tables import candidate, candidate_facet

_DECIDED = (CandidateState.ACCEPTED, CandidateState.REJECTED, CandidateState.DUPLICATE)
_COLUMNS = (candidate.c.id, candidate.c.score, candidate.c.kind)
_LIVE = candidate.c.merged_into.is_(None)


@dataclass(frozen=True, slots=True)
class QueueRequest:
    """A request to the queue: by whom, when, with how much of the day's budget left.

    `blind` are candidates left out entirely, since their decisions must not be revealed to the person. `own_left` is
    what is left of the person's own goal of the day.
    """

    filter: QueueFilter
    search: Search
    who: str
    now: datetime
    left: int
    blind: frozenset[int] = frozenset()
    own_left: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Candidates in the order of the queue, and the places from which to read on either side; None at its ends."""

    ids: tuple[int, ...]
    before: QueuePosition | None = None
    after: QueuePosition | None = None


@dataclass(frozen=True, slots=True)
class QueueWindow:
    """From where the queue is read, in which direction, and how far; None means from the beginning, to the end."""

    start: QueuePosition | None
    backwards: bool = False
    limit: int | None = None


def day_budget(conn: sa.Connection, now: datetime, size: int) -> DayBudget:
    """What is left of a day's budget: each candidate judged since midnight (UTC) takes one place."""
    day = now.astimezone(UTC).date()
    judged = judged_on(conn, day)
    drawn = conn.execute(sa.select(sa.func.count()).select_from(_sample(day).subquery())).scalar_one()
    return DayBudget(day, size, judged, max(0, size - judged), drawn)


def stretch(conn: sa.Connection, asked: QueueRequest) -> Stretch:
    """The candidates of one page."""
    looked_at, parts = asked.filter, narrowed(conn, asked)
    if looked_at.view in {QueueView.TODAY, QueueView.MY_DAY}:
        return Stretch(tuple(conn.execute(_best(parts, QueueWindow(None))).scalars()))
    start = looked_at.before or looked_at.after
    way = QueueWindow(start, backwards=looked_at.before is not None, limit=looked_at.size + 1)
    found = [QueuePosition(row.score, row.id) for row in conn.execute(_best(parts, way))]
    places, more = found[: looked_at.size], len(found) > looked_at.size
    if way.backwards:
        places.reverse()
    first, last = (places[0], places[-1]) if places else (None, None)
    before = first if (more if way.backwards else start) else None
    return Stretch(tuple(each.id for each in places), before, last if way.backwards or more else None)


def around(conn: sa.Connection, asked: QueueRequest, candidate_id: int) -> tuple[int | None, int | None]:
    """The candidates before and after the place of one, which may have left the queue; after it only free ones."""
    rank = rank_of(conn, candidate_id, asked.filter.order)
    if rank is None:
        return None, None
    place = QueuePosition(rank, candidate_id)
    parts = narrowed(conn, asked)
    before = conn.execute(_best(parts, QueueWindow(place, backwards=True, limit=1))).scalar()
    after = conn.execute(_best(_free(parts, asked), QueueWindow(place, limit=1))).scalar()
    return before, after


def first_free(conn: sa.Connection, asked: QueueRequest) -> int | None:
    """The best candidate of a filter that nobody else has open."""
    found: int | None = conn.execute(_best(_free(narrowed(conn, asked), asked), QueueWindow(None, limit=1))).scalar()
    return found


def _free(parts: Sequence[sa.Select[Any]], asked: QueueRequest) -> list[sa.Select[Any]]:
    """The parts without what somebody else has open."""
    held = held_by_others(asked.who, asked.now)
    return [part.where(part.selected_columns.id.not_in(held)) for part in parts]


def narrowed(conn: sa.Connection, asked: QueueRequest) -> list[sa.Select[Any]]:
    """The matches of the filter, in parts that are each ordered by an index."""
    found, worded = [], matches(conn, asked.search)
    for part in VIEWS[asked.filter.view](asked):
        number, kind = part.selected_columns.id, part.selected_columns.kind
        chosen = part.where(*choices(asked, number, kind).values(), *demands(worded, asked, number))
        found.append(ranked(chosen, asked.filter.order))
    return found


def choices(
    asked: QueueRequest, number: sa.ColumnElement[int], kind: sa.ColumnElement[str]
) -> dict[str, sa.ColumnElement[bool]]:
    """The conditions on facets, which are counted beside their alternatives."""
    found: dict[str, sa.ColumnElement[bool]] = {
        facet: number.in_(_having(facet, values)) for facet, values in asked.filter.facets.items()
    }
    if asked.filter.doubt:
        found["doubt"] = number.in_(doubtful(asked.filter.doubt))
    return found | ({"kind": kind.in_(asked.filter.kind)} if asked.filter.kind else {})


def demands(found: Matches, asked: QueueRequest, number: sa.ColumnElement[int]) -> list[sa.ColumnElement[bool]]:
    """The conditions without alternatives."""
    conditions = [*found.among(number), *bounds_of(asked.filter, number)]
    if asked.blind:
        conditions.append(number.not_in(sorted(asked.blind)))
    if asked.filter.mine:
        conditions.append(number.in_(_having(Facet.PERSON, (named(asked.who),))))
    if asked.filter.assigned:
        conditions.append(_assigned(asked, number))
    if asked.filter.deferred:
        put_off = (candidate.c.state == CandidateState.DEFERRED) & (candidate.c.defer_until <= asked.now)
        conditions.append(number.in_(sa.select(candidate.c.id).where(put_off)))
    return conditions


def _assigned(asked: QueueRequest, number: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    if asked.filter.assigned == NOBODY:
        return number.not_in(assigned())
    return number.in_(assigned_to(asked.who if asked.filter.assigned == ME else asked.filter.assigned))


def _having(facet: Facet, values: Sequence[str]) -> sa.Select[tuple[int]]:
    this = (candidate_facet.c.facet == facet) & candidate_facet.c.value.in_(values)
    return sa.select(candidate_facet.c.candidate_id).where(this)


def _best(parts: Sequence[sa.Select[Any]], way: QueueWindow) -> sa.Select[Any]:
    """The ids of the best of several parts; no part is read further than needed."""
    firsts = [_ordered(part, part.selected_columns, way).subquery() for part in parts]
    every = sa.union_all(*(sa.select(first.c.id, first.c.score) for first in firsts)).subquery("best")
    return _ordered(sa.select(every.c.id, every.c.score), every.c, replace(way, start=None))


def _ordered(found: sa.Select[Any], columns: Any, way: QueueWindow) -> sa.Select[Any]:
    """Best first, or reversed, from a place on; candidates below the cut come last by themselves."""
    score, number = columns.score, columns.id
    turned = (score.asc(), number.desc()) if way.backwards else (score.desc(), number.asc())
    found = found.order_by(*turned).limit(way.limit)
    return found if way.start is None else found.where(_beyond(columns, way.start, backwards=way.backwards))


def _beyond(columns: Any, place: QueuePosition, *, backwards: bool) -> sa.ColumnElement[bool]:
    """Whether a row comes after a place, or before it; stated twice, so that an index is read from there."""
    score, number = columns.score, columns.id
    beyond: sa.ColumnElement[bool] = (
        (score >= place.score) & ((score > place.score) | (number < place.id))
        if backwards
        else (score <= place.score) & ((score < place.score) | (number > place.id))
    )
    return beyond


_BOTH = (True, False)


def _of(
    states: Iterable[CandidateState], cuts: Iterable[bool], *conditions: sa.ColumnElement[bool]
) -> Iterator[sa.Select[Any]]:
    """Candidates of some states, above or below the cut: each part is ordered in the queue's index."""
    for state in states:
        for above in cuts:
            part = (candidate.c.state == state, candidate.c.above_cut.is_(above), _LIVE, *conditions)
            yield sa.select(*_COLUMNS).where(*part)


def _waiting(asked: QueueRequest) -> list[sa.Select[Any]]:
    back = _of((CandidateState.DEFERRED,), _BOTH, candidate.c.defer_until <= asked.now)
    return [*_of((CandidateState.OPEN,), (True,)), *back]


def _today(asked: QueueRequest) -> list[sa.Select[Any]]:
    """The best waiting candidates within the rest of the day's budget, and the day's sample from below the cut."""
    best = _best(_waiting(asked), QueueWindow(None, limit=asked.left)).subquery("left")
    chosen = sa.select(*_COLUMNS).where(candidate.c.id.in_(sa.select(best.c.id)))
    return [chosen, _sample(asked.now.astimezone(UTC).date())]


def _my_day(asked: QueueRequest) -> list[sa.Select[Any]]:
    """The best waiting candidates that are assigned to the person, within what is left of their goal."""
    mine = assigned_to(asked.who)
    waiting = [part.where(part.selected_columns.id.in_(mine)) for part in _waiting(asked)]
    best = _best(waiting, QueueWindow(None, limit=asked.own_left)).subquery("left")
    return [sa.select(*_COLUMNS).where(candidate.c.id.in_(sa.select(best.c.id)))]


def _sample(day: date) -> sa.Select[Any]:
    (sample,) = _of((CandidateState.OPEN,), (False,), candidate.c.audit_day == day.isoformat())
    return sample


def _resting(asked: QueueRequest) -> list[sa.Select[Any]]:
    return list(_of((CandidateState.DEFERRED,), _BOTH, candidate.c.defer_until > asked.now))


VIEWS: Mapping[QueueView, Callable[[QueueRequest], list[sa.Select[Any]]]] = {
    QueueView.TODAY: _today,
    QueueView.MY_DAY: _my_day,
    QueueView.WAITING: _waiting,
    QueueView.DEFERRED: _resting,
    QueueView.BELOW_CUT: lambda _: list(_of((CandidateState.OPEN,), (False,))),
    QueueView.DECIDED: lambda _: list(_of(_DECIDED, _BOTH)),
    QueueView.ALL: lambda _: list(_of(CandidateState, _BOTH)),
}
