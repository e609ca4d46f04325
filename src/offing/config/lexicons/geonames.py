"""The world's towns, regions and capitals from GeoNames (CC BY 4.0), in tables that ship: `towns.tsv.xz`.

`training/reference/towns.py` writes it. It holds what recognition and the map need: a sixtieth of its package.
"""

from __future__ import annotations

import csv
import lzma
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TOWNS = Path(__file__).with_name("towns.tsv.xz")
REGIONS = Path(__file__).with_name("regions.tsv")
CAPITALS = Path(__file__).with_name("capitals.tsv")
SPELLING_MARK = "|"


@dataclass(frozen=True, slots=True)
class Town:
    """A town of 5,000 inhabitants or more.

    `country` is ISO 3166-1 alpha-2; `on_map`: it has 15,000 inhabitants or is a seat of government; `spellings` are its
    names in other scripts than Latin; `region` is the code of its first-order region in GeoNames.
    """

    name: str
    country: str
    latitude: float
    longitude: float
    population: int
    on_map: bool
    spellings: tuple[str, ...]
    region: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """A first-order region: country (alpha-2), code in GeoNames, name, and where its largest town lies."""

    country: str
    code: str
    name: str
    latitude: float
    longitude: float


@cache
def towns() -> tuple[Town, ...]:
    """Return all towns, in the order of GeoNames."""
    with lzma.open(TOWNS, "rt", encoding="utf-8", newline="") as lines:
        return tuple(
            Town(
                name,
                country,
                float(latitude),
                float(longitude),
                int(population),
                on_map == "1",
                tuple(spellings.split(SPELLING_MARK)) if spellings else (),
                region,
            )
            for name, country, latitude, longitude, population, on_map, spellings, region in _rows(lines)
        )


def _rows(lines: Iterable[str]) -> Iterator[list[str]]:
    return csv.reader(lines, "excel-tab")


@cache
def regions() -> tuple[Region, ...]:
    """Return the first-order regions whose name is known: 29 of 30."""
    with REGIONS.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, "excel-tab")
        return tuple(
            Region(country, code, name, float(latitude), float(longitude))
            for country, code, name, latitude, longitude in rows
        )


@cache
def capitals() -> Mapping[str, str]:
    """Return the capital of each country, by alpha-2 code; "" if it has none."""
    with CAPITALS.open(encoding="utf-8", newline="") as lines:
        return dict(csv.reader(lines, "excel-tab"))
