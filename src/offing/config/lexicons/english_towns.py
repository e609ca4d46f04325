"""English names of towns that are written in another script: 金边 in Cambodia is Phnom Penh (GeoNames)."""

from __future__ import annotations

import lzma
import re
from collections.abc import Collection, Iterator
from functools import cache, lru_cache

from offing.config.lexicons.geonames import TOWNS
from offing.model.values.iso import country_by_alpha2

_CASE_ENDINGS = ("", "\u0430", "\u044c", "\u044f")  # instead of the ending of a Russian case: Ташкенте, Астане
_RUSSIAN_CASE = re.compile("[\u0430-\u044f]{3,}[аеиуыя]$")
_BOUNDS: Collection[bytes] = (b"|", b"\t", b"\n", b"\r")  # of a cell or a spelling in it
_NAME, _COUNTRY, _POPULATION = 0, 1, 4  # columns


@lru_cache(maxsize=8192)
def english_town(name: str, countries: frozenset[str]) -> str:
    """Return the English name of a town, of several the one with the most inhabitants; "" if there is none.

    Args:
        name: its name in another script than Latin.
        countries: ISO 3166-1 alpha-3 codes.
    """
    spellings = [name]
    if _RUSSIAN_CASE.search(name):
        spellings += [f"{name[:-1]}{ending}" for ending in _CASE_ENDINGS]
    for spelling in spellings:
        rows = [(country_by_alpha2(row[_COUNTRY]), row) for row in town_rows(spelling)]
        if found := [row for country, row in rows if country and country.alpha3 in countries]:
            return max(found, key=lambda row: int(row[_POPULATION]))[_NAME]
    return ""


def town_rows(spelling: str) -> Iterator[list[str]]:
    """Yield the rows of the table of towns in which a name or another cell is spelled so.

    The text of the table is searched: parsing all of it takes 40 MB and a second.
    """
    table, wanted = _table(), spelling.encode("utf-8", "replace")
    at = table.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        if table[at - 1 : at] in _BOUNDS and table[end : end + 1] in _BOUNDS:
            line = table[table.rfind(b"\n", 0, at) + 1 : table.find(b"\n", end)]
            yield line.decode().split("\t")
        at = table.find(wanted, end)


@cache
def _table() -> bytes:
    with lzma.open(TOWNS, "rb") as rows:
        return rows.read()
