"""Codes and names of ISO 3166 (countries, regions), ISO 639 (languages) and ISO 4217 (currencies), in tables that ship.

`training/reference/iso.py` writes these from Debian's iso-codes, as packaged in pycountry: a fortieth of its size.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

COUNTRIES = Path(__file__).with_name("iso_countries.tsv")
REGIONS = Path(__file__).with_name("iso_regions.tsv")
LANGUAGES = Path(__file__).with_name("iso_languages.tsv")
CURRENCIES = Path(__file__).with_name("iso_currencies.tsv")


@dataclass(frozen=True, slots=True)
class Country:
    """A country of ISO 3166-1; the last two names are "" if it has none."""

    alpha2: str
    alpha3: str
    numeric: str
    name: str
    official_name: str
    common_name: str

    @property
    def short_name(self) -> str:
        """The name in common use: Bolivia, not "Bolivia, Plurinational State of"."""
        return self.common_name or self.name

    @property
    def called(self) -> tuple[str, ...]:
        """Its codes and names."""
        own = (self.alpha2, self.alpha3, self.name, self.numeric, self.official_name, self.common_name)
        return tuple(each for each in own if each)


@cache
def countries() -> tuple[Country, ...]:
    """Return all countries, in the order of iso-codes."""
    return tuple(Country(*row) for row in _rows(COUNTRIES))


def country_by_alpha2(code: str) -> Country | None:
    """Return the country of a two-letter code, in any case."""
    return _by_alpha2().get(code.lower())


def country_by_alpha3(code: str) -> Country | None:
    """Return the country of a three-letter code, in any case."""
    return _by_alpha3().get(code.lower())


def country_called(written: str) -> Country | None:
    """Return the country with a given code or English name, in any case."""
    return _by_name().get(written.lower())


@cache
def regions() -> tuple[tuple[str, str], ...]:
    """Return subdivisions of countries by ISO 3166-2: the country's alpha-2 code, the name of the subdivision."""
    return tuple((country, name) for country, name in _rows(REGIONS))


@cache
def languages() -> Mapping[str, str]:
    """Return the English name of each language that has a two-letter code, by that code."""
    return dict(_rows(LANGUAGES))


@cache
def currencies() -> frozenset[str]:
    """Return the codes of current currencies."""
    return frozenset(code for (code,) in _rows(CURRENCIES))


@cache
def _by_alpha2() -> Mapping[str, Country]:
    return {country.alpha2.lower(): country for country in countries()}


@cache
def _by_alpha3() -> Mapping[str, Country]:
    return {country.alpha3.lower(): country for country in countries()}


@cache
def _by_name() -> Mapping[str, Country]:
    return {name.lower(): country for country in countries() for name in country.called}


def _rows(table: Path) -> list[list[str]]:
    with table.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, "excel-tab"))
