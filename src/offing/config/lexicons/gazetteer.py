"""Finds where a town or region lies (GeoNames)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from offing.config.lexicons.english_towns import town_rows
from offing.config.lexicons.geonames import SPELLING_MARK, Region, regions
from offing.model.text.folding import fold_text
from offing.model.values.iso import country_by_alpha3


@dataclass(frozen=True, slots=True)
class Place:
    """A town, or a region with the place of its largest town; `region` is the region's name, "" if not known."""

    latitude: float
    longitude: float
    region: str
    is_town: bool


@lru_cache(maxsize=8192)
def find_place(name: str, country: str) -> Place | None:
    """Return a town, of several the one with the most inhabitants; else a first-order region; None if there is neither.

    Args:
        name: as GeoNames spells it, in Latin or in another script.
        country: ISO 3166-1 alpha-3.
    """
    found = country_by_alpha3(country)
    alpha2 = found.alpha2 if found else ""
    if rows := [row for row in town_rows(name) if row[1] == alpha2 and name in (row[0], *row[6].split(SPELLING_MARK))]:
        row = max(rows, key=lambda each: int(each[4]))
        named = _by_code().get((alpha2, row[7]))
        return Place(float(row[2]), float(row[3]), named.name if named else "", is_town=True)
    region = _by_name().get((alpha2, fold_text(name).casefold()))
    return Place(region.latitude, region.longitude, region.name, is_town=False) if region else None


@cache
def _by_code() -> Mapping[tuple[str, str], Region]:
    return {(each.country, each.code): each for each in regions()}


@cache
def _by_name() -> Mapping[tuple[str, str], Region]:
    return {(each.country, fold_text(each.name).casefold()): each for each in regions()}
