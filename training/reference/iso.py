"""Write the shipped tables of ISO codes from Debian's iso-codes, as packaged in pycountry.

    python -m training.reference.iso

Only codes and English names are needed; most of the package is translations of names.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pycountry

from offing.model.values.iso import COUNTRIES, CURRENCIES, LANGUAGES, REGIONS

NAMES = ("alpha_2", "alpha_3", "numeric", "name", "official_name", "common_name")


def main() -> None:
    """Write all tables; one version of the package always yields the same bytes."""
    _write(COUNTRIES, ([_field(country, name) for name in NAMES] for country in pycountry.countries))
    _write(REGIONS, ((region.country_code, region.name) for region in pycountry.subdivisions))
    coded = (language for language in pycountry.languages if _field(language, "alpha_2"))
    _write(LANGUAGES, ((language.alpha_2, language.name) for language in coded))
    _write(CURRENCIES, ((currency.alpha_3,) for currency in pycountry.currencies))


def _field(entry: Any, name: str) -> str:
    return getattr(entry, name) if hasattr(entry, name) else ""


def _write(table: Path, rows: Iterable[Iterable[str]]) -> None:
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, "excel-tab", lineterminator="\n").writerows(rows)
    print(f"{table}: {table.stat().st_size} bytes")


if __name__ == "__main__":
    main()
