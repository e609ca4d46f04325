"""English names of towns that are written in another script: 金边 in Cambodia is Phnom Penh (GeoNames)."""

from __future__ import annotations

import gzip
import re
from collections.abc import Collection, Iterator
from functools import cache, lru_cache

from offing.config.lexicons.geonames import TOWNS
from offing.model.values.iso import country_by_alpha2

_CASE_ENDINGS = ("", "\u0430", "\u044c", "\u044f")  # instead of the ending of a Russian case: Ташкенте, Астане
_RUSSIAN_CASE = re.compile("[\u0430-\u044f]{3,}[аеиуыя]$")
_NAME, _COUNTRY, _POPULATION = 0, 1, 4  # columns


@lru_cache(maxsize=8192)
def english_town(name: str, countries: frozenset[str]) -> str:
    """Return the English name of a town; "" if no town of these countries is spelled so.

    Of several, that with the most inhabitants.

    Args:
        name: its name in another script than Latin.
        countries: ISO 3166-1 alpha-3 codes.
    """
    for spelling in _spellings(name):
        if found := [row for row in _rows(spelling) if _alpha3(row[_COUNTRY]) in countries]:
            return max(found, key=lambda row: int(row[_POPULATION]))[_NAME]
    return ""


def _alpha3(code: str) -> str:
    country = country_by_alpha2(code)
    return country.alpha3 if country else ""


def _spellings(name: str) -> Iterator[str]:
    yield name
    if _RUSSIAN_CASE.search(name):
        yield from (f"{name[:-1]}{ending}" for ending in _CASE_ENDINGS)


def _rows(spelling: str) -> Iterator[list[str]]:
    """The rows of the table with a spelling.

    They are searched for in the table as it is packed: all of them as objects take 40 MB and a second.
    """
    table, wanted = _table(), spelling.encode("utf-8", "replace")
    at = table.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        if table[at - 1 : at] in _BOUNDS and table[end : end + 1] in _BOUNDS:
            line = table[table.rfind(b"\n", 0, at) + 1 : table.find(b"\n", end)]
            yield line.decode().split("\t")
        at = table.find(wanted, end)


_BOUNDS: Collection[bytes] = (b"|", b"\t", b"\n", b"\r")


@cache
def _table() -> bytes:
    with gzip.open(TOWNS, "rb") as rows:
        return rows.read()
