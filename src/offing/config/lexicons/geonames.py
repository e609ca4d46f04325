"""The world's towns and capitals from GeoNames (CC BY 4.0), in a table that ships: `towns.tsv.gz`.

`training/reference/towns.py` writes it. It holds what recognition and the map need: a sixtieth of its package.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TOWNS = Path(__file__).with_name("towns.tsv.gz")
CAPITALS = Path(__file__).with_name("capitals.tsv")
SPELLING_MARK = "|"


@dataclass(frozen=True, slots=True)
class Town:
    """A town of 5,000 inhabitants or more.

    `country` is ISO 3166-1 alpha-2; `on_map`: it has 15,000 inhabitants or is a seat of government; `spellings` are its
    names in other scripts than Latin.
    """

    name: str
    country: str
    latitude: float
    longitude: float
    population: int
    on_map: bool
    spellings: tuple[str, ...]


@cache
def towns() -> tuple[Town, ...]:
    """Return all towns, in the order of GeoNames."""
    with gzip.open(TOWNS, "rt", encoding="utf-8", newline="") as lines:
        return tuple(
            Town(
                name,
                country,
                float(latitude),
                float(longitude),
                int(population),
                on_map == "1",
                tuple(spellings.split(SPELLING_MARK)) if spellings else (),
            )
            for name, country, latitude, longitude, population, on_map, spellings in csv.reader(lines, "excel-tab")
        )


@cache
def capitals() -> Mapping[str, str]:
    """Return the capital of each country, by alpha-2 code; "" if it has none."""
    with CAPITALS.open(encoding="utf-8", newline="") as lines:
        return dict(csv.reader(lines, "excel-tab"))
