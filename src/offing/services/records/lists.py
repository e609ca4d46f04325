"""Pages of project records, with the number of records of each country."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from offing.model.projects.project import ProjectRecord
from offing.store.database.engine import Database
from offing.store.records.membership import made_of_only
from offing.store.records.project_list import ProjectFilter, by_country, count, listed

PAGE = 50


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """A page of records. `total` counts all that pass the filter, `countries` all live records by country."""

    asked: ProjectFilter
    records: tuple[ProjectRecord, ...]
    total: int
    countries: Mapping[str, int]
    next: ProjectFilter | None


def project_page(
    database: Database, wanted: ProjectFilter, size: int = PAGE, blind: Collection[int] = ()
) -> ProjectPage:
    """Return one page of records, without those that only candidates made to which the reader is `blind`."""
    with database.read() as conn:
        asked = replace(wanted, but=made_of_only(conn, blind))
        found = listed(conn, asked, size + 1)
        total, countries = count(conn, asked), by_country(conn, asked.but)
    after = replace(asked, after=found[size - 1].id) if len(found) > size else None
    return ProjectPage(asked, found[:size], total, countries, after)
