"""Lists context: the summits, plans and initiatives of the database, by date, region and country."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from offing.errors import UsageError
from offing.model.reading.context import ContextRules, StoredContext
from offing.review import BadEdit, country_of
from offing.store.candidates.context import list_contexts
from offing.store.database.engine import Database


@dataclass(frozen=True, slots=True)
class ContextQuery:
    """A query: `region` is an id or any name of it, `country` a code or English name; None for all."""

    since: datetime | None = None
    region: str | None = None
    country: str | None = None


def find_contexts(database: Database, rules: ContextRules, query: ContextQuery) -> tuple[StoredContext, ...]:
    """Return the articles of context that match a query, newest first.

    Context of a region also concerns the countries that belong to it.

    Raises:
        UsageError: there is no such region or country.
    """
    region = None if query.region is None else _region_id(rules, query.region)
    country = None if query.country is None else _country_code(query.country)
    around = tuple(each.id for each in rules.regions if country in each.members)
    with database.read() as conn:
        return list_contexts(conn, since=query.since, region=region, country=country, regions_of_country=around)


def region_names(rules: ContextRules) -> dict[str, str]:
    """Return the name of each region by its id."""
    return {region.id: region.name for region in rules.regions}


def _region_id(rules: ContextRules, asked: str) -> str:
    names = {form.text.casefold(): form.key for form in rules.names}
    for region in rules.regions:
        names |= {region.id: region.id, region.name.casefold(): region.id}
    found = names.get(asked.strip().casefold())
    if found is None:
        raise UsageError(f"there is no region {asked!r}; the regions are {', '.join(region_names(rules))}")
    return found


def _country_code(asked: str) -> str:
    try:
        return country_of(asked)
    except BadEdit as error:
        raise UsageError(str(error)) from error
