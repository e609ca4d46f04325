"""Synonyms of units: annotators write "hectares", "ha" or 公顷, which is no difference of facts."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

# Names of units with their synonyms, in the singular and plural that annotators used.
NAMES = {
    "%": "percent|per cent|percentage|percentage points|percent complete|per cent complete|% complete",
    "hour": "h|hr|小时",
    "day": "d|日|天",
    "week": "周",
    "month": "个月",
    "year": "yr|annum|年",
    "km": "kilometres|kilometers|公里|千米",
    "m": "metres|米",
    "km2": "square kilometres|square kilometers|sq km|平方公里",
    "m2": "square metres|square meters|sq m|sqm|平方米",
    "m3": "cubic metres|cubic meters|cu m|立方米",
    "ha": "hectares|公顷|公頃",
    "acre": "英亩",
    "t": "tonnes|tons|metric tons|tonnes storage|吨|噸",
    "t/year": "tpa",
    "mt/year": "mtpa",
    "kg": "kilograms|kilogrammes|公斤",
    "litre": "liters|升",
    "mw": "megawatts|mwp|兆瓦",
    "gw": "gigawatts|吉瓦",
    "kv": "kilovolts|千伏",
    "barrel/day": "bpd|b/d",
    "tbps": "tb/s|tbit/s",
    "gbps": "gb/s|gbit/s",
    "person": (
        "people|people covered|staff|staff trained|workers|technicians|technicians trained|engineers|teachers|"
        "teachers trained|trainees|specialists|scientists|drivers trained|beneficiaries|人"
    ),
    "job": "workplaces",
    "junction": "intersections|crossings|traffic lights|路口",
    "camera": "facial-recognition cameras|cameras delivered|摄像头",
    "smart board": "whiteboards|interactive boards|interactive whiteboards",
    "street light": "lamps|street lamps|solar lamps",
    "meter": "smart meters",
    "bus": "buses",
    "seal": "electronic seals",
    "concentrator": "data concentrators",
    "panel": "message signs",
    "card": "bank cards",
    "site": "government sites",
    "vehicle": "autonomous trucks",
    "housing unit": "premises",
    "seat": "seats per trainset",
    "storey": "floors",
}
# Durations and percentages are no size of a project.
NO_SIZES = frozenset({"minute", "hour", "day", "week", "month", "year", "decade", "%"})


def _singular(unit: str) -> str:
    return unicodedata.normalize("NFKC", unit).casefold().strip().rstrip("s")


_UNIT_BY_NAME = {_singular(name): unit for unit, others in NAMES.items() for name in (unit, *others.split("|"))}


def unit_of(quantity: dict[str, Any]) -> str:
    """Return the normalised unit of a size: "Hectares" is "ha", "tonnes per year" is "t/year"."""
    unit = _singular(str(quantity.get("unit", "")))
    parts = (_singular(part) for part in re.split(r"/| per ", unit))
    return _UNIT_BY_NAME.get(unit) or "/".join(_UNIT_BY_NAME.get(part, part) for part in parts)


def sizes(quantities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the quantities that count, without durations and shares."""
    return [quantity for quantity in quantities if unit_of(quantity) not in NO_SIZES]
