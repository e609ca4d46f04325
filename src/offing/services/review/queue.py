"""Queries of the queue: its pages, neighbours of a candidate, saved filters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from offing.errors import UnknownItem, UsageError
from offing.model.projects.project import ProjectFacts
from offing.model.review.candidate import CandidateKind, CandidateState, Reason
from offing.model.review.decision import edited_fields, effective_facts
from offing.model.review.queue import (
    DAILY_BUDGET,
    DayBudget,
    Facet,
    FacetCount,
    Neighbours,
    QueueFilter,
    QueueLine,
    QueuePage,
    QueueView,
    SavedFilter,
)
from offing.model.text.search import parse_search
from offing.model.text.text import clean_text
from offing.model.values.codec import from_plain
from offing.review import country_name
from offing.review.why import put_off, why
from offing.services.review.assigning import own_day
from offing.services.review.decisions import QueueItem
from offing.store.candidates.candidate import candidates
from offing.store.candidates.decision import decisions_of
from offing.store.candidates.queue import QueueRequest, Stretch, around, day_budget, first_free, stretch
from offing.store.candidates.queue_count import Counts, count, number_of
from offing.store.candidates.queue_line import StoredLine, names_of, stored_lines
from offing.store.candidates.saved_filter import drop_filter, save_filter, saved_filters
from offing.store.database.engine import Database

MOST_VALUES = 12  # of a facet, besides those that are chosen
LONGEST_NAME = 80  # characters of a saved filter's name


def _nothing() -> None:
    """Measure nothing: all is measured."""


@dataclass(frozen=True, slots=True)
class QueueReader:
    """Who looks at the queue, when, and how much a day can take. `who` is "" for an unknown person.

    `measure` measures what a filter is about to need (`offing.services.pipeline.measuring`).

    `blind` are the candidates that they are to read a second time: no filter, search or count finds them, since that
    would reveal what was decided.
    """

    who: str
    now: datetime
    budget: int = DAILY_BUDGET
    blind: frozenset[int] = frozenset()
    measure: Callable[[], object] = _nothing

    def prepare(self, wanted: QueueFilter) -> None:
        """Have candidates measured if a filter needs it."""
        if wanted.measured:
            self.measure()


def page(database: Database, wanted: QueueFilter, reader: QueueReader) -> QueuePage:
    """Return one page of the queue, with the facet counts beside it.

    Args:
        database: where it is stored.
        wanted: the filter; today's queue comes whole, whatever the size of a page.
        reader: who looks, and when.
    """
    reader.prepare(wanted)
    with database.read() as conn:
        today = day_budget(conn, reader.now, reader.budget)
        asked = _asked(conn, wanted, reader, today)
        found, counts = stretch(conn, asked), count(conn, asked)
        lines = tuple(_line(stored, reader.now) for stored in stored_lines(conn, found.ids))
        turned = QueuePage(
            filter=wanted,
            lines=lines,
            total=sum(number for kind, number in counts.kinds.items() if kind in wanted.kind or not wanted.kind),
            today=today,
            kinds=counts.kinds,
            doubts=counts.doubts,
            facets=_facets(conn, counts, wanted),
            values={facet: len(counts.facets.get(facet, ())) for facet in Facet},
            ignored=" ".join(asked.search.ignored),
            own=own_day(conn, reader.who, reader.now, reader.budget) if reader.who else None,
        )
    return _with_turns(turned, found)


def total_of(database: Database, wanted: QueueFilter, reader: QueueReader) -> int:
    """Return how many candidates a filter finds."""
    reader.prepare(wanted)
    with database.read() as conn:
        return number_of(conn, _asked(conn, wanted, reader))


def lines(database: Database, wanted: QueueFilter, reader: QueueReader) -> tuple[QueueLine, ...]:
    """Return the lines of one page of the queue, without the counts."""
    reader.prepare(wanted)
    with database.read() as conn:
        asked = _asked(conn, wanted, reader)
        return tuple(_line(stored, reader.now) for stored in stored_lines(conn, stretch(conn, asked).ids))


def ids_of(database: Database, wanted: QueueFilter, reader: QueueReader, most: int) -> tuple[int, ...]:
    """Return the candidates that a filter finds, best first, at most `most`; for actions on all of them at once."""
    reader.prepare(wanted)
    with database.read() as conn:
        asked = _asked(conn, wanted, reader)
        whole = replace(asked, filter=replace(wanted, after=None, before=None, size=most))
        return stretch(conn, whole).ids[:most]


def items(database: Database, wanted: QueueFilter, reader: QueueReader, most: int) -> tuple[QueueItem, ...]:
    """Return the candidates that a filter finds, in full, best first, at most `most`."""
    ids = ids_of(database, wanted, reader, most)
    with database.read() as conn:
        made, found = decisions_of(conn, ids), candidates(conn, ids)
    return tuple(
        QueueItem(each, effective_facts(each.facts, made.get(each.id, ())), made.get(each.id, ())) for each in found
    )


def facet_values(database: Database, wanted: QueueFilter, reader: QueueReader, facet: Facet) -> tuple[FacetCount, ...]:
    """Return all values of a facet with their counts, most frequent first, also those that are chosen and find nothing.

    The counts ignore what the filter itself chooses in this facet.
    """
    reader.prepare(wanted)
    with database.read() as conn:
        counts = count(conn, _asked(conn, wanted, reader), only=facet)
        shown = _shown(counts.facets.get(facet, ()), wanted.facets.get(facet, ()), None)
        names = _names(conn, facet, [value for value, _ in shown])
    return tuple(FacetCount(value, names.get(value, value), number) for value, number in shown)


def neighbours(database: Database, wanted: QueueFilter, reader: QueueReader, candidate_id: int) -> Neighbours:
    """Return the candidates before and after one in a filtered queue, even if it has just left it."""
    reader.prepare(wanted)
    with database.read() as conn:
        asked = _asked(conn, wanted, reader)
        return Neighbours(*around(conn, asked, candidate_id))


def first(database: Database, wanted: QueueFilter, reader: QueueReader) -> int | None:
    """Return the best candidate of a filter that nobody else has open, on whichever page it stands, or None."""
    reader.prepare(wanted)
    with database.read() as conn:
        return first_free(conn, _asked(conn, replace(wanted, after=None, before=None), reader))


def save(database: Database, owner: str, name: str, wanted: QueueFilter, now: datetime) -> SavedFilter:
    """Save a filter for a person under a name, replacing one of that name; its page position is not saved.

    Raises:
        UsageError: the name is empty or too long.
    """
    called = clean_text(name)
    if not called or len(called) > LONGEST_NAME:
        raise UsageError(f"a saved filter needs a name of 1 to {LONGEST_NAME} characters")
    with database.write() as conn:
        return save_filter(conn, owner, called, replace(wanted, after=None, before=None).to_query(), now)


def saved(database: Database, owner: str) -> tuple[SavedFilter, ...]:
    """Return a person's saved filters, by name."""
    with database.read() as conn:
        return saved_filters(conn, owner)


def forget(database: Database, owner: str, name: str) -> None:
    """Delete a person's saved filter.

    Raises:
        UnknownItem: they have none of this name.
    """
    with database.write() as conn:
        if not drop_filter(conn, owner, clean_text(name)):
            raise UnknownItem(f"{owner} keeps no filter {name!r}")


def _asked(
    conn: sa.Connection, wanted: QueueFilter, reader: QueueReader, today: DayBudget | None = None
) -> QueueRequest:
    left = (today or day_budget(conn, reader.now, reader.budget)).left
    asked = QueueRequest(wanted, parse_search(wanted.text), reader.who, reader.now, left, reader.blind)
    if wanted.view is not QueueView.MY_DAY:
        return asked
    return replace(asked, own_left=own_day(conn, reader.who, reader.now, reader.budget).left)


def _with_turns(turned: QueuePage, found: Stretch) -> QueuePage:
    wanted = turned.filter
    return replace(
        turned,
        next=replace(wanted, after=found.after, before=None) if found.after else None,
        previous=replace(wanted, before=found.before, after=None) if found.before else None,
    )


def _line(stored: StoredLine, now: datetime) -> QueueLine:
    row, articles = stored.row, stored.articles
    facts = effective_facts(from_plain(row.facts, ProjectFacts), stored.decisions)
    project_id = (row.update_of or "").removeprefix("project:") or None
    return QueueLine(
        id=row.id,
        version=row.version,
        story_id=row.story_id,
        kind=CandidateKind(row.kind),
        state=CandidateState(row.state),
        score=row.score,
        facts=facts,
        title=facts.title or (articles[0].title if articles else ""),
        language=articles[0].language if articles else "",
        outlets=tuple(dict.fromkeys(each.outlet for each in articles)),
        newest=max((each.published for each in articles if each.published), default=None),
        why=_why(stored, project_id, now),
        created_at=row.created_at,
        articles=len(articles),
        independent=row.independent,
        edited=bool(edited_fields(stored.decisions)),
        defer_until=row.defer_until,
        beside=stored.beside,
        project_id=project_id,
        project_title=stored.target,
        headline=articles[0].title if articles else "",
    )


def _why(stored: StoredLine, project_id: str | None, now: datetime) -> str:
    row = stored.row
    known = f"{stored.target} ({project_id})" if stored.target else project_id or ""
    reason = why(CandidateKind(row.kind), from_plain(row.reasons, tuple[Reason, ...]), known, stored.agrees)
    back = row.state == CandidateState.DEFERRED and row.defer_until and row.defer_until <= now
    return f"{put_off(row.defer_until.date())} {reason}" if back else reason


def _facets(conn: sa.Connection, counts: Counts, wanted: QueueFilter) -> dict[Facet, tuple[FacetCount, ...]]:
    facets = {}
    for facet in Facet:
        shown = _shown(counts.facets.get(facet, ()), wanted.facets.get(facet, ()), MOST_VALUES)
        names = _names(conn, facet, [value for value, _ in shown])
        facets[facet] = tuple(FacetCount(value, names.get(value, value), number) for value, number in shown)
    return {facet: values for facet, values in facets.items() if values}


def _shown(counted: Sequence[tuple[str, int]], chosen: Sequence[str], most: int | None) -> list[tuple[str, int]]:
    """Return the most frequent values, plus all chosen ones, however rare or absent."""
    first, rest = list(counted[:most]), dict(counted)
    seen = {value for value, _ in first}
    return [*first, *((value, rest.get(value, 0)) for value in chosen if value not in seen)]


def _names(conn: sa.Connection, facet: Facet, values: Sequence[str]) -> dict[str, Any]:
    if facet is Facet.COUNTRY:
        return {value: country_name(value) for value in values}
    return names_of(conn, facet, values)
