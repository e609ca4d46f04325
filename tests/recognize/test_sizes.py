"""Quantities in seven languages."""

from __future__ import annotations

import pytest

from offing.model.mention import Quantity
from recognize.samples import found


def sizes(text: str, language: str = "en") -> list[tuple[str, str, str]]:
    """The quantities of a text: as written, value, unit."""
    read = []
    for mention in found(text, "quantity", language):
        assert isinstance(mention.value, Quantity)
        read.append((mention.text, f"{mention.value.value.normalize():f}", mention.value.unit))
    return read


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("en", "800 kilometres", "800", "km"),
        ("en", "800km", "800", "km"),
        ("en", "46-kilometre", "46", "km"),
        ("en", "900 surveillance cameras", "900", "cameras"),
        ("en", "1,200 smart CCTV cameras", "1200", "cameras"),
        ("en", "12 MW", "12", "MW"),
        ("en", "1,300-megawatt-hour", "1300", "MWh"),
        ("en", "eleven schools", "11", "schools"),
        ("en", "three million passengers", "3000000", "passengers"),
        ("en", "2020 MW", "2020", "MW"),
        ("en", "17 km²", "17", "km2"),
        ("fr", "6 000 km", "6000", "km"),
        ("fr", "seize stations de base", "16", "base stations"),
        ("fr", "500 lits", "500", "beds"),
        ("es", "10.000 toneladas", "10000", "tonnes"),
        ("es", "600 cámaras", "600", "cameras"),
        ("pt", "12,4 quilômetros", "12.4", "km"),
        ("pt", "90 carruagens", "90", "wagons"),
        ("ru", "сто школ", "100", "schools"),
        ("ru", "17 тысяч квадратных метров", "17000", "m2"),
        ("ar", "679 مبنى", "679", "buildings"),
        ("ar", "400 ميغاواط", "400", "MW"),
        ("zh", "1.2万个机柜", "12000", "racks"),
        ("zh", "900个监控摄像头", "900", "cameras"),
        ("zh", "八所学校", "8", "schools"),
        ("zh", "200公里", "200", "km"),
    ],
)
def test_formats(language: str, text: str, value: str, unit: str):
    """A number with what it counts is one span with value and unit."""
    assert sizes(text, language) == [(text, value, unit)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "2019 students came"),
        ("en", "one school"),
        ("en", "four-tier national data centre"),
        ("en", "CR20 stations"),
        ("en", "4K cameras"),
        ("en", "5 of its many, cameras"),
        ("en", "5 in the schools"),
        ("en", "5 very old broken wooden schools"),
        ("en", "no.5 schools"),
        ("zh", "2号机组"),
        ("zh", "三年级学生"),
        ("zh", "八所"),
        ("zh", "八所，学校"),
        ("zh", "五a"),
    ],
)
def test_what_counts_nothing(language: str, text: str):
    """Years, ordinals, names and numbers too far from a unit are no quantities."""
    assert sizes(text, language) == []


def test_a_sum_is_no_quantity():
    """The number of a sum does not count what follows it."""
    assert sizes("$5 million schools") == []
