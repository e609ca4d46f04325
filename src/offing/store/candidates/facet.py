"""Facets: the values by which candidates are narrowed and counted, one narrow row each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import sqlalchemy as sa

from offing.model.projects.project import ProjectFacts
from offing.model.review.queue import Facet
from offing.model.text.text import clean_text
from offing.store.database.batch import parts
from offing.store.database.upsert import insert
from offing.store.tables import candidate_facet

Values = frozenset[tuple[Facet, str]]
LONGEST = 300  # characters of a name; the limit of a filter


def facets_of(facts: ProjectFacts) -> Iterator[tuple[Facet, str]]:
    """The facet values of a candidate's facts."""
    yield from ((Facet.COUNTRY, code) for code in facts.countries)
    yield from ((Facet.FIRM, named(firm.id or firm.name)) for firm in facts.firms)
    yield from ((Facet.LENDER, named(lender.id or lender.name)) for lender in facts.lenders)
    if facts.sector:
        yield Facet.SECTOR, facts.sector
    if facts.status:
        yield Facet.STATUS, facts.status


def named(name: str) -> str:
    """An id or name as used in filters: cleaned, in lower case."""
    return clean_text(name).casefold()[:LONGEST]


def keep_facets(conn: sa.Connection, values: Mapping[int, Values]) -> None:
    """Set the facet values of these candidates; rows that are already right are not touched."""
    stored = stored_facets(conn, values)
    for candidate_id, wanted in values.items():
        for facet, value in stored[candidate_id] - wanted:
            this = (candidate_facet.c.facet == facet) & (candidate_facet.c.value == value)
            conn.execute(sa.delete(candidate_facet).where(candidate_facet.c.candidate_id == candidate_id, this))
    rows = [
        {"candidate_id": candidate_id, "facet": facet, "value": value}
        for candidate_id, wanted in values.items()
        for facet, value in sorted(wanted - stored[candidate_id])
    ]
    if rows:
        conn.execute(sa.insert(candidate_facet), rows)


def add_facets(conn: sa.Connection, candidate_id: int, values: Values) -> None:
    """Add facet values to a candidate."""
    rows = [{"candidate_id": candidate_id, "facet": facet, "value": value} for facet, value in sorted(values)]
    if rows:
        conn.execute(insert(conn, candidate_facet).on_conflict_do_nothing(), rows)


def stored_facets(conn: sa.Connection, ids: Iterable[int]) -> dict[int, Values]:
    """The stored facet values of candidates; empty for one that has none."""
    wanted = list(ids)
    found: dict[int, set[tuple[Facet, str]]] = {each: set() for each in wanted}
    for some in parts(wanted):
        chosen = candidate_facet.c.candidate_id.in_(some)
        for row in conn.execute(sa.select(candidate_facet).where(chosen)):
            found[row.candidate_id].add((Facet(row.facet), row.value))
    return {candidate_id: frozenset(values) for candidate_id, values in found.items()}
