"""locations.csv: where a project is, as far as the gazetteer knows its places. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from offing.model.projects.project import ProjectRecord
from offing.publish.columns import LOCATION_IDS, project_id, row_id
from offing.publish.composed.reference import Located, Precision, Reference
from offing.publish.table import Column, Table, as_composed

GAZETTEER = "GeoNames"
COUNTRIES = "Natural Earth"
_DIGITS = 5  # of a degree: a metre


@dataclass(frozen=True, slots=True)
class PublishedLocation:
    """A place of a project; `located` is None where the gazetteer does not know it."""

    project_id: str
    name: str
    country: str
    located: Located | None = None


def _degrees(name: str) -> Callable[[PublishedLocation], Decimal | None]:
    """The cell of a coordinate."""

    def cell(place: PublishedLocation) -> Decimal | None:
        value: float | None = getattr(place.located, name, None)
        return None if value is None else Decimal(str(round(value, _DIGITS)))

    return cell


def _source(each: PublishedLocation) -> str | None:
    if each.located is None:
        return None
    return COUNTRIES if each.located.precision is Precision.COUNTRY else GAZETTEER


WHERE: tuple[Column[PublishedLocation], ...] = (
    Column("region", "first-order region, such as a province", lambda each: getattr(each.located, "region", None)),
    Column(
        "latitude",
        "degrees north, WGS 84; empty where the gazetteer does not know the place",
        _degrees("latitude"),
        "number",
    ),
    Column(
        "longitude",
        "degrees east, WGS 84",
        _degrees("longitude"),
        "number",
    ),
    Column(
        "precision",
        "what the coordinates stand for; in IATI's GeographicalPrecision populated-place is 1, region 4, country 6",
        lambda each: getattr(each.located, "precision", None),
        words=Precision,
    ),
    Column("geocoder", "where the coordinates come from", _source),
)
LOCATIONS: Table[PublishedLocation] = Table(
    "locations",
    "Where each project is: its towns and sites, and each host country of which no place has coordinates.",
    (
        row_id(LOCATION_IDS),
        project_id(attrgetter("project_id")),
        Column("name", "town or site as the record names it; empty for a country", attrgetter("name")),
        Column("country", "ISO 3166-1 alpha-3; empty where the site may be in several", attrgetter("country")),
        *map(as_composed, WHERE),
    ),
    (LOCATION_IDS.column,),
    LOCATION_IDS,
)


def locations_of(record: ProjectRecord, reference: Reference) -> Iterator[PublishedLocation]:
    """Yield the places of a record, then a point in each of its countries that none of them lies in.

    A place that the gazetteer knows in one host country only lies there; of several such countries the first counts.
    """
    countries = sorted(record.facts.countries)  # the order of projects.csv
    placed: set[str] = set()
    for place in record.facts.places:
        found = next((each for code in countries if (each := reference.locate(place, code))), None)
        country = found.country if found else countries[0] if len(countries) == 1 else ""
        placed.update({found.country} if found else ())
        yield PublishedLocation(record.id, place, country, found)
    for code in countries:
        if code not in placed:
            yield PublishedLocation(record.id, "", code, reference.locate("", code))
