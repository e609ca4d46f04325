"""A world map made of its towns, with a disc on each country sized by its number of projects."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache

from markupsafe import Markup, escape

from offing.config.lexicons import geonames
from offing.config.lexicons.geonames import Town
from offing.config.lexicons.world import alpha3
from offing.model.values import iso

WIDTH, HEIGHT = 720, 300  # two units per degree, from 75° north to 55° south, and a margin
_NORTH, _SOUTH = 78.0, -58.0
_GRID = 1.25  # degrees: a dot stands for all towns within
_SMALLEST, _LARGEST = 4.0, 16.0
_GROWTH = 1.5  # units of radius per square root of the number


@cache
def land() -> str:
    """The towns of the world as an SVG document of dots, like the land seen from above at night."""
    cells = {(round(town.longitude / _GRID), round(town.latitude / _GRID)) for town in geonames.towns() if town.on_map}
    dots = "".join("M{:.0f} {:.0f}h0".format(*_point(x * _GRID, y * _GRID)) for x, y in sorted(cells))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path d="{dots}" fill="none" stroke="#8a8272" stroke-opacity=".55" stroke-width="2" stroke-linecap="round"/>'
        "</svg>"
    )


def world_map(counts: Mapping[str, int], address: str) -> Markup:
    """The map as inline SVG.

    Args:
        counts: the number of projects per country (ISO 3166-1 alpha-3).
        address: prefix of the address of a country's project list, completed by its code.
    """
    discs = "".join(_disc(code, number, address) for code, number in counts.items())
    label = (
        f"Map: {len(counts)} {'country' if len(counts) == 1 else 'countries'} with projects; the table has the numbers"
    )
    return Markup(  # noqa: S704 -- numbers and escaped names
        f'<svg class="world" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-label="{label}">'
        f'<image href="/projects/land.svg" width="{WIDTH}" height="{HEIGHT}"/>{discs}</svg>'
    )


def _disc(code: str, number: int, address: str) -> str:
    place = _capitals().get(code)
    if place is None:
        return ""
    x, y = _point(*place)
    radius = min(_SMALLEST + _GROWTH * (math.sqrt(number) - 1), _LARGEST)
    name = escape(f"{_name(code)}: {number}")
    return (
        f'<a href="{escape(address + code)}" aria-label="{name}"><circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}">'
        f"<title>{name}</title></circle></a>"
    )


def _point(longitude: float, latitude: float) -> tuple[float, float]:
    return (longitude + 180) * WIDTH / 360, (_NORTH - latitude) * HEIGHT / (_NORTH - _SOUTH)


def _name(code: str) -> str:
    found = iso.country_by_alpha3(code)
    return found.short_name if found else code


@cache
def _capitals() -> dict[str, tuple[float, float]]:
    """Longitude and latitude of each country's capital, else of its largest town."""
    by_country: dict[str, list[Town]] = {}
    for town in (town for town in geonames.towns() if town.on_map):
        by_country.setdefault(town.country, []).append(town)
    found: dict[str, tuple[float, float]] = {}
    for short, capital in geonames.capitals().items():
        of_country = by_country.get(short, [])
        chosen = next((town for town in of_country if town.name == capital), None)
        chosen = chosen or max(of_country, key=lambda town: town.population, default=None)
        code = alpha3(short)
        if chosen and code:
            found[code] = (chosen.longitude, chosen.latitude)
    return found
