"""The front page: figures, the map, commitments by year and sector. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from offing.publish.formats.said import country_name
from offing.publish.formats.site.figures import Figures
from offing.publish.formats.site.shelf import NONE, Facet, Shelf
from offing.publish.formats.site.words import said, slug
from offing.publish.formats.world import HEIGHT, WIDTH, projected, world

SHADES = 5  # of the map, and of the table of years
_CHART, _TALLEST, _WIDEST = 900, 150, 60  # units of the chart: its width, its highest bar, its widest
_LABELS = 20  # years that have room for their number


@dataclass(frozen=True, slots=True)
class Place:
    """A country on the map: its outline, or a dot where it is too small to have one."""

    name: str
    key: str
    number: int
    shade: int
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A year of the chart."""

    year: str
    number: int
    x: float
    y: float
    width: float
    height: float
    label: str


def overview(shelf: Shelf, figures: Figures) -> dict[str, Any]:
    """What the front page says."""
    counts = {kind: shelf.counts(kind) for kind in (Facet.COUNTRY, Facet.SECTOR, Facet.STATUS, Facet.YEAR)}
    countries = [each for each in counts[Facet.COUNTRY] if each[0] != NONE]
    years = sorted(year for year, _ in counts[Facet.YEAR] if year != NONE)
    return {
        "figures": _headline(figures, len(countries), len(shelf.parties())),
        "width": WIDTH,
        "height": HEIGHT,
        "land": _land({code for code, _ in countries}),
        "places": list(_places(countries)),
        "legend": _legend(countries[0][1] if countries else 0),
        "countries": [(name_of(Facet.COUNTRY, code), code, number) for code, number in counts[Facet.COUNTRY]],
        "statuses": [(name_of(Facet.STATUS, key), key, number) for key, number in counts[Facet.STATUS]],
        "chart": _CHART,
        "bars": list(_bars(years, dict(counts[Facet.YEAR]))),
        "matrix": _matrix(years, counts, figures),
    }


def name_of(kind: Facet, key: str) -> str:
    """What a key of a facet is called."""
    if key == NONE:
        return "not committed" if kind is Facet.YEAR else "unknown"
    return country_name(key) if kind is Facet.COUNTRY else said(key)


def _headline(figures: Figures, countries: int, parties: int) -> list[tuple[str, int]]:
    rows = figures.rows
    return [
        ("projects", rows["projects"]),
        ("host countries", countries),
        ("Chinese firms and lenders", parties),
        ("news reports", rows["sources"]),
        ("printed quotes", figures.quoted),
    ]


def _land(with_projects: set[str]) -> str:
    others = (each.path for code, each in world().items() if code != "ATA" and code not in with_projects)
    return "".join(map(_drawn, others))


def _drawn(path: str) -> str:
    """An outline without the parts that cross the edge of the map (islands of Fiji), which would be lines across it."""
    parts = [f"M{part}" for part in path.split("M") if part]
    across = [[float(x) for x in re.findall(r"[ML]([\d.]+),", part)] for part in parts]
    return "".join(part for part, xs in zip(parts, across, strict=True) if max(xs) - min(xs) < WIDTH / 2)


def _places(countries: list[tuple[str, int]]) -> Iterator[Place]:
    most = countries[0][1] if countries else 1
    for code, number in sorted(countries):
        if outline := world().get(code):
            x, y = projected(outline.longitude, outline.latitude)
            own = (number, shade(number, most), _drawn(outline.path), round(x, 1), round(y, 1))
            yield Place(country_name(code), slug(code), *own)


def shade(number: int, most: int) -> int:
    """A shade from 1 to `SHADES` for a number: each stands for the same factor. 0 for none."""
    if number <= 0:
        return 0
    return 1 + min(SHADES - 1, int(SHADES * math.log(number) / math.log(most + 1)))


def _legend(most: int) -> list[tuple[int, int, int]]:
    """Shades in use: each with its least and its greatest number."""
    found: dict[int, tuple[int, int]] = {}
    for number in range(1, most + 1):
        own = shade(number, most)
        found[own] = (found.get(own, (number, 0))[0], number)
    return [(own, *bounds) for own, bounds in sorted(found.items())]


def _bars(years: list[str], numbers: Mapping[str, int]) -> Iterator[Bar]:
    span = range(int(years[0]), int(years[-1]) + 1) if years else range(0)
    most, step = max((numbers[year] for year in years), default=1), min(_CHART / max(len(span), 1), _WIDEST)
    every = math.ceil(len(span) / _LABELS)
    for place, year in enumerate(map(str, span)):
        height = round(_TALLEST * numbers.get(year, 0) / most, 1)
        label = year if place % every == 0 else ""
        own = (round(place * step, 1), round(_TALLEST + 20 - height, 1), round(step * 0.8, 1), height)
        yield Bar(year, numbers.get(year, 0), *own, label)


def _matrix(years: list[str], counts: Mapping[Facet, list[tuple[str, int]]], figures: Figures) -> dict[str, Any]:
    """Projects by sector and year of commitment."""
    numbers, columns = figures.by_year, [*years, NONE] if figures.by_year else years
    most = max((number for (_, year), number in numbers.items() if year != NONE), default=1)
    rows = [
        (name_of(Facet.SECTOR, sector), sector, total, [_cell(numbers[sector, year], year, most) for year in columns])
        for sector, total in counts[Facet.SECTOR]
    ]
    return {"years": [(name_of(Facet.YEAR, year), year) for year in columns], "rows": rows}


def _cell(number: int, year: str, most: int) -> tuple[int, int]:
    return number, 0 if year == NONE else shade(number, most)
