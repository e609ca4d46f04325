"""Lists of records, filtered and paged by the database, and record counts by country."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from offing.model.projects.project import ProjectRecord
from offing.model.values.vocabulary import Sector, Status
from offing.store.database.dialect import of_dialect
from offing.store.records.project import records
from offing.store.tables import project


class ProjectOrder(StrEnum):
    """How records are ordered; equal ones are by id."""

    NEWEST = "newest"  # by the time when they were promoted
    CHANGED = "changed"  # by the time of their last change
    ID = "id"


@dataclass(frozen=True, slots=True)
class ProjectFilter:
    """Which live records are wanted, in which order, and after which id the page begins.

    `text` matches in any field, as written. `but` are ids of records that are left out of everything.
    """

    country: str = ""
    sector: Sector | None = None
    status: Status | None = None
    text: str = ""
    after: str = ""
    but: tuple[str, ...] = ()
    order: ProjectOrder = ProjectOrder.NEWEST


def listed(conn: sa.Connection, asked: ProjectFilter, size: int) -> tuple[ProjectRecord, ...]:
    """Return at most `size` records in the order of the filter."""
    return records(conn, _ordered(sa.select(project), conn, asked).limit(size))


def ids_of(conn: sa.Connection, asked: ProjectFilter, most: int) -> tuple[str, ...]:
    """Return the ids of at most so many records in the order of the filter."""
    return tuple(conn.execute(_ordered(sa.select(project.c.id), conn, asked).limit(most)).scalars())


def count(conn: sa.Connection, asked: ProjectFilter) -> int:
    """Return how many records match."""
    return conn.execute(sa.select(sa.func.count()).select_from(project).where(*_conditions(conn, asked))).scalar_one()


def by_country(conn: sa.Connection, but: tuple[str, ...] = ()) -> dict[str, int]:
    """Return how many live records each country has, most first; without those in `but`."""
    each = _countries(conn)
    counted = sa.select(each.c.value, sa.func.count().label("number")).select_from(project, each).where(*_live(but))
    rows = conn.execute(counted.group_by(each.c.value).order_by(sa.desc("number"), each.c.value))
    return {str(row.value): row.number for row in rows}


def _ordered(chosen: sa.Select[Any], conn: sa.Connection, asked: ProjectFilter) -> sa.Select[Any]:
    """The records that match, from the place of `after` on: that stands even if the record no longer matches."""
    found = chosen.where(*_conditions(conn, asked))
    key = _KEYS[asked.order]
    if key is None:
        return found.where(project.c.id > asked.after).order_by(project.c.id)
    if asked.after:
        last = project.alias("last")
        place = sa.select(last.c[key.name]).where(last.c.id == asked.after).scalar_subquery()
        found = found.where((key < place) | ((key == place) & (project.c.id > asked.after)))
    return found.order_by(key.desc(), project.c.id)


_KEYS: dict[ProjectOrder, sa.Column[Any] | None] = {
    ProjectOrder.NEWEST: project.c.created_at,
    ProjectOrder.CHANGED: project.c.changed_at,
    ProjectOrder.ID: None,
}


def _live(but: tuple[str, ...]) -> list[sa.ColumnElement[bool]]:
    others = [project.c.id.not_in(but)] if but else []
    return [project.c.redirects_to.is_(None), project.c.withdrawn.is_(None), *others]


def _conditions(conn: sa.Connection, asked: ProjectFilter) -> list[sa.ColumnElement[bool]]:
    conditions = _live(asked.but)
    if asked.country:
        each = _countries(conn)
        conditions.append(sa.exists(sa.select(each.c.value).select_from(each).where(each.c.value == asked.country)))
    if asked.sector:
        conditions.append(project.c.facts["sector"].as_string() == asked.sector)
    if asked.status:
        conditions.append(project.c.facts["status"].as_string() == asked.status)
    if asked.text:
        conditions.append(_contains_text(conn, asked.text.lower()))
    return conditions


def _contains_text(conn: sa.Connection, text: str) -> sa.ColumnElement[bool]:
    """Return whether some value of a record's fields contains a text; SQLite stores JSON with its letters escaped."""
    strings = sa.func.jsonb_path_query(project.c.facts, sa.literal_column("""'$.** ? (@.type() == "string")'"""))
    value = of_dialect(
        conn.dialect,
        sqlite=sa.func.json_tree(project.c.facts).table_valued("atom"),
        postgresql=strings.table_valued(sa.column("atom", JSONB)).render_derived(),
    )
    written: sa.ColumnElement[str] = of_dialect(
        conn.dialect,
        sqlite=sa.cast(value.c.atom, sa.Text()),
        postgresql=value.c.atom.op("#>>")(sa.literal_column("'{}'")),
    )
    found = sa.func.lower(written).contains(text, autoescape=True)
    return sa.exists(sa.select(value.c.atom).select_from(value).where(found))


def _countries(conn: sa.Connection) -> sa.TableValuedAlias:
    """Return the countries of a record, one per row."""
    countries: Any = of_dialect(
        conn.dialect,
        sqlite=sa.func.json_each(project.c.facts, "$.countries"),
        postgresql=sa.func.jsonb_array_elements_text(project.c.facts["countries"]),
    )
    values: sa.TableValuedAlias = countries.table_valued("value", joins_implicitly=True)
    return values
